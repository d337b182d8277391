"""Anchors: the end of the chain, noted where the database's owner cannot reach it.

Somebody who owns the database can cut off the end of the chain, and somebody who also knows its key can write all of it
anew. Neither can change what was noted elsewhere before: an anchor is one line, a number and the digest of that event.
"""

import json
import logging
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from flask import Flask, current_app
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.core import clock, jobs
from portal.core.audit import AuditHead, Event
from portal.core.db import db

log = logging.getLogger(__name__)
AT_ONCE = 500


@dataclass(frozen=True)
class Anchor:
    """How the chain ended at some instant."""

    at: str
    number: int
    digest: str

    def __str__(self) -> str:
        return json.dumps(asdict(self))


def take(session: Session) -> Anchor | None:
    """The end of the chain as it is now; None before anything was told."""
    head = session.get(AuditHead, 1)
    return Anchor(clock.now().isoformat(timespec="seconds"), head.count, head.digest) if head else None


def note() -> Anchor | None:
    """A duty of every minute: when the chain has grown, a line in the log, and in the file of anchors where there is one."""
    anchor, known = take(db.session()), current_app.extensions
    if anchor is None or known.get("anchored") == anchor.number:
        return None
    log.info("anchor", extra={"facts": asdict(anchor)})
    if place := known["settings"].anchor_file:
        with Path(place).open("a") as file:
            file.write(f"{anchor}\n")
    known["anchored"] = anchor.number
    return anchor


def read(place: Path) -> Iterator[Anchor]:
    """The anchors of a file of them, or of a log: other lines are passed over."""
    with place.open() as lines:
        for line in lines:
            try:
                found = json.loads(line)
                yield Anchor(str(found["at"]), int(found["number"]), str(found["digest"]))
            except (ValueError, KeyError, TypeError):
                continue


def disagreements(session: Session, anchors: list[Anchor]) -> list[str]:
    """A sentence for the first anchor that the chain does not meet; empty when it meets them all."""
    held, ordered = 0, sorted(anchors, key=lambda anchor: anchor.number)
    for start in range(0, len(ordered), AT_ONCE):
        some = ordered[start : start + AT_ONCE]
        wanted = select(Event.number, Event.digest).where(Event.number.in_([anchor.number for anchor in some]))
        digests = {row.number: row.digest for row in session.execute(wanted)}
        for anchor in some:
            if anchor.number not in digests:
                last = session.scalar(select(func.max(Event.number))) or 0
                return [f"The chain was cut off after event {last}: event {anchor.number} was anchored at {anchor.at}."]
            if digests[anchor.number] != anchor.digest:
                return [
                    f"The chain was written anew after event {held}: event {anchor.number} is not as anchored at {anchor.at}."
                ]
            held = anchor.number
    return []


def init_app(app: Flask) -> None:
    jobs.every_minute(note)

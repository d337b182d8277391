"""History: events written in the transaction of what they tell of, chained by a keyed digest.

The chain holds ids and digests only. What a person wrote or did in words stands in a side
row that can be erased without breaking it.
"""

import hmac
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import IntFlag
from typing import Any

from flask import Flask, current_app
from sqlalchemy import DDL, Index, select
from sqlalchemy.event import listen
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from portal.core import clock
from portal.core.db import BEFORE_COMMIT, Base, as_of_now, aside, db, ref_to
from portal.core.search import Searchable


class Reader(IntFlag):
    """Who may read an event on the history page."""

    APPLICANT = 1
    STAFF = 2
    PANEL = 4
    AUDITOR = 8


EVERYONE = Reader.APPLICANT | Reader.STAFF | Reader.PANEL | Reader.AUDITOR
OFFICE = Reader.STAFF | Reader.AUDITOR


class Event(Base):
    """One thing that happened. Never changed, never deleted."""

    __tablename__ = "event"
    __table_args__ = tuple(Index("_".join(("ix_event", *first, "at_id")), *first, "at", "id")
                           for first in ((), ("verb",), ("case",), ("subject",), ("actor_id",)))  # fmt: skip
    number: Mapped[int] = mapped_column(unique=True)
    at: Mapped[datetime]
    verb: Mapped[str]
    case: Mapped[str]
    subject: Mapped[str]
    subject_id: Mapped[int | None]
    actor_id: Mapped[int | None]
    readers: Mapped[int]
    detail_digest: Mapped[str]
    digest: Mapped[str]
    detail: Mapped["EventDetail | None"] = relationship(back_populates="event", lazy="raise")

    def told(self) -> list[Any]:
        """What the digest covers."""
        return [self.number, self.at.isoformat(), self.verb, self.case, self.subject, self.subject_id,
                self.actor_id, self.readers, self.detail_digest]  # fmt: skip


AS_TEXT = json.JSONEncoder(sort_keys=True, separators=(",", ":")).encode
UNCHANGING = """
CREATE TRIGGER event_refuses_{verb} BEFORE {verb} ON event
BEGIN SELECT RAISE(ABORT, 'events are never changed or deleted'); END
"""
REFUSE_CHANGE = """
CREATE OR REPLACE FUNCTION event_refuses_change() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'events are never changed or deleted'; END $$
"""
ON_CHANGE = (
    "CREATE TRIGGER event_refuses_change BEFORE UPDATE OR DELETE ON event FOR EACH ROW EXECUTE FUNCTION event_refuses_change()"
)
for dialect, statements in {
    "sqlite": (UNCHANGING.format(verb="update"), UNCHANGING.format(verb="delete")),
    "postgresql": (REFUSE_CHANGE, ON_CHANGE),
}.items():
    for statement in statements:  # for tables made without migrations; the first migration has them too
        listen(Event.__table__, "after_create", DDL(statement).execute_if(dialect=dialect))


class EventDetail(Searchable, Base):
    """The words of an event; may be erased when a person's data must go, and goes out of the search with them."""

    __tablename__ = "event_detail"
    event_id: Mapped[int] = ref_to("event.id", unique=True)
    facts: Mapped[dict[str, Any]]
    event: Mapped[Event] = relationship(back_populates="detail")

    def found_by(self) -> list[str | None]:
        return list(said_in(self.facts))


def said_in(facts: Any) -> Iterator[str]:
    """Every text and number of some facts, however deep."""
    if isinstance(facts, (dict, list)):
        for inner in facts.values() if isinstance(facts, dict) else facts:
            yield from said_in(inner)
    elif isinstance(facts, (str, int)) and not isinstance(facts, bool):
        yield str(facts)


class AuditHead(Base):
    """The end of the chain: one row, locked last in every transaction that tells something."""

    __tablename__ = "audit_head"
    count: Mapped[int]
    digest: Mapped[str]


@dataclass
class Telling:
    """An event that waits for the end of its transaction."""

    verb: str
    thing: Any
    by: Any
    readers: Reader
    facts: dict[str, Any]


def record(verb: str, thing: Any, *, by: Any, readers: Reader = EVERYONE, **facts: Any) -> None:
    """Tell one fact worth a sentence, in the same transaction. `thing.case` says which file it belongs to."""
    db.session().info.setdefault("tellings", []).append(Telling(verb, thing, by, readers, facts))


def seal(session: Session) -> None:
    """Number and chain the events of this transaction; its last step, so that the head is locked briefly."""
    tellings: list[Telling] = session.info.pop("tellings", [])
    if not tellings:
        return
    session.flush()
    head = session.scalar(select(AuditHead).where(AuditHead.id == 1).with_for_update().execution_options(populate_existing=True))
    if head is None:
        head = AuditHead(id=1, count=0, digest="")
        session.add(head)
    for telling in tellings:
        event = as_event(telling, number=head.count + 1)
        event.digest = keyed(head.digest, event.told())
        session.add(event)
        head.count, head.digest = event.number, event.digest


def as_event(telling: Telling, number: int) -> Event:
    facts = json.loads(json.dumps(telling.facts, default=str))
    return Event(
        number=number,
        at=clock.now(),
        verb=telling.verb,
        case=getattr(telling.thing, "case", "") or "",
        subject=type(telling.thing).__name__.lower(),
        subject_id=getattr(telling.thing, "id", None),
        actor_id=None if telling.by is None else telling.by.id,
        readers=int(telling.readers),
        detail=EventDetail(facts=facts),
        detail_digest=keyed("detail", facts),
    )


def keyed(before: str, told: Any) -> str:
    key = current_app.extensions["settings"].audit_key.encode()
    return hmac.digest(key, AS_TEXT([before, told]).encode(), "sha256").hex()


def verify(session: Session) -> list[str]:
    """Walk the whole chain as it stands; a sentence for each thing that does not hold, the first first."""
    as_of_now(session)
    faults, before, last = [], "", 0
    rows = session.execute(
        select(Event, EventDetail.facts).outerjoin(EventDetail, EventDetail.event_id == Event.id).order_by(Event.number)
    )
    for event, facts in rows.yield_per(1000):
        if event.number <= last:
            faults.append(f"Event {event.number} was slipped in.")
            continue
        if event.number > last + 1:
            faults.append(missing(last + 1, event.number - 1))  # its own digest cannot be checked without what is missing
        elif event.digest != keyed(before, event.told()):
            faults.append(f"Event {event.number} was changed.")
        if facts is not None and keyed("detail", facts) != event.detail_digest:
            faults.append(f"The words of event {event.number} were changed.")
        before, last = event.digest, event.number
    return faults + at_the_end(session.get(AuditHead, 1), last, before)


def missing(first: int, last: int) -> str:
    return f"Event {first} is missing." if first == last else f"Events {first} to {last} are missing."


def at_the_end(head: AuditHead | None, last: int, digest: str) -> list[str]:
    """What is wrong with the end of the chain, as the head notes it."""
    count, noted = (head.count, head.digest) if head else (0, "")
    if count > last:
        return [missing(last + 1, count)]
    if count < last:
        return [f"The end of the chain is noted as event {count}: what follows was slipped in, or the note was changed."]
    return [] if noted == digest else ["The note of the end of the chain was changed."]


def note_refusal(user: Any, endpoint: str, thing: Any = None) -> None:
    """Keep that somebody was refused, although nothing else of the request is kept."""
    if user is not None:
        tell_aside(Telling("access.refused", thing, user, OFFICE, {"endpoint": endpoint}))


def note_look(user: Any, thing: Any, what: str) -> None:
    """Keep that somebody opened a restricted record. `what` comes from a policy, which says "" where nothing is restricted."""
    if what:
        tell_aside(Telling("access.looked", thing, user, OFFICE, {"record": what}))


def tell_aside(telling: Telling) -> None:
    """Chain one event beside the request, whatever becomes of the rest of it."""

    def tell(session: Session) -> None:
        session.info["tellings"] = [telling]
        seal(session)

    aside(tell)


def init_app(app: Flask) -> None:
    if seal not in BEFORE_COMMIT:
        BEFORE_COMMIT.append(seal)

"""Changing a row that two people may have open: its edition, what became different, and a name for its address."""

import re
import unicodedata
from typing import Any

from sqlalchemy import select

from portal.core.db import db
from portal.core.problems import Conflict

RESERVED = {"new"}  # words of addresses


class Overtaken(Conflict):
    """Somebody else saved first. The page shows both versions; nothing of either is lost."""


def hold_edition(thing: Any, edition: int) -> None:
    """Lock the row, and go on only when it is still the one that the form was made from. Each save raises its edition."""
    db.session.refresh(thing, ["edition"], with_for_update={"key_share": True})
    if thing.edition != edition:
        raise Overtaken("Somebody else has changed this in the meantime. Nothing was saved: compare both versions.")
    thing.edition += 1


def changed(thing: Any, facts: dict[str, Any]) -> list[str]:
    """Set what is different; the names of what was, as people read them."""
    different = [name for name, value in facts.items() if getattr(thing, name) != value]
    for name in different:
        setattr(thing, name, facts[name])
    return [name.removesuffix("_id").replace("_", " ") for name in different]


def name_for(column: Any, text: str) -> str:
    """What stands in the address for this name: plain letters, and a number where another has it already."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    stem = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60] or "unnamed"
    taken = set(db.session.scalars(select(column).where(column.startswith(stem, autoescape=True)))) | RESERVED
    return next(name for name in (stem, *(f"{stem}-{n}" for n in range(2, len(taken) + 3))) if name not in taken)

"""The search of an officer who answers a request: people, and every place that mentions what was typed."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from flask import url_for
from sqlalchemy import select

from portal.core import texts
from portal.core.db import db
from portal.core.texts import Hit, excerpt
from portal.people.holding import ACCOUNTS
from portal.people.models import User
from portal.people.policy import conflicted_cases

SHORTEST = 3


@dataclass(frozen=True)
class Line:
    """One place that mentions it: to which file it belongs, and the words around."""

    case: str
    url: str | None
    words: str


@dataclass(frozen=True)
class Found:
    """What the search finds: the people, then place by place."""

    people: Sequence[User]
    places: Sequence[tuple[str, list[Line]]]
    is_too_short: bool = False


def search_for(wish: str, user: User) -> Found:
    """Cases in which the officer has an interest stay closed here as everywhere."""
    if len(wish) < SHORTEST:
        return Found([], [], bool(wish))
    here = texts.mentions((User.name, User.email, User.phone), [wish])
    people = db.session.scalars(select(User).where(here).order_by(User.name, User.id).limit(texts.MOST)).all()
    closed = set(db.session.scalars(conflicted_cases(user)))
    hits = (hit for hit in texts.found([wish]) if hit.texts.place != ACCOUNTS and hit.case not in closed)
    return Found(
        people, [(place, [line_of(hit, wish) for hit in some]) for place, some in groupby(hits, lambda hit: hit.texts.place)]
    )


def line_of(hit: Hit, wish: str) -> Line:
    return Line(hit.case, address_of(hit.case), excerpt(hit.words, [wish]))


def address_of(case: str) -> str | None:
    """The page of a file, or of a person."""
    kind, _, number = case.partition("-")
    if kind in ("invitation", "request"):
        return None
    if kind == "person":
        return url_for("people.data", user_id=int(number))
    return url_for("reporting.grant", ref=case) if case else None

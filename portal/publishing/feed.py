"""News of rounds for feed readers: each has an address of its own that never changes, and the instant it happened."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload

from portal.core import clock, outbox
from portal.core.audit import Event
from portal.core.db import db
from portal.funds.models import Round
from portal.funds.policy import public_rounds

LATEST = 25  # rounds; each has up to three pieces of news
SOON = timedelta(days=7)
BEGAN = 2026  # the year from which the names of news count (RFC 4151)


@dataclass(frozen=True)
class News:
    """One thing that happened to a round."""

    round: Round
    what: str
    at: datetime
    title: str
    words: str

    @property
    def id(self) -> str:
        """The same for ever, and on every machine of this service."""
        host = urlsplit(outbox.link("publishing.home")).hostname
        return f"tag:{host},{BEGAN}:rounds/{self.round.code}/{self.what}"


def news() -> list[News]:
    """What has happened up to now, the latest first."""
    newest_first = public_rounds().order_by(Round.opens_at.desc(), Round.id.desc()).limit(LATEST)
    rounds = db.session.scalars(newest_first.join(Round.fund).options(contains_eager(Round.fund))).all()
    told = [*lives_of(rounds), *extensions_of(rounds)]
    return sorted((each for each in told if each.at <= clock.now()), key=lambda each: (each.at, each.id), reverse=True)


def lives_of(rounds: Iterable[Round]) -> Iterator[News]:
    """Opening, closing soon, closed: as they stand in the rounds themselves."""
    for round_ in rounds:
        until = (
            f"It closes on {clock.read_moment(round_.closes_at)} (UK time)." if round_.closes_at else "It has no closing date."
        )
        if round_.open_at:
            yield News(round_, "opened", round_.open_at, f"Open: {round_.title}", f"{round_.fund.summary} {until}")
        if round_.closes_at and round_.opens_at and round_.closes_at - SOON > round_.opens_at:
            yield News(round_, "closing", round_.closes_at - SOON, f"Closing soon: {round_.title}", until)
        if round_.closed_at:
            yield News(round_, "closed", round_.closed_at, f"Closed: {round_.title}", "It takes no more applications.")


def extensions_of(rounds: Iterable[Round]) -> Iterator[News]:
    """More time for everybody, as the history tells it. More time for one applicant has another name there."""
    by_code = {round_.code: round_ for round_ in rounds}
    events = select(Event).where(Event.case.in_(by_code), Event.verb == "round.extend").options(joinedload(Event.detail))
    for event in db.session.scalars(events.order_by(Event.number)):
        facts = event.detail.facts if event.detail else {}
        until = f", on {facts['until']} (UK time)" if facts.get("until") else ""
        words = f"It closes later{until}. {facts.get('reason', '')}"
        round_ = by_code[event.case]
        yield News(round_, f"extended-{event.number}", event.at, f"More time: {round_.title}", words.strip())

"""What can happen to a bid, as stories that follow one another: written, assessed, decided, accepted, reported on."""

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from portal.applications.models import Application
from portal.awards.models import Award
from portal.core import clock
from portal.demonstration import acts
from portal.demonstration.cast import TESS, UMA, Person
from portal.demonstration.projects import Project, all_projects
from portal.demonstration.telling import day, on
from portal.monitoring.models import Return

T = TypeVar("T")
Telling = Generator[datetime, None, T]  # a story that hands on what came of it
Points = int | Sequence[int]


@dataclass(frozen=True)
class Bid:
    """Who bids for which project, and the day they began; the rest happens on working days after it."""

    project: str
    by: Person
    began_on: date
    round_code: str = "SCF26"

    def on(self, working_days: int, clock_time: str) -> datetime:
        first = self.began_on - timedelta(days=1)
        return on(clock.add_working_days(first, working_days + 1), clock_time)


def bid(project: str, by: Person, days_ago: int, round_code: str = "SCF26") -> Bid:
    return Bid(project, by, day(-days_ago), round_code)


def its_project(it: Bid) -> Project:
    return all_projects()[it.project]


def begun(it: Bid) -> Telling[Application]:
    yield it.on(0, "09:20")
    return acts.start_bid(it.by, it.round_code)


def half_written(it: Bid, *sections: str) -> Telling[Application]:
    application = yield from begun(it)
    yield it.on(1, "11:05")
    return acts.answer_all(application, it.project, by=it.by, sections=sections)


def submitted(it: Bid) -> Telling[Application]:
    application = yield from begun(it)
    yield it.on(1, "11:05")
    acts.answer_all(application, it.project)
    yield it.on(2, "15:40")
    return acts.submit(application)


def admitted(it: Bid, assessors: Sequence[Person] = (TESS, UMA)) -> Telling[tuple[Application, list[Any]]]:
    application = yield from submitted(it)
    yield it.on(4, "10:15")
    acts.admit(application)
    yield it.on(4, "10:25")
    return application, [acts.assign(application, each) for each in assessors]


def scored(it: Bid, first: Points = 4, second: Points = 4) -> Telling[Application]:
    application, (tess, uma) = yield from admitted(it)
    yield it.on(5, "09:30")
    acts.declare(tess)
    yield it.on(5, "13:10")
    acts.declare(uma)
    yield it.on(6, "14:45")
    acts.score(tess, first)
    yield it.on(7, "11:50")
    acts.score(uma, second)
    return application


def recommended(it: Bid, first: Points = 4, second: Points = 4, pence: int | None = None) -> Telling[Application]:
    application = yield from scored(it, first, second)
    yield it.on(8, "10:00")
    acts.moderate(application)
    yield it.on(8, "16:20")
    why = its_project(it).why
    return acts.recommend(application, pence, why if pence == 0 else f"Both assessors would fund it. {why}")


def offered(it: Bid, first: Points = 4, second: Points = 4, pence: int | None = None, **words: Any) -> Telling[Award]:
    application = yield from recommended(it, first, second, pence)
    yield it.on(9, "12:00")
    acts.decide(application, pence, **{"reasons": its_project(it).why, **words})
    return acts.award_of(application)


def accepted(it: Bid, first: Points = 4, second: Points = 4, pence: int | None = None, **words: Any) -> Telling[Award]:
    award = yield from offered(it, first, second, pence, **words)
    yield it.on(11, "09:45")
    return acts.accept(award)


def live(it: Bid, first: Points = 4, second: Points = 4, pence: int | None = None, **words: Any) -> Telling[Award]:
    """Started, and its notice published."""
    award = yield from accepted(it, first, second, pence, **words)
    yield it.on(12, "10:30")
    acts.go_live(award)
    yield it.on(12, "15:00")
    if award.decision is not None:
        acts.publish(award.decision)
    return award


def reported(award: Award, number: int = 1, after_days: int = 9, **figures: Any) -> Telling[Return]:
    """A return is begun, filled in and sent so many days after its period."""
    return_ = acts.returns_of(award)[number - 1]
    sent_on = return_.period_to + timedelta(days=after_days)
    yield on(sent_on - timedelta(days=2), "09:40")
    acts.start_return(return_)
    yield on(sent_on - timedelta(days=1), "14:05")
    acts.fill_return(return_, **figures)
    yield on(sent_on, "11:30")
    return acts.file_return(return_)


def days_later(return_: Return, days: int, clock_time: str = "10:00") -> datetime:
    """So many days after a return's period."""
    return on(return_.period_to + timedelta(days=days), clock_time)

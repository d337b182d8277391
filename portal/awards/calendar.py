"""When a grant must report: days only, so that an offer can name them and monitoring can keep to them."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count, takewhile

from portal.awards.models import Award
from portal.core import clock
from portal.funds.models import ReturnSchedule, Round

RETURN_NAMES = {"midpoint": "Mid-point return", "interim": "Interim return", "final": "Final return"}


@dataclass(frozen=True)
class Period:
    """A stretch of a grant that one return tells of, and the last day for it."""

    kind: str
    until: date
    due_on: date

    @property
    def is_final(self) -> bool:
        return self.kind == "final"

    @property
    def name(self) -> str:
        return RETURN_NAMES[self.kind]


def periods_of(award: Award) -> list[Period]:
    """Those on the way that its round asks for, and one at its end. None where the round asks for no returns."""
    round_ = award.application.round if award.application is not None else None
    if round_ is None or round_.return_version_id is None:
        return []
    days = timedelta(days=round_.return_days)
    ends = [*on_the_way(award, round_), ("final", award.ends_on)]
    return [Period(kind, until, until + days) for kind, until in ends]


def on_the_way(award: Award, round_: Round) -> list[tuple[str, date]]:
    """Half-way through a long grant, or every so many months; none in the last weeks, of which the final return tells."""
    if (months := round_.return_schedule.months) is None:
        is_wanted = round_.return_schedule is ReturnSchedule.MIDPOINT and is_long(award, round_)
        return [("midpoint", award.starts_on + (award.ends_on - award.starts_on) / 2)] if is_wanted else []
    ends = takewhile(
        lambda end: clock.add_months(end, 1) <= award.ends_on,
        (clock.add_months(award.starts_on, months * number) - clock.DAY for number in count(1)),
    )
    return [("interim", end) for end in ends]


def is_long(award: Award, round_: Round) -> bool:
    return clock.add_months(award.starts_on, round_.midpoint_over_months) < award.ends_on

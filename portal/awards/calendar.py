"""When a grant must report: days only, so that an offer can name them and monitoring can keep to them."""

from dataclasses import dataclass
from datetime import date, timedelta

from portal.awards.models import Award
from portal.core import clock
from portal.funds.models import Round


@dataclass(frozen=True)
class Period:
    """A stretch of a grant that one return tells of, and the last day for it."""

    is_final: bool
    until: date
    due_on: date


def periods_of(award: Award) -> list[Period]:
    """One half-way through a long grant, one at its end. None where the round asks for no returns."""
    round_ = award.application.round if award.application is not None else None
    if round_ is None or round_.return_version_id is None:
        return []
    ends = [(True, award.ends_on)]
    if is_long(award, round_):
        ends.insert(0, (False, award.starts_on + (award.ends_on - award.starts_on) / 2))
    days = timedelta(days=round_.return_days)
    return [Period(is_final, until, until + days) for is_final, until in ends]


def is_long(award: Award, round_: Round) -> bool:
    return clock.add_months(award.starts_on, round_.midpoint_over_months) < award.ends_on

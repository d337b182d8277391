"""How long a bid has waited for its decision, in working days, against what the round promises."""

from dataclasses import dataclass
from datetime import date, datetime

from portal.applications.models import Application, Stage
from portal.core import clock, holidays

WAITING = (Stage.SUBMITTED, Stage.IN_ASSESSMENT, Stage.IN_MODERATION, Stage.AT_PANEL, Stage.RECOMMENDED)


@dataclass(frozen=True)
class Deadline:
    """The day by which a bid should be decided. While a question was with the applicant the clock stood still."""

    due_on: date
    waited: int
    target: int

    @property
    def is_late(self) -> bool:
        return clock.today() > self.due_on

    @property
    def note(self) -> str:
        """How far off it is, as people say it."""
        left = self.target - self.waited
        if left > 0:
            return f"{days(left)} left"
        if self.is_late:
            return f"{days(-left)} late" if left else "late since then"
        return "that is today"


def days(count: int) -> str:
    return "1 working day" if count == 1 else f"{count} working days"


def deadline_of(application: Application) -> Deadline | None:
    """None while nobody waits for us: the applicant was asked, or the bid has been decided."""
    if application.stage not in WAITING or application.submitted_at is None:
        return None
    target, used = application.round.decision_working_days, application.clock_used_days
    since = application.round.counts_from(application.submitted_at)
    due_on = holidays.working_day_after(clock.day_of(since), target - used)
    return Deadline(due_on, waited_since(since, used), target)


def waited_since(instant: datetime, used: int) -> int:
    """Working days from the day after it began to wait until today, with those that had gone by before we asked."""
    return used + holidays.working_days_between(clock.day_of(instant), clock.today())

"""How far a bid has come: its task list, the time that is left, and what happens next in each stage."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import url_for

from portal.applications import lists
from portal.applications.models import Application, Request, Stage
from portal.applications.policy import takes_answers
from portal.core import clock
from portal.core.db import db
from portal.funds.models import RoundKind
from portal.people.models import User
from portal.questions.models import Section
from portal.questions.sheet import Sheet

STATUS = {"complete": ("Completed", None), "started": ("In progress", "light-blue"), "not_started": ("Not yet started", "blue")}
DECISION = "The Commissioner’s office decides."
LATER = [
    "Assessors score the application against the criteria of the fund.",
    "The Commissioner’s office decides, and we write to you.",
]
NEXT = {
    Stage.SUBMITTED: [
        "We check that the application meets the rules of the fund. We write to you if something is missing.",
        *LATER,
    ],
    Stage.RETURNED: ["Once you have sent your answers, we go on where we stopped."],
    Stage.IN_ASSESSMENT: LATER,
    Stage.DECLINED: [
        "Our e-mail says why, and what would make another application stronger.",
        "You may apply again while a round is open.",
    ],
    Stage.INELIGIBLE: [
        "Our e-mail says which rule the application does not meet.",
        "If you think that we are wrong, write to us.",
    ],
}


@dataclass(frozen=True)
class Task:
    """One section in the task list."""

    title: str
    status: str
    colour: str | None
    href: str
    hint: str = ""


class Progress:
    """A bid that is being written, as its task list tells it."""

    def __init__(self, application: Application) -> None:
        self.application = application
        self.sheet: Sheet = lists.sheet_of(application)
        self.request: Request | None = lists.open_request(application)
        self.statuses = [(section, self.sheet.status(section)) for section in self.sheet.sections]
        self.takes_answers = takes_answers(application)

    @property
    def tasks(self) -> list[Task]:
        return [self.task(section, status) for section, status in self.statuses]

    def task(self, section: Section, status: str) -> Task:
        text, colour = STATUS[status]
        if self.is_left_out(section, status):
            text = "Optional"
        if self.request is not None:
            text, colour = ("Look at this again", "yellow") if self.is_asked(section) else ("As you sent it", None)
        return Task(section.title, text, colour, url_for(".section", ref=self.application.ref, section=section.code))

    def is_asked(self, section: Section) -> bool:
        return self.request is not None and section.code in self.request.section_codes

    def is_left_out(self, section: Section, status: str) -> bool:
        """Nothing has to be answered there, and nothing was."""
        return status == "complete" and not self.sheet.is_begun(section)

    @property
    def counted(self) -> list[str]:
        """How the sections stand that are needed or begun, so that the count agrees with the tags below it."""
        return [status for section, status in self.statuses if not self.is_left_out(section, status)]

    @property
    def is_ready(self) -> bool:
        """True when nothing is missing in what can still be changed."""
        return all(status == "complete" for section, status in self.statuses if self.request is None or self.is_asked(section))

    @property
    def last_change(self) -> tuple[str, datetime] | None:
        """Who saved last, and when."""
        saved = [(answer.saved_at, answer.saved_by_id) for answer in self.sheet.answers.values()]
        if not saved:
            return None
        at, by_id = max(saved)
        saver = db.session.get(User, by_id)  # mostly whoever looks at it, and known already
        return saver.name if saver else "Somebody", at


def next_steps(application: Application, stage: Stage) -> Sequence[str]:
    """What happens next, in order; for a bid that came in, also by when we mean to have decided."""
    steps, days = NEXT.get(stage, []), application.round.decision_working_days
    if stage not in (Stage.SUBMITTED, Stage.IN_ASSESSMENT) or not days:
        return steps
    return [*steps[:-1], f"{DECISION} We aim to write to you within {days} working days of {counted_from(application)}."]


def counted_from(application: Application) -> str:
    """A rolling round decides bid by bid, another one when it has closed."""
    closes_at = application.round.closes_at
    if application.round.kind is RoundKind.COMPETED and closes_at is not None:
        return f"{clock.read_day(closes_at.astimezone(clock.LONDON).date())}, when the round closes"
    return "receiving it"


def time_left(until: datetime | None) -> str:
    """12 days left, 5 hours left, 20 minutes left; nothing once it has passed."""
    left = (until - clock.now()) if until else None
    if left is None or left <= clock.MINUTE * 0:
        return ""
    for unit, name in ((clock.DAY, "day"), (clock.HOUR, "hour"), (clock.MINUTE, "minute")):
        if (number := left // unit) >= (2 if unit == clock.DAY else 1):
            return f"{number} {name}{'s' if number > 1 else ''} left"
    return "less than a minute left"

"""A round as its page shows it: what each section says, and what is missing there."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from flask import url_for

from portal.core import clock, money
from portal.funds.lists import Counted, counted_in
from portal.funds.missing import Missing, missing_from
from portal.funds.models import Round, RoundStage
from portal.people.models import OrganisationKind

UNKNOWN = "Not yet"
READ_ANY_TIME = ("criteria", "eligibility", "invitations")


SETTINGS = {
    "has_panel": "a panel",
    "keeps_reserve": "a reserve list",
    "has_second_look": "a second look before the recommendation",
}


@dataclass(frozen=True)
class Task:
    """One section in the task list."""

    title: str
    status: str
    colour: str | None
    href: str | None
    hint: str


class Overview:
    """What there is to know of a round at a glance."""

    def __init__(self, round_: Round) -> None:
        self.round = round_
        self.is_draft = round_.stage is RoundStage.DRAFT

    @cached_property
    def missing(self) -> list[Missing]:
        return missing_from(self.round) if self.is_draft else []

    @cached_property
    def counted(self) -> Counted:
        return counted_in(self.round)

    @property
    def is_ahead(self) -> bool:
        """Its hour has not come."""
        return self.round.opens_at is not None and clock.now() < self.round.opens_at

    @property
    def tasks(self) -> list[Task]:
        """Each section with what it says; while it is a draft, with a link and what it lacks."""
        return [self.task(code, title, said) for code, title, said in self.sections()]

    def task(self, code: str, title: str, said: str) -> Task:
        lacking = [each.sentence for each in self.missing if each.section == code]
        if not self.is_draft:
            return Task(title, "", None, self.address(code) if code in READ_ANY_TIME else None, said)
        status, colour = ("Something is missing", "yellow") if lacking else ("Done", None)
        return Task(title, status, colour, self.address(code), "; ".join(lacking).capitalize() or said)

    def address(self, code: str) -> str:
        if code in ("criteria", "eligibility"):
            return url_for(f".{code}", round_code=self.round.code)
        if code == "invitations":
            return url_for(".invitations", code=self.round.code)
        return url_for(".section", code=self.round.code, section=code)

    def sections(self) -> Iterator[tuple[str, str, str]]:
        round_ = self.round
        yield "about", "Name and kind", f"{round_.title}. {round_.kind.label}"
        yield "dates", "When it is open", self.window
        yield "money", "Money", self.money
        yield "who", "Who can apply, and what for", self.who
        yield "questions", "Questions", self.questions
        if round_.kind.is_by_invitation:
            yield "invitations", "Who is invited", "By name, each with the reason"
        else:
            there = self.counted
            yield "criteria", "Criteria", f"{there.criteria} criteria, together {there.weight}%"
            asked, checks = there.questions or "No", there.checks or "no"
            yield "eligibility", "Who is eligible", f"{asked} questions before the form; {checks} checks after it"
        yield "decision", "Scoring and decision", self.decision
        yield "monitoring", "Reporting", round_.return_schedule.label

    @property
    def window(self) -> str:
        opens, closes = clock.read_moment(self.round.opens_at), clock.read_moment(self.round.closes_at)
        return f"{opens or UNKNOWN} to {closes or 'no end'}" if opens else UNKNOWN

    @property
    def money(self) -> str:
        round_ = self.round
        parts = [
            f"{money.show(round_.pot_pence)} in all" if round_.pot_pence else "",
            f"up to {money.show(round_.cap_pence)} {round_.cap_per.label}" if round_.cap_pence else "no limit",
            f"{money.show(round_.least_pence)} or more" if round_.least_pence else "",
            f"others pay {round_.match_percent}%" if round_.match_percent else "",
            f"paid {round_.payment_mode.label[0].lower()}{round_.payment_mode.label[1:]}",
        ]
        text = "; ".join(part for part in parts if part)
        return text[0].upper() + text[1:]

    @property
    def who(self) -> str:
        kinds = ", ".join(OrganisationKind(each).label for each in self.round.accepts) or UNKNOWN
        return f"{kinds}. {f'At most {self.round.longest_months} months' if self.round.longest_months else 'No limit of time'}"

    @property
    def questions(self) -> str:
        version = self.round.question_version
        return f"{version.question_set.name}, version {version.number}" if version else UNKNOWN

    @property
    def decision(self) -> str:
        round_ = self.round
        assessors = "1 assessor" if round_.assessors_required == 1 else f"{round_.assessors_required} assessors"
        more = [words for name, words in SETTINGS.items() if getattr(round_, name)]
        return "; ".join([assessors, *more, f"decided within {round_.decision_working_days} working days"])

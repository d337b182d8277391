"""What the public may know of funds: which are open, what they ask, and who may start an application."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cached_property

from portal.applications.lists import writes_for
from portal.core import clock
from portal.funds import lists
from portal.funds.judging import weighs
from portal.funds.models import Clarification, Round, RoundStage
from portal.funds.round_lists import published_clarifications
from portal.people.models import OrganisationKind, User
from portal.publishing.outcomes import Outcomes, outcomes_of
from portal.questions.models import Question, Section
from portal.questions.published import sections_of


class Standing(StrEnum):
    """How a round stands for those who think of applying."""

    OPEN = "open"
    PAUSED = "paused"
    COMING = "coming"
    CLOSED = "closed"

    @property
    def label(self) -> str:
        return self.value.capitalize()

    @property
    def colour(self) -> str:
        return {"open": "green", "paused": "yellow", "coming": "blue", "closed": "grey"}[self.value]


def in_uk(instant: datetime | None) -> str:
    return f"{clock.read_moment(instant)} (UK time)"


def standing_of(round_: Round) -> Standing:
    if round_.is_open:
        return Standing.OPEN
    return {RoundStage.PAUSED: Standing.PAUSED, RoundStage.CHECKED: Standing.COMING}.get(round_.stage, Standing.CLOSED)


@dataclass(frozen=True)
class Asked:
    """A question as it is printed: with the columns of its lines, where it has any."""

    question: Question
    columns: Sequence[Question]


class Window:
    """A round as the public sees it, or a fund: then the round that is open speaks for it, else the next, else the last."""

    def __init__(self, rounds: Sequence[Round], chosen: Round | None = None) -> None:
        self.rounds, self.chosen = rounds, chosen
        self.fund = rounds[0].fund

    @cached_property
    def round(self) -> Round:
        """Every public fund has had a round, or will have one. They stand in the order of opening, the latest first."""
        ranks = list(Standing)
        return self.chosen or min(self.rounds, key=lambda each: ranks.index(standing_of(each)))

    @property
    def standing(self) -> Standing:
        return standing_of(self.round)

    @property
    def dates(self) -> list[tuple[str, str]]:
        """When it begins and ends, to the hour."""
        opens = "Opens" if self.standing is Standing.COMING else "Opened"
        closes = {Standing.OPEN: "Apply by", Standing.CLOSED: "Closed"}.get(self.standing, "Closes")
        ends_at = self.round.closes_at or (self.round.closed_at if self.standing is Standing.CLOSED else None)
        return [(opens, in_uk(self.round.opens_at)), (closes, in_uk(ends_at) if ends_at else "Open until further notice")]

    @cached_property
    def clarifications(self) -> Sequence[Clarification]:
        """What was asked about the round, and what everybody is told."""
        return published_clarifications(self.round) if self.said["answered"] else []

    @property
    def others(self) -> list[tuple[Round, Standing]]:
        return [(each, standing_of(each)) for each in self.rounds if each is not self.round]

    @cached_property
    def criteria(self) -> list[tuple[str, str, str]]:
        """What the score is made of: name, what is looked for, weight."""
        return [(each.name, each.guidance, weighs(each)) for each in self.round.criteria]

    @cached_property
    def said(self) -> dict[str, list[str]]:
        return lists.said_of(self.round)

    @property
    def checks(self) -> list[str]:
        """What is looked at before an application is scored."""
        return self.said["check"]

    @property
    def takes(self) -> list[str]:
        """The kinds of organisation that may apply; none is named where all may."""
        return [OrganisationKind(kind).label for kind in self.round.accepts]

    @property
    def areas(self) -> list[str]:
        """Where applicants must be; none is named where they may be anywhere."""
        return self.said["area"]

    @property
    def objectives(self) -> list[str]:
        return self.said["objective"]

    @property
    def has_questions(self) -> bool:
        version = self.round.question_version_id
        return version is not None and bool(sections_of(version))

    @cached_property
    def sections(self) -> list[tuple[Section, list[Asked]]]:
        """The questions of the round, for reading before one signs in."""
        version = self.round.question_version_id
        return [(section, asked_in(section)) for section in sections_of(version)] if version else []

    @cached_property
    def outcomes(self) -> Outcomes | None:
        """What came of a round that is over, as far as it is published."""
        return outcomes_of(self.round) if self.standing is Standing.CLOSED else None

    def may_start(self, user: User | None) -> bool:
        """The round is open, and the person writes for an organisation of a kind that it takes."""
        return self.round.is_open and user is not None and bool(writes_for(user, self.round))


def asked_in(section: Section) -> list[Asked]:
    columns: dict[int, list[Question]] = {}
    for question in section.questions:
        if question.group_id is not None:
            columns.setdefault(question.group_id, []).append(question)
    return [Asked(question, columns.get(question.id, [])) for question in section.questions if question.group_id is None]


def by_slug(user: User | None, slug: str) -> Window | None:
    """A fund that was ever open to applications, or will be."""
    rounds = lists.public_rounds_of(slug)
    return Window(rounds) if rounds else None


def by_code(user: User | None, slug: str, round_code: str) -> Window | None:
    """One round of such a fund."""
    rounds = lists.public_rounds_of(slug)
    chosen = next((each for each in rounds if each.code == round_code), None)
    return Window(rounds, chosen) if chosen else None

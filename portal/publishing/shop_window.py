"""What the public may know of funds: which are open, what they ask, and who may start an application."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from portal.applications.lists import writes_for
from portal.funds import lists
from portal.funds.models import Clarification, Fund, Round, RoundStage
from portal.people.models import User
from portal.questions.models import Question, Section
from portal.questions.published import sections_of


@dataclass(frozen=True)
class Asked:
    """A question as it is printed: with the columns of its lines, where it has any."""

    question: Question
    columns: Sequence[Question]


class Window:
    """A fund as the public sees it. The round that is open speaks for it, else the last one."""

    def __init__(self, fund: Fund) -> None:
        self.fund = fund
        self.rounds = lists.public_rounds_of(fund)

    @cached_property
    def round(self) -> Round:
        """Every public fund has had a round."""
        return next((each for each in self.rounds if each.is_open), self.rounds[0])

    @property
    def earlier(self) -> list[Round]:
        return [each for each in self.rounds if each is not self.round]

    @property
    def is_paused(self) -> bool:
        return self.round.stage is RoundStage.PAUSED

    @cached_property
    def clarifications(self) -> Sequence[Clarification]:
        """What was asked about the round, and what everybody is told."""
        return lists.published_clarifications(self.round)

    @property
    def criteria(self) -> list[tuple[str, str, str]]:
        """What the score is made of: name, what is looked for, weight."""
        return [(each.name, each.guidance, f"{each.weight}%") for each in self.round.criteria]

    @cached_property
    def sections(self) -> list[tuple[Section, list[Asked]]]:
        """The questions of the round, for reading before one signs in."""
        version = self.round.question_version_id
        return [(section, asked_in(section)) for section in sections_of(version)] if version else []

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
    """A fund that was ever open to applications."""
    fund = lists.public_fund(slug)
    return Window(fund) if fund else None

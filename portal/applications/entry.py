"""Whether an organisation may apply in a round: the questions before the form, as it has answered them so far."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from portal.applications.models import Eligibility
from portal.core.db import db
from portal.funds.judging import refusals
from portal.funds.models import EligibilityQuestion, Round
from portal.people.models import Organisation

WORDS = {"yes": "Yes", "no": "No"}


class Entry:
    """Answers are kept whatever they say. One to a question that was changed since counts as not given."""

    def __init__(self, round_: Round, organisation: Organisation) -> None:
        self.round, self.organisation = round_, organisation
        self.questions: Sequence[EligibilityQuestion] = round_.eligibility

    @cached_property
    def saved(self) -> Eligibility | None:
        if not self.questions:
            return None
        return db.session.scalar(
            select(Eligibility)
            .where(Eligibility.round_id == self.round.id, Eligibility.organisation_id == self.organisation.id)
            .options(joinedload(Eligibility.saved_by))
        )

    @property
    def answers(self) -> dict[str, str]:
        """Question → yes or no."""
        kept = self.saved.answers if self.saved else {}
        found = {str(each.id): kept.get(str(each.id)) for each in self.questions}
        editions = {str(each.id): each.edition for each in self.questions}
        return {key: given["answer"] for key, given in found.items() if given and given["edition"] == editions[key]}

    @property
    def refusals(self) -> dict[int, str]:
        """The reasons why not, by question."""
        return refusals(self.questions, self.answers)

    @property
    def is_complete(self) -> bool:
        return len(self.answers) == len(self.questions)

    @property
    def passes(self) -> bool:
        """True too where nothing is asked."""
        return self.is_complete and not self.refusals

    @property
    def content(self) -> list[dict[str, Any]]:
        """As it goes with a bid."""
        answers = self.answers
        return [{"question": each.text, "answer": WORDS[answers[str(each.id)]]} for each in self.questions]


def entries_of(round_: Round, organisations: Sequence[Organisation]) -> list[Entry]:
    """Those of several organisations, in one query."""
    found = db.session.scalars(
        select(Eligibility)
        .where(Eligibility.round_id == round_.id, Eligibility.organisation_id.in_(each.id for each in organisations))
        .options(joinedload(Eligibility.saved_by))
    )
    saved = {each.organisation_id: each for each in found}
    entries = [Entry(round_, each) for each in organisations]
    for entry in entries:
        entry.saved = saved.get(entry.organisation.id)
    return entries

"""Answering what is asked before the form. Nothing of it is handed in: the answers are kept, and may be changed."""

from collections.abc import Mapping

from portal.applications.entry import WORDS, Entry
from portal.applications.models import Eligibility
from portal.core import clock
from portal.core.constraints import explain
from portal.core.db import db
from portal.core.problems import Conflict, Forbidden, Incomplete, NotNow
from portal.funds.models import Round
from portal.people.models import Organisation, Right, User

Given = dict[str, dict[str, str | int]]  # question → its answer, and the edition that was answered
explain(
    one_set_of_answers="A colleague has answered these questions at the same moment. Load the page again to see what they said."
)


def answer_eligibility(
    round_: Round, organisation: Organisation, answers: Mapping[int, str], edition: int | None = None, *, by: User
) -> Entry:
    """Keep an organisation's answers, whether they let it apply or not. Refused while one is missing."""
    if not round_.is_open:
        raise NotNow(f"{round_} is not open for applications now.")
    if not by.has_right(organisation.id, Right.LEAD, Right.CONTRIBUTOR):
        raise Forbidden(f"You cannot write applications for {organisation}. Ask its lead.")
    entry = Entry(round_, organisation)
    if missing := [each for each in entry.questions if answers.get(each.id) not in WORDS]:
        raise Incomplete([(f"Answer Yes or No: {each.text}", f"#question-{each.id}") for each in missing])
    given: Given = {str(each.id): {"answer": answers[each.id], "edition": each.edition} for each in entry.questions}
    keep(entry, given, edition, by=by)
    return entry


def keep(entry: Entry, given: Given, edition: int | None, *, by: User) -> None:
    row = entry.saved
    if row is not None and edition is not None and row.edition != edition and row.answers != given:
        raise Conflict(
            "A colleague has answered since you opened this page. Their answers stand beside yours: choose which are right."
        )
    if row is None:
        row = Eligibility(round_id=entry.round.id, organisation_id=entry.organisation.id, edition=0)
        db.session.add(row)
    if row.answers != given:
        row.answers, row.edition = given, row.edition + 1
        row.saved_at, row.saved_by_id = clock.now(), by.id
    entry.saved = row

"""Verbs of moderation and of the recommendation that comes out of it."""

from collections.abc import Mapping

from portal.applications.models import Application
from portal.applications.models import Stage as BidStage
from portal.applications.workflow import LIFE as BID
from portal.assessment import lists
from portal.assessment.actions.locks import hold, note_change
from portal.assessment.actions.scoring import Overtaken
from portal.assessment.lists import points_given
from portal.assessment.models import Moderated
from portal.assessment.steps import why_not
from portal.core import clock, money, outbox
from portal.core.audit import OFFICE, record
from portal.core.constraints import explain
from portal.core.db import db
from portal.core.problems import Incomplete, NotNow, Refused
from portal.funds.judging import scheme_of
from portal.funds.models import Criterion
from portal.people.lists import holders_of
from portal.people.models import OfficeRole, User

LONGEST = 3_000  # characters of a note
Agreed = Mapping[int, tuple[int, str]]  # criterion id → points, note
explain(
    one_moderated_each="Somebody else is moderating this bid at the same moment. Look at their scores, then save yours again."
)


def moderate(application: Application, *, by: User) -> None:
    """Begin moderation, once all required scores are in."""
    hold(application)
    check(application, "moderate")
    BID.advance(application, "moderate", by=by)
    note_change(application)


def check(application: Application, move: str) -> None:
    """Refuse what the facts do not allow yet."""
    if sentence := why_not(application, lists.assignments_of(application), move):
        raise NotNow(sentence)


def save_moderated(application: Application, agreed: Agreed, editions: Mapping[int, int] | None = None, *, by: User) -> None:
    """Agree the score: criterion id → points and note. The originals stay beside it.

    `editions` are those that the page showed; without them what is there is saved over.
    """
    hold(application)
    if application.stage is not BidStage.IN_MODERATION:
        raise NotNow(f"{application} is not in moderation.")
    assignments = lists.assignments_of(application)
    if sentence := lists.awaited(application, assignments):
        raise NotNow(sentence)
    given, known = points_given(assignments), {each.criterion_id: each for each in lists.moderated_of(application)}
    check_agreed(application, agreed, given)
    check_editions(agreed, known, editions)
    for criterion in application.round.criteria:
        agree(application, criterion, known.get(criterion.id), *agreed[criterion.id], by=by)
    points = {key: points for key, (points, _) in agreed.items()}
    application.agreed_permille = scheme_of(application.round).judge(points).permille
    note_change(application)


def check_agreed(application: Application, agreed: Agreed, given: list[dict[int, int]]) -> None:
    """Every criterion has its points, and a note where somebody had scored it otherwise."""
    missing = []
    for criterion in application.round.criteria:
        points, note = agreed.get(criterion.id, (None, ""))
        if points is None:
            missing.append((f"Choose the agreed points for: {criterion.name}", f"#points-{criterion.id}"))
        elif not note and any(each.get(criterion.id) != points for each in given):
            missing.append((f"Say how the points were agreed, for: {criterion.name}", f"#note-{criterion.id}"))
        elif len(note) > LONGEST:
            missing.append((f"Use {LONGEST:,} characters or fewer, for: {criterion.name}", f"#note-{criterion.id}"))
    if missing:
        raise Incomplete(missing)


def check_editions(agreed: Agreed, known: Mapping[int, Moderated], editions: Mapping[int, int] | None) -> None:
    """Refuse to save over what a colleague has agreed since the page was opened. Raises `Overtaken`."""
    overtaken = [
        key
        for key, row in known.items()
        if editions is not None and editions.get(key, 0) != row.edition and agreed[key] != (row.points, row.note)
    ]
    if overtaken:
        raise Overtaken(overtaken, "from a colleague")


def agree(application: Application, criterion: Criterion, row: Moderated | None, points: int, note: str, *, by: User) -> None:
    if row is not None and (row.points, row.note) == (points, note):
        return
    before = row.points if row else None
    row = row or Moderated(application_id=application.id, criterion_id=criterion.id, edition=0)
    row.points, row.note, row.edition = points, note, row.edition + 1
    row.by_id, row.at = by.id, clock.now()
    db.session.add(row)
    if before != points:
        record("score.moderate", application, by=by, readers=OFFICE, criterion=criterion.name,
               before=before, after=points)  # fmt: skip


def recommend(application: Application, pence: int, reasons: str, *, by: User) -> None:
    """Recommend an amount, from nothing to what was asked for, with reasons. Needs an agreed score, or an invitation by name."""
    hold(application)
    check(application, "recommend")
    check_second_look(application, by=by)
    if application.stage is BidStage.IN_ASSESSMENT:
        take_only_score(application)
    if not reasons:
        raise Refused("Give the reasons for your recommendation", "reasons")
    if not 0 <= pence <= (application.requested_pence or 0):
        raise Refused(f"The applicant asked for {money.show(application.requested_pence)}: recommend that or less", "amount")
    application.recommended_pence, application.recommendation = pence, reasons
    BID.advance(application, "recommend", by=by, recommended_pence=pence, reasons=reasons)
    note_change(application)
    outbox.send("assessment/recommended", to=holders_of(OfficeRole.DECISION_MAKER), case=application.ref,
                application=application)  # fmt: skip


def check_second_look(application: Application, *, by: User) -> None:
    """Where the round asks for a second look, who agreed the points does not recommend as well."""
    if application.round.has_second_look and by.id in {each.by_id for each in lists.moderated_of(application)}:
        raise Refused("You agreed the points. In this round another officer looks at them and recommends.")


def take_only_score(application: Application) -> None:
    """Where one assessor suffices, their score is the agreed one; who did not compete may have none."""
    for points in points_given(lists.assignments_of(application)):
        application.agreed_permille = scheme_of(application.round).judge(points).permille

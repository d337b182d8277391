"""Verbs of assessment: the gate, assigning, scoring, moderating, recommending."""

from collections.abc import Mapping

from portal.applications import actions as applications
from portal.applications.models import Application
from portal.applications.models import Stage as BidStage
from portal.applications.workflow import LIFE as BID
from portal.assessment import gate, lists, scoring
from portal.assessment.models import Assignment, GateResult, Moderated, Score, Stage
from portal.assessment.policy import is_open
from portal.assessment.workflow import LIFE
from portal.core import clock, money, outbox
from portal.core.audit import OFFICE, record
from portal.core.db import db, explain
from portal.core.problems import Conflict, NotNow, Refused
from portal.people.actions import involve
from portal.people.lists import members_of
from portal.people.models import Capacity, OfficeRole, Right, User

explain(
    assigned_once="This person is already assigned to the application.",
    one_score_each="These scores were saved twice at the same moment. Look at what is there, then save again.",
    one_moderated_each="Somebody else is moderating this application at the same moment. Look at their scores, then save yours again.",
)


def check_gate(application: Application, answers: Mapping[int, tuple[bool, str]], *, by: User) -> list[GateResult]:
    """Keep what the officer found: check id → passed, note. Refused unless every check is answered, or one fails without a note."""
    results = []
    for found in gate.findings(application):
        if found.check.id not in answers:
            raise Refused(f"Say whether this holds: {found.check.label}", f"check-{found.check.id}")
        passed, note = answers[found.check.id]
        if not note and found.passed is not None and passed != found.passed:
            raise Refused("Say why you see this differently from what the portal found", f"note-{found.check.id}")
        results.append(keep_result(application, found.check.id, passed, note, by=by))
    return results


def keep_result(application: Application, check_id: int, passed: bool, note: str, *, by: User) -> GateResult:
    known = {result.check_id: result for result in lists.gate_results(application)}
    result = known.get(check_id) or GateResult(application_id=application.id, check_id=check_id)
    result.passed, result.note, result.by_id, result.at = passed, note, by.id, clock.now()
    db.session.add(result)
    return result


def admit(application: Application, answers: Mapping[int, tuple[bool, str]], *, by: User) -> None:
    """Confirm the gate and pass the bid to assessment. Refused while a check fails."""
    results = check_gate(application, answers, by=by)
    if not all(result.passed for result in results):
        raise Refused(
            "A check fails, so the application cannot go to assessors. Ask the applicant, or refuse it with the reason."
        )
    BID.advance(application, "admit", by=by)
    application.changed_at = clock.now()


def refuse_entry(application: Application, answers: Mapping[int, tuple[bool, str]], *, by: User) -> None:
    """Refuse at the gate, with the reason of every check that fails."""
    results = check_gate(application, answers, by=by)
    failed = [result for result in results if not result.passed]
    if not failed:
        raise Refused("Every check passes: there is no reason to refuse this application.")
    db.session.flush()
    checks = {check.id: check for check in application.round.gate_checks}
    reasons = [" ".join(filter(None, (checks[result.check_id].refusal, result.note))) for result in failed]
    BID.advance(application, "refuse_entry", by=by, reasons=reasons)
    application.changed_at = clock.now()
    outbox.send("assessment/ineligible", to=members_of(application.organisation_id, Right.LEAD), case=application.ref,
                application=application, reasons=reasons)  # fmt: skip


def ask(application: Application, reason: str, section_codes: list[str], *, by: User) -> None:
    """Send named sections back to the applicant. Assessors who have begun are told to wait by the stage."""
    applications.ask(application, reason, section_codes, by=by)


def reinstate(application: Application, reason: str, *, by: User) -> None:
    """Take back a refusal or a decline, with the reason."""
    if not reason:
        raise Refused("Say why the application is reinstated", "reason")
    BID.advance(application, "reinstate", by=by, reason=reason)
    application.changed_at = clock.now()


def assign(application: Application, assessor: User, *, by: User) -> Assignment:
    """Ask an assessor to score a bid. Refused for those who wrote it or work for the applicant."""
    if application.stage is not BidStage.IN_ASSESSMENT:
        raise NotNow(f"{application} is {application.stage.label.lower()}: assessors are assigned while it is in assessment.")
    if not assessor.holds(OfficeRole.ASSESSOR):
        raise Refused(f"{assessor} is not an assessor.", "assessor")
    if assessor.has_right(application.organisation_id) or assessor.has_right(application.accountable_body_id):
        raise Refused(f"{assessor} acts for the applicant, so they cannot assess its bid.", "assessor")
    assignment = Assignment(application_id=application.id, assessor_id=assessor.id, stage=Stage.INVITED, invited_at=clock.now())
    db.session.add(assignment)
    db.session.flush()
    record("assignment.invite", assignment, by=by, readers=OFFICE, assessor=assessor.name)
    outbox.send("assessment/invited", to=[assessor], case=application.ref, application=application)
    return assignment


def declare(assignment: Assignment, has_conflict: bool, interest: str, *, by: User) -> None:
    """Say whether one has an interest. A conflict ends the assignment and hides the bid; none opens it."""
    if has_conflict and not interest:
        raise Refused("Say what your interest is, in a few words", "interest")
    assignment.interest = interest
    if has_conflict:
        assignment.has_conflict = True
        involve(assignment.assessor, assignment.case, Capacity.CONFLICTED)
        LIFE.advance(assignment, "conflict", by=by, interest=interest)
    else:
        involve(assignment.assessor, assignment.case, Capacity.ASSESSOR)
        LIFE.advance(assignment, "declare", by=by, interest=interest)


def stand_down(assignment: Assignment, reason: str, *, by: User) -> None:
    """Take an assessor off a bid. What they scored is kept and not counted."""
    if not reason:
        raise Refused("Say why the assessor is stood down", "reason")
    LIFE.advance(assignment, "stand_down", by=by, reason=reason)


def save_score(
    assignment: Assignment, criterion_id: int, points: int | None, justification: str, *, edition: int | None, by: User
) -> Score:
    """Keep points and words on one criterion, complete or not. Raises `Conflict` when another window saved first."""
    application = assignment.application
    if application.stage is not BidStage.IN_ASSESSMENT:
        raise NotNow(f"{application} is {application.stage.label.lower()}, so it cannot be scored now.")
    if assignment.stage is Stage.DECLARED:
        LIFE.advance(assignment, "start", by=by)
    if assignment.stage not in (Stage.SCORING, Stage.SENT_BACK):
        raise NotNow("Your scores have been submitted, so they can no longer be changed.")
    if criterion_id not in {criterion.id for criterion in application.round.criteria}:
        raise Refused("This round has no such criterion.")
    known = {score.criterion_id: score for score in assignment.scores}
    score = known.get(criterion_id)
    if score is None:
        score = Score(assignment_id=assignment.id, criterion_id=criterion_id, edition=0, justification="")
        assignment.scores.append(score)
    if (score.points, score.justification) == (points, justification):
        return score
    if edition is not None and edition != score.edition:
        raise Conflict("You have saved another score for this criterion in another window. Compare the two, then save again.")
    score.points, score.justification = points, justification
    score.edition, score.saved_at = score.edition + 1, clock.now()
    return score


def submit_scores(assignment: Assignment, *, by: User) -> None:
    """Hand the scores in. Refused while a criterion has no points or no justification."""
    known = {score.criterion_id: score for score in assignment.scores}
    for criterion in assignment.application.round.criteria:
        score = known.get(criterion.id)
        if score is None or score.points is None:
            raise Refused(f"Give points for: {criterion.name}", f"points-{criterion.id}")
        if not score.justification:
            raise Refused(f"Say why, for: {criterion.name}", f"justification-{criterion.id}")
    LIFE.advance(assignment, "submit", by=by)


def send_back(assignment: Assignment, reason: str, *, by: User) -> None:
    """Ask an assessor to look at their scores again."""
    if not reason:
        raise Refused("Say what the assessor should look at again", "reason")
    LIFE.advance(assignment, "send_back", by=by, reason=reason)
    outbox.send(
        "assessment/sent_back",
        to=[assignment.assessor],
        case=assignment.case,
        application=assignment.application,
        reason=reason,
    )


def required_scores(application: Application) -> list[Assignment]:
    """The submitted assignments, once there are enough and none is still to come. Else refused with who is awaited."""
    assignments = lists.assignments_of(application)
    waiting = [each.assessor.name for each in assignments if is_open(each)]
    submitted = [each for each in assignments if each.stage is Stage.SUBMITTED]
    if waiting:
        raise NotNow(f"Scores are still to come from {', '.join(waiting)}.")
    if len(submitted) < application.round.assessors_required:
        raise NotNow(
            f"This round needs the scores of {application.round.assessors_required} assessors; there are {len(submitted)}."
        )
    return submitted


def moderate(application: Application, *, by: User) -> None:
    """Begin moderation, once all required scores are in."""
    required_scores(application)
    BID.advance(application, "moderate", by=by)
    application.changed_at = clock.now()


def save_moderated(application: Application, agreed: Mapping[int, tuple[int, str]], *, by: User) -> None:
    """Agree the score: criterion id → points and note. The originals stay beside it."""
    if application.stage is not BidStage.IN_MODERATION:
        raise NotNow(f"{application} is not in moderation.")
    known = {each.criterion_id: each for each in lists.moderated_of(application)}
    for criterion in application.round.criteria:
        if criterion.id not in agreed:
            raise Refused(f"Choose the agreed points for: {criterion.name}", f"points-{criterion.id}")
        points, note = agreed[criterion.id]
        if not note and lists.points_differ(application, criterion.id, points):
            raise Refused(f"Say how the points were agreed, for: {criterion.name}", f"note-{criterion.id}")
        row = known.get(criterion.id) or Moderated(application_id=application.id, criterion_id=criterion.id, edition=0)
        before, row.points, row.note = row.points, points, note
        row.edition, row.by_id, row.at = row.edition + 1, by.id, clock.now()
        db.session.add(row)
        if before != points:
            record(
                "score.moderate",
                application,
                by=by,
                readers=OFFICE,
                criterion=criterion.name,
                before=before,
                after=points,
            )
    application.agreed_permille = scoring.permille(
        {key: points for key, (points, _) in agreed.items()}, lists.weights(application)
    )
    application.changed_at = clock.now()


def recommend(application: Application, pence: int, reasons: str, *, by: User) -> None:
    """Recommend an amount, from nothing to what was asked for, with reasons. Needs an agreed score."""
    if application.stage is BidStage.IN_ASSESSMENT:
        take_only_score(application)
    if application.agreed_permille is None:
        raise NotNow("Agree the score of every criterion first.")
    if not reasons:
        raise Refused("Give the reasons for your recommendation", "reasons")
    if pence > (application.requested_pence or 0):
        raise Refused(f"The applicant asked for {money.show(application.requested_pence)}: recommend that or less", "amount")
    application.recommended_pence, application.recommendation = pence, reasons
    BID.advance(application, "recommend", by=by, recommended_pence=pence, reasons=reasons)
    application.changed_at = clock.now()


def take_only_score(application: Application) -> None:
    """Where one assessor suffices, their score is the agreed one; more of them must moderate."""
    submitted = required_scores(application)
    if len(submitted) > 1:
        raise NotNow("Several assessors have scored this application: moderate their scores first.")
    points = {score.criterion_id: score.points or 0 for score in submitted[0].scores}
    application.agreed_permille = scoring.permille(points, lists.weights(application))

"""Who may see an assessment, score it and see the scores of others."""

from typing import Any

from sqlalchemy import Select, and_, false, not_, or_, select

from portal.applications.models import Application
from portal.applications.models import Stage as BidStage
from portal.assessment.models import Assignment, Stage
from portal.core.access import refusal
from portal.funds.models import ScoresSeen
from portal.people.models import OfficeRole, User
from portal.people.policy import conflicted_cases, is_officer

BEING_SCORED = (BidStage.IN_ASSESSMENT, BidStage.IN_MODERATION)
RELEASED = (BidStage.AWARDED, BidStage.DECLINED, BidStage.LAPSED, BidStage.WITHDRAWN, BidStage.INELIGIBLE)
OPENED = (Stage.DECLARED, Stage.SCORING, Stage.SUBMITTED, Stage.SENT_BACK)


def is_assessor(user: User | None, thing: Any = None) -> bool:
    return user is not None and user.holds(OfficeRole.ASSESSOR)


def can_list(user: User | None, thing: Any = None) -> bool:
    """The office, and assessors, each with a list of their own."""
    return user is not None and (user.sees_all_cases or is_assessor(user))


def works_here(user: User | None, thing: Any = None) -> bool:
    """Those whose work is here, and so find it in the navigation."""
    return user is not None and user.holds(
        OfficeRole.GRANTS_OFFICER,
        OfficeRole.HEAD_OF_COMMISSIONING,
        OfficeRole.ASSESSOR,
        OfficeRole.DECISION_MAKER,
        OfficeRole.AUDITOR,
    )


@refusal("Only the office reads this page. An assessor's page of a bid is the one where they score it.")
def reads_files(user: User, application: Application) -> bool:
    return user.sees_all_cases


def bids_visible_to(user: User | None) -> Select[Application]:
    """The office: every bid that was handed in. An assessor: those they may open. Nobody: one's own, or one with a conflict."""
    if user is None:
        return select(Application).where(false())
    live = Application.is_test.is_(False)
    reasons = [Application.submitted_at.is_not(None)] if user.sees_all_cases else []
    if is_assessor(user):
        reasons.append(Application.id.in_(opened_by(user)))
    return select(Application).where(
        live, or_(false(), *reasons), not_(is_own(user)), Application.ref.not_in(conflicted_cases(user))
    )


def opened_by(user: User) -> Select[Any]:
    """Assigned, interests declared, no conflict."""
    return select(Assignment.application_id).where(
        Assignment.assessor_id == user.id, Assignment.has_conflict.is_(False), Assignment.stage.in_(OPENED)
    )


def is_own(user: User) -> Any:
    """The person acts for the applicant or for the body that would receive the grant."""
    own = user.organisation_ids
    receives = and_(Application.accountable_body_id.is_not(None), Application.accountable_body_id.in_(own))
    return or_(Application.organisation_id.in_(own), receives)


def visible_to(user: User | None) -> Select[Assignment]:
    """Officers see the assignments of every bid they see; an assessor their own, even after a conflict."""
    if user is None:
        return select(Assignment).where(false())
    seen = Assignment.assessor_id == user.id if is_assessor(user) else false()
    if is_officer(user):
        seen = or_(seen, Assignment.application_id.in_(bids_visible_to(user).with_only_columns(Application.id)))
    return select(Assignment).where(seen)


@refusal("Only the assessor this bid was assigned to can do this.")
def is_assessor_of(user: User, assignment: Assignment) -> bool:
    return assignment.assessor_id == user.id and is_assessor(user)


@refusal("Only the assigned assessor can score this bid, and only without an interest in it.")
def may_score(user: User, assignment: Assignment) -> bool:
    return is_assessor_of(user, assignment) and not assignment.has_conflict


def is_assessor_or_officer(user: User, assignment: Assignment) -> bool:
    return is_officer(user) or is_assessor_of(user, assignment)


@refusal("Only a grants officer asks an assessor again, and nobody who has an interest in the bid.")
def may_ask_again(user: User, assignment: Assignment) -> bool:
    return is_officer(user) and not assignment.has_conflict


def can_see_scores(user: User, application: Application, assignments: list[Assignment]) -> bool:
    """Once all required scores are in: whoever sees all cases, and the assessors among themselves. Never an applicant.

    A round may say that an assessor sees those of the others once their own are in.
    """
    submitted = [each for each in assignments if each.stage is Stage.SUBMITTED]
    has_scored = any(may_score(user, each) for each in submitted)
    if application.round.scores_seen is ScoresSeen.OWN_IN and has_scored:
        return True
    if not submitted or len(submitted) < application.round.scores_needed or any(is_open(each) for each in assignments):
        return False
    return user.sees_all_cases or has_scored


def restricted_scores(application: Application) -> str:
    """Scores are restricted until the bid is decided: who looks at those of others before is told."""
    return "" if application.stage in RELEASED else "scores before the decision"


def restricted_list(refs: list[str]) -> str:
    """The same of the bids of a list, none of which is decided."""
    return f"scores before the decision, in a list: {', '.join(refs)}" if refs else ""


def restricted_export(count: int) -> str:
    return f"scores before the decision, in a file of {count}" if count else ""


def is_open(assignment: Assignment) -> bool:
    """True while its scores are still to come."""
    return assignment.stage not in (Stage.SUBMITTED, Stage.STOOD_DOWN)

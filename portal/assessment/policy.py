"""Who may see an assessment and score it."""

from sqlalchemy import Select, false, select

from portal.applications.models import Application
from portal.assessment.models import Assignment, Stage
from portal.core.access import refusal
from portal.people.models import User
from portal.people.policy import is_officer


def visible_to(user: User | None) -> Select[Assignment]:
    """Officers see every assignment, an assessor their own. A conflict hides the bid, not the fact of the conflict."""
    if user is None:
        return select(Assignment).where(false())
    if is_officer(user):
        return select(Assignment)
    return select(Assignment).where(Assignment.assessor_id == user.id)


def bids_read_by(user: User) -> Select[Application]:
    """The bids an assessor may open: assigned, interest declared, no conflict."""
    return (
        select(Application)
        .join(Assignment, Assignment.application_id == Application.id)
        .where(Assignment.assessor_id == user.id, Assignment.has_conflict.is_(False))
        .where(Assignment.stage.in_((Stage.DECLARED, Stage.SCORING, Stage.SUBMITTED, Stage.SENT_BACK)))
    )


@refusal("Only the assessor this bid was assigned to can do this.")
def is_assessor_of(user: User, assignment: Assignment) -> bool:
    return assignment.assessor_id == user.id


@refusal("Only the assigned assessor can score this bid, and only without an interest in it.")
def may_score(user: User, assignment: Assignment) -> bool:
    return assignment.assessor_id == user.id and not assignment.has_conflict


def can_see_scores(user: User, application: Application, assignments: list[Assignment]) -> bool:
    """Once all required scores are in: whoever sees all cases, and the assessors among themselves. Never an applicant."""
    submitted = [each for each in assignments if each.stage is Stage.SUBMITTED]
    if len(submitted) < application.round.assessors_required or any(is_open(each) for each in assignments):
        return False
    return user.sees_all_cases or any(each.assessor_id == user.id for each in submitted)


def is_open(assignment: Assignment) -> bool:
    """True while its scores are still to come."""
    return assignment.stage not in (Stage.SUBMITTED, Stage.STOOD_DOWN)

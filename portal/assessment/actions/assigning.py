"""Verbs of assignments: asking assessors, their interests, and taking them off a bid."""

from collections.abc import Sequence

from sqlalchemy import select

from portal.applications.models import Application
from portal.assessment.actions.locks import hold, note_change
from portal.assessment.models import Assignment, Stage
from portal.assessment.policy import BEING_SCORED
from portal.assessment.steps import takes_assessors
from portal.assessment.workflow import LIFE
from portal.core import clock, outbox
from portal.core.audit import OFFICE, record
from portal.core.constraints import explain
from portal.core.db import db
from portal.core.problems import NotNow, Refused
from portal.people.actions import involve
from portal.people.lists import holders_of
from portal.people.models import Capacity, Involvement, OfficeRole, User

explain(assigned_once="This person is already assigned to the application.")


def assign_all(application: Application, assessors: Sequence[User], *, by: User) -> list[Assignment]:
    """Ask several assessors at once, all or none."""
    if not assessors:
        raise Refused("Choose at least one assessor", "assessors")
    return [assign(application, assessor, by=by) for assessor in assessors]


def assign(application: Application, assessor: User, *, by: User) -> Assignment:
    """Ask an assessor to score a bid. Refused for those who wrote it or work for the applicant."""
    hold(application)
    check_takes_assessors(application)
    check_assessor(application, assessor)
    assignment = Assignment(application_id=application.id, assessor_id=assessor.id, stage=Stage.INVITED, invited_at=clock.now())
    db.session.add(assignment)
    db.session.flush()
    note_change(application)
    record("assignment.invite", assignment, by=by, readers=OFFICE, assessor=assessor.name)
    outbox.send("assessment/invited", to=[assessor], case=application.ref, application=application)
    return assignment


def ask_again(assignment: Assignment, reason: str, *, by: User) -> None:
    """Ask an assessor who was stood down. They declare their interests anew; what they had scored is there to go on with."""
    application, assessor = assignment.application, assignment.assessor
    hold(application)
    check_takes_assessors(application)
    if not reason:
        raise Refused("Say why the assessor is asked again", "reason")
    check_assessor(application, assessor, Capacity.ASSESSOR)
    LIFE.advance(assignment, "ask_again", by=by, assessor=assessor.name, reason=reason)
    assignment.interest, assignment.invited_at = "", clock.now()
    assignment.declared_at = assignment.submitted_at = None
    note_change(application)
    outbox.send("assessment/invited", to=[assessor], case=application.ref, application=application)


def check_takes_assessors(application: Application) -> None:
    if not takes_assessors(application):
        raise NotNow(f"{application} is {application.stage.label.lower()}: assessors are assigned until its score is agreed.")


def check_assessor(application: Application, assessor: User, *known: Capacity) -> None:
    """Refuse whoever is not an assessor, or has another part in the bid than those known."""
    if not assessor.holds(OfficeRole.ASSESSOR):
        raise Refused(f"{assessor} is not an assessor.", "assessors")
    if assessor.has_right(application.organisation_id) or assessor.has_right(application.accountable_body_id):
        raise Refused(f"{assessor} acts for the applicant, so they cannot assess its bid.", "assessors")
    part = select(Involvement.capacity).where(
        Involvement.case == application.ref, Involvement.user_id == assessor.id, Involvement.capacity.not_in(known)
    )
    if (capacity := db.session.scalar(part.limit(1))) is not None:
        raise Refused(f"{assessor} has a part in this bid already ({capacity.value}), so they cannot assess it.", "assessors")


def declare(assignment: Assignment, has_conflict: bool, interest: str, *, by: User) -> None:
    """Say whether one has an interest. A conflict ends the assignment and hides the bid; none, or one to be noted, opens it."""
    if has_conflict:
        conflict(assignment, interest, by=by)
        return
    LIFE.advance(assignment, "declare", by=by, interest=interest)
    assignment.interest = interest
    involve(assignment.assessor, assignment.case, Capacity.ASSESSOR)


def conflict(assignment: Assignment, interest: str, *, by: User) -> None:
    """Record an interest that keeps the assessor away: the bid is hidden from them for good, their scores are not counted."""
    if not interest:
        raise Refused("Say what the interest is, in a few words", "interest")
    leave(assignment, "conflict", by=by, interest=interest)
    assignment.has_conflict, assignment.interest = True, interest
    involve(assignment.assessor, assignment.case, Capacity.CONFLICTED)
    if by.id == assignment.assessor_id:
        outbox.send("assessment/conflict", to=holders_of(OfficeRole.GRANTS_OFFICER), case=assignment.case,
                    application=assignment.application, assessor=assignment.assessor)  # fmt: skip


def stand_down(assignment: Assignment, reason: str, *, by: User) -> None:
    """Take an assessor off a bid. What they scored is kept and not counted."""
    if not reason:
        raise Refused("Say why the assessor is stood down", "reason")
    leave(assignment, "stand_down", by=by, reason=reason)
    outbox.send("assessment/stood_down", to=[assignment.assessor], case=assignment.case, application=assignment.application)


def leave(assignment: Assignment, move: str, *, by: User, **facts: str) -> None:
    """An agreed score that rested on theirs must be agreed again."""
    hold(assignment.application)
    if assignment.stage is Stage.SUBMITTED and assignment.application.stage in BEING_SCORED:
        assignment.application.agreed_permille = None
    LIFE.advance(assignment, move, by=by, **facts)
    note_change(assignment.application)

"""Finding a bid, its assignments and what belongs to them, through what a person may see."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload, lazyload, selectinload

from portal.applications.models import Application, ApplicationObjective
from portal.assessment.models import Assignment, GateResult, Moderated, Stage
from portal.assessment.policy import bids_visible_to, is_assessor, opened_by, visible_to
from portal.core.db import db
from portal.funds.models import Round
from portal.people.lists import holding
from portal.people.models import Involvement, Membership, OfficeRole, Organisation, User
from portal.people.policy import is_running
from portal.plan.models import Objective
from portal.questions.models import Answer, Question

WITH_BID = (
    joinedload(Assignment.application).joinedload(Application.round).joinedload(Round.fund),
    joinedload(Assignment.application).joinedload(Application.round).selectinload(Round.criteria),
    joinedload(Assignment.application).joinedload(Application.organisation).joinedload(Organisation.area),
    joinedload(Assignment.application).joinedload(Application.accountable_body),
    joinedload(Assignment.application).joinedload(Application.answer_set),
)


def bid_by_ref(user: User | None, ref: str) -> Application | None:
    """A bid as the office reads it: every one handed in, or an assessor's own. Not for applicants, whose page is another."""
    return db.session.scalar(
        bids_visible_to(user)
        .where(Application.ref == ref)
        .options(
            joinedload(Application.round).joinedload(Round.fund),
            joinedload(Application.round).selectinload(Round.criteria),
            joinedload(Application.organisation).joinedload(Organisation.area),
            joinedload(Application.accountable_body),
            joinedload(Application.answer_set),
        )
    )


def has_bid(user: User, ref: str) -> bool:
    """Whether there is such a bid for this person, and so a page of it."""
    return db.session.scalar(bids_visible_to(user).where(Application.ref == ref).with_only_columns(Application.id)) is not None


def own_assignment(user: User | None, ref: str) -> Assignment | None:
    """The person's own assignment on this bid, whatever became of it: the page of interests."""
    return assigned(user, ref, selectinload(Assignment.scores), *WITH_BID)


def assigned(user: User | None, ref: str, *options: Any) -> Assignment | None:
    if user is None or not is_assessor(user):
        return None
    return db.session.scalar(
        select(Assignment)
        .join(Assignment.application)
        .where(Assignment.assessor_id == user.id, Application.ref == ref)
        .options(*options)
    )


def scored_by(user: User | None, ref: str) -> Assignment | None:
    """The person's own assignment, while they may open the bid or still have to declare their interests."""
    return unless_closed(own_assignment(user, ref))


def unless_closed(found: Assignment | None) -> Assignment | None:
    return None if found is None or found.has_conflict or found.stage is Stage.STOOD_DOWN else found


def own_scores(user: User | None, ref: str) -> Assignment | None:
    """The same with no more of the bid than its criteria: all that saving a score needs before they are locked and read."""
    criteria = joinedload(Assignment.application).joinedload(Application.round).selectinload(Round.criteria)
    return unless_closed(assigned(user, ref, criteria))


def assignment_by_id(user: User | None, ref: str, assignment_id: int) -> Assignment | None:
    """An assignment through its bid."""
    return db.session.scalar(
        visible_to(user)
        .join(Assignment.application)
        .where(Application.ref == ref, Assignment.id == assignment_id)
        .options(joinedload(Assignment.assessor), *WITH_BID)
    )


def assignments_of(application: Application) -> list[Assignment]:
    """The assignments of a bid with the names of assessors and the scores, in the order they were made."""
    assessor = joinedload(Assignment.assessor).options(lazyload(User.memberships), lazyload(User.appointments))
    return list(
        db.session.scalars(
            select(Assignment)
            .where(Assignment.application_id == application.id)
            .options(assessor, selectinload(Assignment.scores))
            .order_by(Assignment.id)
        )
    )


def candidates(application: Application, assignments: Sequence[Assignment]) -> list[tuple[int, str]]:
    """The assessors who could still be asked, as ids and names: not yet assigned, and without a part in the bid."""
    own = (application.organisation_id, application.accountable_body_id)
    colleagues = select(Membership.user_id).where(Membership.organisation_id.in_(own), is_running(Membership))
    taken = select(Involvement.user_id).where(Involvement.case == application.ref)
    free = holding(OfficeRole.ASSESSOR).where(
        User.id.not_in([each.assessor_id for each in assignments]), User.id.not_in(taken), User.id.not_in(colleagues)
    )
    return [(row.id, row.name) for row in db.session.execute(free.with_only_columns(User.id, User.name))]


def gate_results(application: Application) -> Sequence[GateResult]:
    return db.session.scalars(
        select(GateResult).where(GateResult.application_id == application.id).order_by(GateResult.check_id)
    ).all()


def moderated_of(application: Application) -> Sequence[Moderated]:
    return db.session.scalars(select(Moderated).where(Moderated.application_id == application.id)).all()


def objectives_of(application: Application) -> Sequence[ApplicationObjective]:
    """The objectives that a bid names, with their themes."""
    return db.session.scalars(
        select(ApplicationObjective)
        .where(ApplicationObjective.application_id == application.id)
        .options(joinedload(ApplicationObjective.objective).joinedload(Objective.theme))
        .order_by(ApplicationObjective.id)
    ).all()


def may_read_file(user: User, file_id: int) -> bool:
    """An assessor reads the files that assessors are shown, of the bids they may open; never personal ones."""
    if not is_assessor(user):
        return False
    holds = (
        bids_visible_to(user)
        .join(Answer, Answer.answer_set_id == Application.answer_set_id)
        .join(Question, Question.id == Answer.question_id)
        .where(Answer.file_id == file_id, Application.id.in_(opened_by(user)))
        .where(Question.is_shown_to_assessors, Question.is_personal.is_(False))
    )
    return db.session.scalar(holds.with_only_columns(Application.id).limit(1)) is not None

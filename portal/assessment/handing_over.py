"""An assessor's open assignments, and giving one to another assessor."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from portal.applications.models import Application
from portal.assessment.actions.assigning import assign, stand_down
from portal.assessment.models import Assignment, Stage
from portal.assessment.policy import bids_visible_to, visible_to
from portal.core.db import db
from portal.core.problems import NotFound
from portal.people.lists import holders_of
from portal.people.models import OfficeRole, User
from portal.people.work import Work

WAITING = (Stage.INVITED, Stage.DECLARED, Stage.SCORING, Stage.SENT_BACK)


def open_work(user: User, viewer: User) -> Sequence[Work]:
    """What an assessor has still to score, of the bids that the viewer may see."""
    seen = bids_visible_to(viewer).with_only_columns(Application.id)
    query = select(Assignment).where(Assignment.assessor_id == user.id, Assignment.application_id.in_(seen))
    found = db.session.scalars(
        query.where(Assignment.stage.in_(WAITING)).options(joinedload(Assignment.application)).order_by(Assignment.id)
    ).all()
    return [as_work(assignment, user) for assignment in found]


def as_work(assignment: Assignment, user: User) -> Work:
    bid = assignment.application
    has_part = select(Assignment.assessor_id).where(Assignment.application_id == bid.id)
    taken = set(db.session.scalars(has_part))
    takers = [each for each in holders_of(OfficeRole.ASSESSOR) if each.id not in taken]
    return Work(f"assignment-{assignment.id}", f"Score {bid.name}", f"{bid.ref}, {assignment.stage.label.lower()}", takers)


def give(number: int, taker: User, *, by: User) -> None:
    assignment = db.session.scalar(visible_to(by).where(Assignment.id == number))
    if assignment is None:
        raise NotFound("We cannot find that assignment.")
    application = assignment.application
    stand_down(assignment, f"{taker} takes it over from {assignment.assessor}", by=by)
    assign(application, taker, by=by)

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
    taken = taken_by([assignment.application_id for assignment in found])
    assessors = holders_of(OfficeRole.ASSESSOR) if found else []
    return [as_work(each, [taker for taker in assessors if taker.id not in taken[each.application_id]]) for each in found]


def taken_by(bid_ids: Sequence[int]) -> dict[int, set[int]]:
    """Who has been asked to assess each of these bids already."""
    taken: dict[int, set[int]] = {number: set() for number in bid_ids}
    rows = select(Assignment.application_id, Assignment.assessor_id).where(Assignment.application_id.in_(bid_ids))
    for bid_id, assessor_id in db.session.execute(rows):
        taken[bid_id].add(assessor_id)
    return taken


def as_work(assignment: Assignment, takers: Sequence[User]) -> Work:
    bid = assignment.application
    return Work(f"assignment-{assignment.id}", f"Score {bid.name}", f"{bid.ref}, {assignment.stage.label.lower()}", takers)


def give(number: int, taker: User, *, by: User) -> None:
    assignment = db.session.scalar(visible_to(by).where(Assignment.id == number))
    if assignment is None:
        raise NotFound("We cannot find that assignment.")
    application = assignment.application
    stand_down(assignment, f"{taker} takes it over from {assignment.assessor}", by=by)
    assign(application, taker, by=by)

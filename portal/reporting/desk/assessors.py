"""What waits for those who score."""

from flask import url_for
from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from portal.applications.models import Application
from portal.assessment.models import Assignment
from portal.assessment.policy import BEING_SCORED, is_open
from portal.assessment.workflow import LIFE
from portal.core.db import db
from portal.people.models import OfficeRole, User
from portal.reporting.desk.piles import MOST, Pile, Task, Waiting


def assesses(user: User) -> bool:
    return user.holds(OfficeRole.ASSESSOR)


def own_assignments(user: User) -> list[Pile]:
    """One's own work on bids that are being scored, also what came back in moderation; the longest waiting first."""
    query = (
        select(Assignment)
        .join(Assignment.application)
        .join(Application.organisation)
        .options(contains_eager(Assignment.application).contains_eager(Application.organisation))
        .where(Assignment.assessor_id == user.id, Application.stage.in_(BEING_SCORED))
        .order_by(Assignment.invited_at, Assignment.id)
    )
    found = [each for each in db.session.scalars(query.limit(MOST)) if is_open(each)]
    undeclared = LIFE.moves["declare"].from_stages
    return [
        Pile("Interests to declare", interest, [each for each in found if each.stage in undeclared]),
        Pile("Scores to give", score, [each for each in found if each.stage not in undeclared]),
    ]


def interest(assignment: Assignment) -> Task:
    """Until interests are declared, only who applies is shown, not what for."""
    href = url_for("assessment.interest", ref=assignment.case)
    return Task(f"Application {assignment.case}", href, f"From {assignment.application.organisation}.", "Not declared", "yellow")


def score(assignment: Assignment) -> Task:
    bid, stage = assignment.application, assignment.stage
    href = url_for("assessment.score", ref=bid.ref)
    return Task(bid.name, href, f"{bid.ref}, from {bid.organisation}.", stage.label, stage.colour)


WAITING: tuple[Waiting, ...] = ((assesses, own_assignments),)

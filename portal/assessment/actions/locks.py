"""Who waits for whom: a bid that changes is held first, then an assignment, so that two people never wait for each other."""

from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from portal.applications.models import Application
from portal.assessment.models import Assignment
from portal.assessment.policy import BEING_SCORED
from portal.core import clock
from portal.core.db import db
from portal.core.problems import NotNow


def hold(application: Application) -> None:
    """Nobody else moves this bid, or hands in scores for it, until we are done."""
    db.session.refresh(application, ["stage"], with_for_update=True)


def hold_scores(assignment: Assignment) -> None:
    """Score while the bid stays where it is. Refused unless it is being scored; other assessors go on meanwhile.

    The scores are asked for once the lock is held: in one question with it, PostgreSQL would tell them as they were before.
    """
    mine = select(Assignment.application_id).where(Assignment.id == assignment.id).scalar_subquery()
    held = select(Application).where(Application.id == mine).options(joinedload(Application.round))
    application = db.session.scalars(read_again(held).with_for_update(read=True, of=Application)).one()
    own = select(Assignment).where(Assignment.id == assignment.id).options(selectinload(Assignment.scores))
    db.session.scalars(read_again(own).with_for_update(of=Assignment)).one().application = application
    check_scored(application)


def read_again(query: Select[Any]) -> Select[Any]:
    """What is locked is read as it stands, whatever was read before."""
    return query.execution_options(populate_existing=True)


def check_scored(application: Application) -> None:
    if application.stage not in BEING_SCORED:
        raise NotNow(f"{application} is {application.stage.label.lower()}, so its scores cannot be changed now.")


def note_change(application: Application) -> None:
    """It goes to the end of the list of those that wait."""
    application.changed_at = clock.now()

"""Who waits for whom: a bid that changes is held first, then an assignment, so that two people never wait for each other."""

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
    """Score while the bid stays where it is. Refused unless it is being scored; other assessors go on meanwhile."""
    application = assignment.application
    db.session.refresh(application, ["stage"], with_for_update={"read": True})
    check_scored(application)
    db.session.refresh(assignment, ["stage"], with_for_update=True)


def check_scored(application: Application) -> None:
    if application.stage not in BEING_SCORED:
        raise NotNow(f"{application} is {application.stage.label.lower()}, so its scores cannot be changed now.")


def note_change(application: Application) -> None:
    """It goes to the end of the list of those that wait."""
    application.changed_at = clock.now()

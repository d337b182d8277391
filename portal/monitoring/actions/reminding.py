"""Reminding people of returns: before they are due, and while they are overdue."""

from flask import current_app
from sqlalchemy import select

from portal.core import reminding
from portal.core.db import db
from portal.monitoring import letters
from portal.monitoring.models import WITH_APPLICANT, Return

AT_ONCE = 100  # so that nobody waits long for the lock


def note_told(return_: Return) -> None:
    """A letter has just told of the day: the reminders that have come by now are not sent as well."""
    return_.reminded_days = reminding.step_for(return_.due_on, current_app.extensions["settings"].remind_returns)


def remind_of_returns() -> int:
    """Write to those who owe a return, once for each reminder that has come; how many returns. Safe to run again."""
    steps = current_app.extensions["settings"].remind_returns
    waiting = db.session.scalars(
        select(Return)
        .where(Return.stage.in_(WITH_APPLICANT), reminding.is_time(Return.due_on, Return.reminded_days, steps))
        .order_by(Return.due_on, Return.id)
        .limit(AT_ONCE)
        .with_for_update(of=Return, skip_locked=True)
    ).all()
    for return_ in waiting:
        note_told(return_)
        letters.remind(return_)
    return len(waiting)

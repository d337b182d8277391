"""How long the words of grants are kept, and what is done then."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from flask import current_app
from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from portal.applications.models import Application
from portal.applications.retention import GOES, empty, years_ago
from portal.awards.models import Award, AwardStage
from portal.core import clock
from portal.core.db import db, write
from portal.core.holders import Due, Rule
from portal.people.retention import years

GOES_TOO = f"{GOES}, words of returns"
STAYS = "reference, title, recipient, amounts by year and source, measures, days, and the decision notice"


def years_kept() -> int:
    return int(current_app.extensions["settings"].keep_grant_years)


def overdue() -> Select[Any]:
    """Closed so long ago: a grant is closed after its last payment."""
    before = clock.london(years_ago(years_kept()) + timedelta(1))
    due = select(Award).join(Award.application).where(Application.emptied_at.is_(None))
    return due.where(Award.stage.in_((AwardStage.CLOSED, AwardStage.ENDED_EARLY)), Award.closed_at < before)


def due() -> Sequence[Due]:
    found = db.session.scalars(overdue().order_by(Award.id))
    ended = [(each, clock.day_of(each.closed_at or clock.now())) for each in found]
    return [Due(each.id, f"{each.ref}: {each.title}", day, GOES_TOO, STAYS) for each, day in ended]


def carry_out(award_id: int, *, by: Any) -> None:
    award = db.session.scalar(overdue().where(Award.id == award_id).options(joinedload(Award.application)))
    if award is not None:
        write(empty, award.application, by=by)


RULE = Rule("Grants", lambda: f"{years(years_kept())} after they were closed, which is after their last payment", due, carry_out)

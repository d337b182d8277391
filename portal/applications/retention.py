"""How long the words of applications without a grant are kept, and what is done then."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from flask import current_app
from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from portal.applications.models import Application, Stage
from portal.core import clock, texts
from portal.core.audit import record
from portal.core.db import db, write
from portal.core.forgetting import forget
from portal.core.holders import Due, Rule
from portal.funds.models import Round
from portal.people.retention import years

WITHOUT_A_GRANT = (Stage.DRAFT, Stage.SIGNING, Stage.DECLINED, Stage.WITHDRAWN, Stage.INELIGIBLE, Stage.LAPSED)
GOES = "answers, files, assessors' words, letters"
STAYS = "reference, title, organisation, amounts, points, days, and the decision notice"


def ended() -> Any:
    """When the round closed; in a round without an end, when the application last changed."""
    return func.coalesce(Round.closes_at, Application.changed_at)


def years_kept() -> int:
    return int(current_app.extensions["settings"].keep_unsuccessful_years)


def years_ago(years: int) -> date:
    return clock.add_months(clock.today(), -12 * years)


def overdue() -> Select[Any]:
    """The applications without a grant whose round closed so long ago, or which nobody has touched for so long."""
    before = clock.london(years_ago(years_kept()) + timedelta(1))
    due = select(Application).join(Application.round).where(Application.stage.in_(WITHOUT_A_GRANT), ended() < before)
    return due.where(Application.emptied_at.is_(None), Application.changed_at < before)


def due() -> Sequence[Due]:
    rows = db.session.execute(overdue().options(joinedload(Application.round)).add_columns(ended()).order_by(Application.id))
    return [Due(bid.id, f"{bid.ref}: {bid.name}", clock.day_of(ended_at), GOES, STAYS) for bid, ended_at in rows]


def carry_out(application_id: int, *, by: Any) -> None:
    if (application := db.session.scalar(overdue().where(Application.id == application_id))) is not None:
        write(empty, application, by=by)


def empty(application: Application, *, by: Any) -> None:
    """Take the words out of a case and let go of its files; facts, figures and the decision notice stay."""
    files = texts.empty(application.case)
    application.emptied_at = clock.now()
    forget(files, by=by)
    record("application.empty", application, by=by, files=len(files))


RULE = Rule("Applications without a grant", lambda: f"{years(years_kept())} after their round closed", due, carry_out)

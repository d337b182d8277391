"""Queries about plans that more than one package needs."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import contains_eager

from portal.core.db import db
from portal.plan.models import Objective, Plan, Theme


def plan_on(day: date) -> Plan | None:
    """The plan in force on a day: the latest that has begun and has not been replaced."""
    return db.session.scalar(
        select(Plan)
        .where(Plan.from_on <= day, or_(Plan.to_on.is_(None), Plan.to_on >= day))
        .order_by(Plan.from_on.desc())
        .limit(1)
    )


def objectives_of(plan_id: int) -> Sequence[Objective]:
    """The objectives of a plan in its order, with their themes."""
    return db.session.scalars(
        select(Objective)
        .join(Objective.theme)
        .options(contains_eager(Objective.theme))
        .where(Theme.plan_id == plan_id)
        .order_by(Theme.position, Objective.position)
    ).all()

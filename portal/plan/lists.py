"""Queries about plans that more than one package needs."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import func, or_, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from portal.core.db import db
from portal.plan.models import Action, Mapping, Objective, Plan, Rag, Reading, Theme


def plan_on(day: date) -> Plan | None:
    """The plan in force on a day: the latest that has begun and has not been replaced."""
    return db.session.scalar(
        select(Plan)
        .where(Plan.from_on <= day, or_(Plan.to_on.is_(None), Plan.to_on >= day))
        .order_by(Plan.from_on.desc())
        .limit(1)
    )


def plans() -> Sequence[Plan]:
    """Every plan, the latest first."""
    return db.session.scalars(select(Plan).order_by(Plan.from_on.desc(), Plan.id)).all()


def themes_of(plan: Plan) -> Sequence[Theme]:
    """The themes of a plan with their objectives, and their actions with every reading: four queries, however many there are."""
    return db.session.scalars(
        select(Theme)
        .where(Theme.plan_id == plan.id)
        .options(selectinload(Theme.objectives), selectinload(Theme.actions).selectinload(Action.readings))
        .order_by(Theme.position)
    ).all()


def objectives_of(plan_id: int) -> Sequence[Objective]:
    """The objectives of a plan in its order, with their themes."""
    return db.session.scalars(
        select(Objective)
        .join(Objective.theme)
        .options(contains_eager(Objective.theme))
        .where(Theme.plan_id == plan_id)
        .order_by(Theme.position, Objective.position)
    ).all()


def objective_by_id(user: object, objective_id: int) -> Objective | None:
    """An objective with its theme and plan. Plans are published, so everyone may know of it."""
    return db.session.scalar(
        select(Objective).where(Objective.id == objective_id).options(joinedload(Objective.theme).joinedload(Theme.plan))
    )


def red_actions() -> Sequence[Reading]:
    """The last reading of every action whose last reading is red, with its action, theme and plan."""
    last = select(func.max(Reading.on)).where(Reading.action_id == Action.id).correlate(Action).scalar_subquery()
    return db.session.scalars(
        select(Reading)
        .join(Reading.action)
        .where(Reading.rag == Rag.RED, Reading.on == last)
        .options(contains_eager(Reading.action).joinedload(Action.theme).joinedload(Theme.plan))
        .order_by(Reading.on.desc(), Reading.id)
    ).all()


def followed(objective: Objective) -> list[Objective]:
    """The objectives of earlier plans that led to this one, however many plans ago."""
    return objectives_along(objective.id, {(pair.to_id, pair.from_id) for pair in mappings()})


def followers(objective: Objective) -> list[Objective]:
    """The objectives of later plans that this one led to."""
    return objectives_along(objective.id, {(pair.from_id, pair.to_id) for pair in mappings()})


def mappings() -> Sequence[Mapping]:
    return db.session.scalars(select(Mapping)).all()


def objectives_along(start: int, steps: set[tuple[int, int]]) -> list[Objective]:
    """What can be reached from an objective step by step, without itself, with themes and plans."""
    reached, fresh = {start}, {start}
    while fresh := {there for here, there in steps if here in fresh} - reached:
        reached |= fresh
    if not (reached := reached - {start}):
        return []
    found = select(Objective).where(Objective.id.in_(reached)).options(joinedload(Objective.theme).joinedload(Theme.plan))
    return sorted(db.session.scalars(found), key=lambda each: (each.theme.plan.from_on, each.theme.position, each.position))

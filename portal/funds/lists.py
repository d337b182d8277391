"""Queries about funds and rounds that more than one view needs."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import contains_eager, selectinload

from portal.core import clock
from portal.core.db import db
from portal.funds.models import Budget, Fund, Round, RoundKind, RoundStage
from portal.funds.policy import public_funds, public_rounds


def open_rounds() -> Sequence[Round]:
    """The rounds that take bids now, the first to close first."""
    now = clock.now()
    return db.session.scalars(
        public_rounds()
        .join(Round.fund)
        .options(contains_eager(Round.fund).selectinload(Fund.bodies), contains_eager(Round.fund).selectinload(Fund.areas))
        .where(Round.stage == RoundStage.OPEN, Round.opens_at <= now, or_(Round.closes_at.is_(None), Round.closes_at > now))
        .order_by(Round.closes_at, Round.id)
    ).all()


def closed_rounds(limit: int = 10) -> Sequence[Round]:
    """The rounds that were open once, the latest first."""
    return db.session.scalars(
        public_rounds()
        .join(Round.fund)
        .options(contains_eager(Round.fund))
        .where(Round.stage.in_((RoundStage.CLOSED, RoundStage.ARCHIVED)))
        .order_by(Round.closes_at.desc(), Round.id)
        .limit(limit)
    ).all()


def public_fund(slug: str) -> Fund | None:
    return db.session.scalar(public_funds().where(Fund.slug == slug).options(selectinload(Fund.rounds)))


def public_rounds_of(fund: Fund) -> list[Round]:
    return [round_ for round_ in fund.rounds if round_.kind is not RoundKind.DIRECT and round_.open_at is not None]


def budgets_for(fund_id: int, day: date) -> Sequence[Budget]:
    """The budgets a grant that starts on this day may be paid from, with their sources."""
    return db.session.scalars(
        select(Budget)
        .join(Budget.source)
        .options(contains_eager(Budget.source))
        .where(Budget.fund_id == fund_id, Budget.year == clock.financial_year(day))
        .order_by(Budget.id)
    ).all()


def rounds_of(fund: Fund) -> Sequence[Round]:
    """Every round of a fund, drafts too, the latest first."""
    return db.session.scalars(select(Round).where(Round.fund_id == fund.id).order_by(Round.opens_at.desc(), Round.id)).all()

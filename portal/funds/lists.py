"""Queries about funds and rounds that more than one view needs."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import contains_eager, selectinload

from portal.core import clock
from portal.core.db import db
from portal.funds.models import Budget, Fund, FundArea, FundObjective, Round, RoundStage
from portal.funds.policy import announced_rounds, is_announced, public_funds, public_rounds

CURRENT = (RoundStage.OPEN, RoundStage.PAUSED)
OVER = (RoundStage.CLOSED, RoundStage.ARCHIVED)


def open_rounds() -> Sequence[Round]:
    """The rounds that take bids now, the first to close first."""
    return db.session.scalars(
        public_rounds()
        .join(Round.fund)
        .options(contains_eager(Round.fund))
        .where(Round.stage == RoundStage.OPEN, Round.opens_at <= clock.now(), is_not_over())
        .order_by(Round.closes_at, Round.id)
    ).all()


def coming_rounds(limit: int = 10) -> Sequence[Round]:
    """The rounds whose day is known and has not come, the next first."""
    return db.session.scalars(
        announced_rounds()
        .join(Round.fund)
        .options(contains_eager(Round.fund))
        .where(*is_coming())
        .order_by(Round.opens_at, Round.id)
        .limit(limit)
    ).all()


def is_coming() -> list[ColumnElement[bool]]:
    """Checked, and not over before it began."""
    return [Round.stage == RoundStage.CHECKED, is_not_over()]


def is_current() -> list[ColumnElement[bool]]:
    """Takes bids, or was paused and may go on."""
    return [Round.stage.in_(CURRENT), is_not_over()]


def is_over() -> list[ColumnElement[bool]]:
    """Closed, or about to be: the clock has passed its closing."""
    return [or_(Round.stage.in_(OVER), and_(Round.stage.in_(CURRENT), Round.closes_at <= clock.now()))]


def is_not_over() -> ColumnElement[bool]:
    return or_(Round.closes_at.is_(None), Round.closes_at > clock.now())


def closed_rounds(limit: int = 10) -> Sequence[Round]:
    """The rounds that were open once, the latest first."""
    return db.session.scalars(
        public_rounds()
        .join(Round.fund)
        .options(contains_eager(Round.fund))
        .where(Round.stage.in_(OVER))
        .order_by(Round.closes_at.desc(), Round.id)
        .limit(limit)
    ).all()


def public_fund(slug: str) -> Fund | None:
    """A fund that was ever open or announced, with all its rounds."""
    return db.session.scalar(
        public_funds()
        .where(Fund.slug == slug)
        .options(
            selectinload(Fund.rounds).joinedload(Round.question_version),
            selectinload(Fund.served).joinedload(FundObjective.objective),
            selectinload(Fund.areas).joinedload(FundArea.area),
        )
    )


def public_rounds_of(fund: Fund) -> list[Round]:
    return [round_ for round_ in fund.rounds if is_announced(round_)]


def budgets_for(fund_id: int, day: date) -> Sequence[Budget]:
    """The budgets a grant that starts on this day may be paid from, with their sources."""
    return db.session.scalars(
        select(Budget)
        .join(Budget.source)
        .options(contains_eager(Budget.source))
        .where(Budget.fund_id == fund_id, Budget.year == clock.financial_year(day))
        .order_by(Budget.id)
    ).all()

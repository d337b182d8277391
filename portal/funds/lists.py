"""Queries about funds and rounds that more than one view needs."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from portal.core import clock
from portal.core.db import db
from portal.funds.models import Budget, Fund, Round, RoundKind, RoundStage
from portal.funds.policy import public_funds, public_rounds
from portal.people.models import User
from portal.people.policy import sees_all_cases
from portal.questions.published import sections_of


def open_rounds() -> Sequence[Round]:
    """The rounds that take bids now, the first to close first."""
    now = clock.now()
    return db.session.scalars(
        public_rounds()
        .join(Round.fund)
        .options(contains_eager(Round.fund))
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


def round_for_staff(user: User | None, round_code: str) -> Round | None:
    """A round in whatever stage, with all that its bids are judged by. The public and applicants know it by its fund's page."""
    if not sees_all_cases(user):
        return None
    return db.session.scalar(
        select(Round)
        .where(Round.code == round_code)
        .options(joinedload(Round.fund), selectinload(Round.criteria), selectinload(Round.eligibility),
                 selectinload(Round.gate_checks))
    )  # fmt: skip


def rounds_to_copy(round_: Round) -> Sequence[Round]:
    """The rounds that were judged by criteria, those of the same fund first, and the latest first."""
    return db.session.scalars(
        select(Round)
        .where(Round.id != round_.id, Round.criteria.any())
        .order_by((Round.fund_id != round_.fund_id), Round.opens_at.desc(), Round.id)
        .limit(50)
    ).all()


def questions_of(round_: Round) -> list[tuple[str, str]]:
    """The questions of a round's form by their codes: those that may stand beside a criterion."""
    version = round_.question_version_id
    sections = sections_of(version) if version else []
    return [
        (question.code, question.label)
        for section in sections
        for question in section.questions
        if question.group_id is None and question.is_shown_to_assessors and not question.is_personal
    ]


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

"""Verbs of funds: committing money under lock, and a round's life."""

from typing import Any

from sqlalchemy import func, select

from portal.core import clock, money
from portal.core.constraints import explain
from portal.core.db import db
from portal.core.problems import NotNow, Refused
from portal.funds.models import Budget, Commitment, Round, RoundKind, RoundStage
from portal.funds.workflow import LIFE
from portal.people.models import SYSTEM

explain(
    ck_budget_committed_within_limit="There is not enough left in the fund's budget for this amount.",
    committed_within_limit="There is not enough left in the fund's budget for this amount.",
)


def commit(budget_id: int, pence: int, *, case: str, area_id: int | None) -> Commitment:
    """Promise pounds of a budget to a case. Refused when they are not there; the row is locked while we look."""
    budget = db.session.scalars(
        select(Budget).where(Budget.id == budget_id).with_for_update().execution_options(populate_existing=True)
    ).one()
    if pence > budget.available_pence:
        raise Refused(
            f"There is {money.show(budget.available_pence)} left in this budget, which is less than {money.show(pence)}.",
            "amount",
        )
    budget.committed_pence += pence
    made = Commitment(budget_id=budget.id, case=case, area_id=area_id, pence=pence, made_at=clock.now())
    db.session.add(made)
    return made


def release(case: str) -> int:
    """Give back what a case holds; how many pence. Doing it again gives back nothing."""
    held = db.session.scalars(select(Commitment).where(Commitment.case == case, Commitment.released_at.is_(None))).all()
    for commitment in held:
        budget = db.session.scalars(
            select(Budget).where(Budget.id == commitment.budget_id).with_for_update().execution_options(populate_existing=True)
        ).one()
        budget.committed_pence -= commitment.pence
        commitment.released_at = clock.now()
    return sum(commitment.pence for commitment in held)


def hold_numbers(round_: Round) -> Round:
    """Lock a round's row, so that no number is given twice and nobody begins twice with one press."""
    return db.session.scalars(
        select(Round).where(Round.id == round_.id).with_for_update().execution_options(populate_existing=True)
    ).one()


def next_reference(round_: Round) -> str:
    """The next number of a round, such as SCF26-0042; the round's row is locked."""
    locked = hold_numbers(round_)
    locked.last_number += 1
    return f"{locked.code}-{locked.last_number:04d}"


def check(round_: Round, *, by: Any) -> None:
    """Say that nothing is missing. Refused with what is."""
    if missing := missing_from(round_):
        raise NotNow(f"{round_} cannot be checked yet: {'; '.join(missing)}.")
    round_.checked_by_id = by.id
    LIFE.advance(round_, "check", by=by)


def missing_from(round_: Round) -> list[str]:
    """What keeps a round from being opened, as the ends of a sentence."""
    missing = []
    if round_.kind is not RoundKind.DIRECT:
        if round_.question_version_id is None:
            missing.append("it has no questions")
        if sum(criterion.weight for criterion in round_.criteria) != 100:
            missing.append("its weights do not add to 100")
        if round_.cap_pence is None:
            missing.append("it has no limit for a bid")
    if not round_.fund.contact:
        missing.append("its fund has no contact")
    return missing


def open_round(round_: Round, *, by: Any) -> None:
    """Open for bids. The person who checked it may not; before its hour nobody may."""
    if clock.now() < round_.opens_at:
        raise NotNow(f"{round_} opens on {clock.read_moment(round_.opens_at)}, not before.")
    LIFE.advance(round_, "open", by=by)


def close_overdue() -> list[Round]:
    """Close every round whose deadline has passed. Safe to run again."""
    overdue = db.session.scalars(
        select(Round).where(Round.stage == RoundStage.OPEN, Round.closes_at.is_not(None), Round.closes_at <= clock.now())
    ).all()
    for round_ in overdue:
        LIFE.advance(round_, "close", by=SYSTEM)
    return list(overdue)


def committed_to_area(fund_id: int, area_id: int) -> int:
    """What an area holds of a fund, for caps that count by area."""
    held = select(func.coalesce(func.sum(Commitment.pence), 0)).join(Budget).where(
        Budget.fund_id == fund_id, Commitment.area_id == area_id, Commitment.released_at.is_(None)
    )  # fmt: skip
    return db.session.scalar(held) or 0

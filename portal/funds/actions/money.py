"""Committing money under lock, and giving it back."""

from sqlalchemy import select

from portal.core import clock, money
from portal.core.constraints import explain
from portal.core.db import db
from portal.core.problems import Refused
from portal.funds.models import Budget, Commitment

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

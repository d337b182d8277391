"""What is left of a fund when an amount is recommended."""

from dataclasses import dataclass

from sqlalchemy import func, select

from portal.applications.models import Application, Stage
from portal.core import clock
from portal.core.db import db
from portal.funds.lists import budgets_for
from portal.funds.models import Round


@dataclass(frozen=True)
class Budgets:
    """The fund's money in the year in which a bid would start."""

    year: str
    limit_pence: int
    committed_pence: int
    recommended_pence: int

    @property
    def left_pence(self) -> int:
        """What nobody has been promised and no other bid is recommended for."""
        return self.limit_pence - self.committed_pence - self.recommended_pence


def budgets_of(application: Application) -> Budgets:
    """All the budgets that this bid may be paid from, taken together."""
    start = application.starts_on or clock.today()
    budgets = budgets_for(application.round.fund_id, start)
    return Budgets(
        clock.financial_year(start),
        sum(budget.limit_pence for budget in budgets),
        sum(budget.committed_pence for budget in budgets),
        recommended_elsewhere(application),
    )


def recommended_elsewhere(application: Application) -> int:
    """What other bids to the same fund are recommended for and not yet decided."""
    waiting = (
        select(func.coalesce(func.sum(Application.recommended_pence), 0))
        .join(Application.round)
        .where(Round.fund_id == application.round.fund_id, Application.id != application.id)
        .where(Application.stage == Stage.RECOMMENDED)
    )
    return db.session.scalar(waiting) or 0

"""A fund's money by year and source: its budgets, what is committed of them, and what reports know as spent."""

from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from sqlalchemy import Integer, Select, bindparam, func, select
from sqlalchemy.orm import contains_eager

from portal.awards.models import Award, AwardFunding, AwardStage
from portal.core import clock
from portal.core.db import db
from portal.funds.models import Budget, Fund, Source


@dataclass(frozen=True)
class Line:
    """One budget, with what accepted returns report as spent from it."""

    budget: Budget
    spent_pence: int

    @property
    def over_by_pence(self) -> int:
        """Promised beyond the budget itself: the over-programming in use."""
        return max(0, self.budget.committed_pence - self.budget.pence)


@dataclass(frozen=True)
class Total:
    """The budgets of a year added up."""

    pence: int
    over_programming_pence: int
    committed_pence: int
    spent_pence: int

    @property
    def available_pence(self) -> int:
        return self.pence + self.over_programming_pence - self.committed_pence


class FundMoney:
    """The money of one fund; a year stands in front: the one asked for, else this one, else the latest."""

    def __init__(self, fund: Fund, wish: str = "") -> None:
        self.fund, self.wish = fund, wish

    @cached_property
    def lines(self) -> list[Line]:
        return [Line(budget, pence) for budget, pence in db.session.execute(asking_for_lines(), {"fund_id": self.fund.id})]

    @property
    def years(self) -> list[str]:
        return list(dict.fromkeys(line.budget.year for line in self.lines))

    @property
    def year(self) -> str:
        this_year = clock.financial_year(clock.today())
        return next((year for year in (self.wish, this_year, *self.years) if year in self.years), this_year)

    @property
    def total(self) -> Total:
        of_year = [line for line in self.lines if line.budget.year == self.year]
        return Total(
            sum(line.budget.pence for line in of_year),
            sum(line.budget.over_programming_pence for line in of_year),
            sum(line.budget.committed_pence for line in of_year),
            sum(line.spent_pence for line in of_year),
        )


@cache
def asking_for_lines() -> Select[Any]:
    """Put together once, which takes as long as asking it."""
    spent = (
        select(func.coalesce(func.sum(AwardFunding.spent_pence), 0))
        .join(AwardFunding.award)
        .where(AwardFunding.budget_id == Budget.id, Award.stage != AwardStage.LAPSED)
        .correlate(Budget)
        .scalar_subquery()
    )
    found = select(Budget, spent).join(Budget.source).options(contains_eager(Budget.source).load_only(Source.key, Source.name))
    return found.where(Budget.fund_id == bindparam("fund_id", type_=Integer)).order_by(Budget.year.desc(), Source.name)

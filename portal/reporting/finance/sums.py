"""The finance report added up: one total, and the same rows summed five ways."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func
from sqlalchemy.orm import Session

from portal.awards.models import Award, AwardFunding
from portal.funds.models import Budget, Fund, Source
from portal.plan.models import Objective
from portal.reporting.finance.columns import UNTOLD, Partnership
from portal.reporting.finance.lists import FinanceList, with_objective, with_partnership

Query = Select[Any]


@dataclass(frozen=True)
class Sum:
    """How many grants in how many lines of the report, and their pence."""

    name: str
    grants: int
    lines: int
    awarded_pence: int
    spent_pence: int
    untold_pence: int  # of grants whose spend was never published

    @property
    def remaining_pence(self) -> int:
        return self.awarded_pence - self.spent_pence - self.untold_pence


@dataclass(frozen=True)
class Way:
    """What the report can be added up by, and the joins that this takes."""

    key: str
    title: str
    column: Any
    joined: Callable[[Query], Query]
    blank: str = ""

    @property
    def of(self) -> str:
        """What its lines are, for the head of their column."""
        return self.title.removeprefix("By ").capitalize()


@dataclass(frozen=True)
class Summary:
    """The report added up one way; its lines make the report's total."""

    way: Way
    lines: list[Sum]


WAYS = (
    Way("year", "By financial year", Budget.year, lambda query: query.join(AwardFunding.budget)),
    Way("fund", "By fund", Fund.name, lambda query: query.join(Award.fund)),
    Way("partnership", "By partnership", Partnership.name, with_partnership, "No partnership"),
    Way("objective", "By main objective", Objective.text, with_objective, "No objective named"),
    Way("source", "By funding source", Source.name, lambda query: query.join(AwardFunding.budget).join(Budget.source)),
)


def way_of(wish: str) -> Way:
    return next((way for way in WAYS if way.key == wish), WAYS[0])


def summary(listing: FinanceList, way: Way, session: Session) -> Summary:
    """The same rows as the list's, added up by the database."""
    query = added_up(listing, way.column, joined=way.joined).group_by(way.column).order_by(way.column)
    return Summary(way, [Sum(name or way.blank, *figures) for name, *figures in session.execute(query)])


def total(listing: FinanceList, session: Session) -> Sum:
    return Sum("Total", *session.execute(added_up(listing)).one())


def added_up(listing: FinanceList, *first: Any, joined: Callable[[Query], Query] = lambda query: query) -> Any:
    pence = (func.coalesce(func.sum(column), 0) for column in (AwardFunding.pence, AwardFunding.spent_pence, UNTOLD))
    counts = func.count(Award.id.distinct()), func.count(AwardFunding.id)
    query = listing.filtered(joined(listing.seen()))
    return query.with_only_columns(*first, *counts, *pence, maintain_column_froms=True).order_by(None)

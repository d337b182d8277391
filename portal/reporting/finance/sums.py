"""The finance report added up: one total, and the same rows summed five ways."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func
from sqlalchemy.orm import Session

from portal.awards.models import Award, AwardFunding
from portal.funds.models import Budget, Fund, Source
from portal.plan.models import Objective
from portal.reporting.finance.columns import REMAINING, SPENT, UNTOLD, Partnership
from portal.reporting.finance.lists import FinanceList


@dataclass(frozen=True)
class Sum:
    """How many grants, and their pence."""

    name: str
    grants: int
    awarded_pence: int
    spent_pence: int
    untold_pence: int  # of grants whose spend was never published
    remaining_pence: int


@dataclass(frozen=True)
class Summary:
    """The report added up one way; its lines make the report's total."""

    title: str
    lines: list[Sum]

    @property
    def of(self) -> str:
        """What its lines are, for the head of their column."""
        return self.title.removeprefix("By ").capitalize()


WAYS = (
    ("By financial year", Budget.year, ""),
    ("By fund", Fund.name, ""),
    ("By partnership", Partnership.name, "No partnership"),
    ("By main objective", Objective.text, "No objective named"),
    ("By funding source", Source.name, ""),
)


def summaries(listing: FinanceList, session: Session) -> list[Summary]:
    """The same rows as the list's, added up five ways: a query each, however many rows."""
    return [Summary(title, list(sums(listing, session, column, blank))) for title, column, blank in WAYS]


def sums(listing: FinanceList, session: Session, by: Any, blank: str) -> Iterator[Sum]:
    query = added_up(listing, by).group_by(by).order_by(by)
    for name, *figures in session.execute(query):
        yield Sum(name or blank, *figures)


def total(listing: FinanceList, session: Session) -> Sum:
    return Sum("Total", *session.execute(added_up(listing)).one())


def added_up(listing: FinanceList, *first: Any) -> Select[Any]:
    pence = (func.coalesce(func.sum(column), 0) for column in (AwardFunding.pence, SPENT, UNTOLD, REMAINING))
    counted = func.count(Award.id.distinct())
    return listing.filtered().with_only_columns(*first, counted, *pence, maintain_column_froms=True).order_by(None)

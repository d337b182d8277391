"""Tables of funds: what they are for, what they may spend, and what they have promised."""

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.core.db import Base, ref_to
from portal.core.search import Searchable
from portal.funds.models.sources import Source
from portal.people.models import Area
from portal.plan.models import Objective, Plan

if TYPE_CHECKING:
    from portal.funds.models.rounds import Round


class Fund(Searchable, Base):
    """A purpose with money behind it."""

    __tablename__ = "fund"
    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    purpose: Mapped[str]
    summary: Mapped[str]
    who_can_apply: Mapped[str]
    what_for: Mapped[list[str]]
    not_funded: Mapped[list[str]]
    how_judged: Mapped[str]
    legal_basis: Mapped[str]
    contact: Mapped[str]
    published_source: Mapped[str] = mapped_column(default="")
    plan_id: Mapped[int] = ref_to("plan.id")
    plan: Mapped[Plan] = relationship()
    served: Mapped[list["FundObjective"]] = relationship(order_by="FundObjective.id", cascade="all, delete-orphan")
    areas: Mapped[list["FundArea"]] = relationship(cascade="all, delete-orphan")
    budgets: Mapped[list["Budget"]] = relationship(back_populates="fund", order_by="Budget.year")
    rounds: Mapped[list["Round"]] = relationship(back_populates="fund", order_by="Round.opens_at.desc()")

    def found_by(self) -> list[str | None]:
        return [self.name, self.summary, self.purpose, self.who_can_apply, *(self.what_for or [])]

    def __str__(self) -> str:
        return self.name


class FundObjective(Base):
    """An objective that a fund serves."""

    __tablename__ = "fund_objective"
    __table_args__ = (UniqueConstraint("fund_id", "objective_id"),)
    fund_id: Mapped[int] = ref_to("fund.id")
    objective_id: Mapped[int] = ref_to("objective.id")
    objective: Mapped[Objective] = relationship()


class FundArea(Base):
    """An area whose organisations may apply; none: those of every area."""

    __tablename__ = "fund_area"
    __table_args__ = (UniqueConstraint("fund_id", "area_id"),)
    fund_id: Mapped[int] = ref_to("fund.id")
    area_id: Mapped[int] = ref_to("area.id")
    area: Mapped[Area] = relationship()


class Budget(Base):
    """What a fund may spend from one source in one year. The database itself refuses a penny more."""

    __tablename__ = "budget"
    __table_args__ = (
        UniqueConstraint("fund_id", "source_id", "year"),
        CheckConstraint("pence >= 0 AND over_programming_pence >= 0", name="not_negative"),
        CheckConstraint("committed_pence >= 0", name="committed_not_negative"),
        CheckConstraint("committed_pence <= pence + over_programming_pence", name="committed_within_limit"),
    )
    fund_id: Mapped[int] = ref_to("fund.id")
    source_id: Mapped[int] = ref_to("source.id")
    year: Mapped[str]
    pence: Mapped[int]
    over_programming_pence: Mapped[int] = mapped_column(default=0)
    over_programming_agreed_by: Mapped[str] = mapped_column(default="")
    committed_pence: Mapped[int] = mapped_column(default=0)
    is_provisional: Mapped[bool] = mapped_column(default=False)
    fund: Mapped[Fund] = relationship(back_populates="budgets")
    source: Mapped[Source] = relationship()

    @property
    def limit_pence(self) -> int:
        """The budget with the over-programming that was agreed."""
        return self.pence + self.over_programming_pence

    @property
    def available_pence(self) -> int:
        return self.limit_pence - self.committed_pence


class Commitment(Base):
    """Pounds of a budget promised to one case. Released, not deleted, when the offer falls."""

    __tablename__ = "commitment"
    __table_args__ = (CheckConstraint("pence > 0", name="above_zero"),)
    budget_id: Mapped[int] = ref_to("budget.id")
    case: Mapped[str] = mapped_column(index=True)
    area_id: Mapped[int | None] = ref_to("area.id")
    pence: Mapped[int]
    made_at: Mapped[datetime]
    released_at: Mapped[datetime | None]
    budget: Mapped[Budget] = relationship()

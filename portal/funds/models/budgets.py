"""Tables of what funds may spend, how that was changed, and what is promised of it."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.core.db import Base, ref_to
from portal.funds.models.funds import Fund
from portal.funds.models.sources import Source
from portal.people.models import User


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


class BudgetChange(Base):
    """A budget as it was and as somebody wants it; another person answers, and only then it changes."""

    __tablename__ = "budget_change"
    __table_args__ = (
        CheckConstraint("after_pence >= 0 AND over_after_pence >= 0", name="after_not_negative"),
        CheckConstraint("(answered_at IS NULL) = (is_approved IS NULL)", name="answered_at_once_answered"),
        CheckConstraint("NOT is_approved OR answered_by_id <> proposed_by_id", name="approver_is_another"),
        Index("uq_budget_change_waiting", "fund_id", "source_id", "year", unique=True,
              sqlite_where=text("answered_at IS NULL"), postgresql_where=text("answered_at IS NULL")),
    )  # fmt: skip
    fund_id: Mapped[int] = ref_to("fund.id")
    source_id: Mapped[int] = ref_to("source.id")
    year: Mapped[str]
    before_pence: Mapped[int]
    after_pence: Mapped[int]
    over_before_pence: Mapped[int]
    over_after_pence: Mapped[int]
    reason: Mapped[str]
    proposed_by_id: Mapped[int] = ref_to("user.id")
    proposed_at: Mapped[datetime]
    answered_by_id: Mapped[int | None] = ref_to("user.id")
    answered_at: Mapped[datetime | None]
    is_approved: Mapped[bool | None]
    answer: Mapped[str] = mapped_column(default="")
    fund: Mapped[Fund] = relationship()
    source: Mapped[Source] = relationship()
    proposed_by: Mapped[User] = relationship(foreign_keys=proposed_by_id)
    answered_by: Mapped[User | None] = relationship(foreign_keys=answered_by_id)

    @property
    def case(self) -> str:
        return self.fund.case

    @property
    def is_over_programming(self) -> bool:
        """More may be promised than there is: the chief finance officer's alone to agree."""
        return self.over_after_pence > self.over_before_pence

    @property
    def is_open(self) -> bool:
        return self.answered_at is None


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

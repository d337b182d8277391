"""Tables of sources, funds, budgets, rounds and criteria."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.core import clock
from portal.core.db import Base, one_of, ref_to
from portal.core.workflow import Stage
from portal.plan.models import Objective, Plan
from portal.questions.models import QuestionVersion


class RoundStage(Stage):
    DRAFT = "draft"
    CHECKED = "checked"
    OPEN = "open"
    PAUSED = "paused"
    CLOSED = "closed"
    ARCHIVED = "archived"


class RoundKind(StrEnum):
    COMPETED = "competed"
    ROLLING = "rolling"
    DIRECT = "direct"


class CapPer(StrEnum):
    BID = "bid"
    AREA = "area"


class Source(Base):
    """Money of one origin: the Commissioner's budget, a ministry's grant, a reserve."""

    __tablename__ = "source"
    key: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    kind: Mapped[str]
    is_ring_fenced: Mapped[bool] = mapped_column(default=False)
    carries_over: Mapped[bool] = mapped_column(default=False)

    def __str__(self) -> str:
        return self.name


class SourceYear(Base):
    """What a source has in one financial year."""

    __tablename__ = "source_year"
    __table_args__ = (UniqueConstraint("source_id", "year"), CheckConstraint("pence >= 0", name="not_negative"))
    source_id: Mapped[int] = ref_to("source.id")
    year: Mapped[str]
    pence: Mapped[int]
    is_provisional: Mapped[bool] = mapped_column(default=False)
    source: Mapped[Source] = relationship()


class Fund(Base):
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
    budgets: Mapped[list["Budget"]] = relationship(back_populates="fund", order_by="Budget.year")
    rounds: Mapped[list["Round"]] = relationship(back_populates="fund", order_by="Round.opens_at.desc()")

    def __str__(self) -> str:
        return self.name


class FundObjective(Base):
    """An objective that a fund serves."""

    __tablename__ = "fund_objective"
    __table_args__ = (UniqueConstraint("fund_id", "objective_id"),)
    fund_id: Mapped[int] = ref_to("fund.id")
    objective_id: Mapped[int] = ref_to("objective.id")
    objective: Mapped[Objective] = relationship()


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


class Round(Base):
    """One opening of a fund, with its rules."""

    __tablename__ = "round"
    __table_args__ = (
        CheckConstraint("closes_at IS NULL OR closes_at > opens_at", name="closes_after_opening"),
        CheckConstraint("cap_pence IS NULL OR cap_pence > 0", name="cap_above_zero"),
    )
    code: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str]
    fund_id: Mapped[int] = ref_to("fund.id")
    kind: Mapped[RoundKind] = mapped_column(one_of(RoundKind))
    stage: Mapped[RoundStage] = mapped_column(one_of(RoundStage), default=RoundStage.DRAFT, index=True)
    checked_at: Mapped[datetime | None]
    checked_by_id: Mapped[int | None] = ref_to("user.id")
    open_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    opens_at: Mapped[datetime]
    closes_at: Mapped[datetime | None]
    cap_pence: Mapped[int | None]
    cap_per: Mapped[CapPer] = mapped_column(one_of(CapPer), default=CapPer.BID)
    longest_months: Mapped[int | None]
    accepts: Mapped[list[str]]
    assessors_required: Mapped[int] = mapped_column(default=2)
    has_panel: Mapped[bool] = mapped_column(default=False)
    decision_working_days: Mapped[int] = mapped_column(default=10)
    acceptance_days: Mapped[int] = mapped_column(default=28)
    midpoint_over_months: Mapped[int] = mapped_column(default=6)  # a longer grant has a return half-way
    return_days: Mapped[int] = mapped_column(default=28)  # from the end of a period to its return
    spread_points: Mapped[int] = mapped_column(default=2)
    spread_percent: Mapped[int] = mapped_column(default=15)
    bands: Mapped[list[Any]] = mapped_column(JSON, default=list)
    scale: Mapped[list[Any]] = mapped_column(JSON, default=list)
    question_version_id: Mapped[int | None] = ref_to("question_version.id")
    return_version_id: Mapped[int | None] = ref_to("question_version.id")
    last_number: Mapped[int] = mapped_column(default=0)
    fund: Mapped[Fund] = relationship(back_populates="rounds")
    question_version: Mapped[QuestionVersion | None] = relationship(foreign_keys=question_version_id)
    criteria: Mapped[list["Criterion"]] = relationship(back_populates="round", order_by="Criterion.position")
    gate_checks: Mapped[list["GateCheck"]] = relationship(back_populates="round", order_by="GateCheck.position")

    @property
    def case(self) -> str:
        return self.code

    @property
    def is_open(self) -> bool:
        """True between opening and closing, judged by when the request arrived, not by when its turn came."""
        now = clock.now()
        if now < self.opens_at or (self.closes_at is not None and now >= self.closes_at):
            return False
        closed_on_time = self.closed_at is not None and self.closes_at is not None and self.closed_at >= self.closes_at
        return self.stage is RoundStage.OPEN or (self.stage is RoundStage.CLOSED and closed_on_time)

    def __str__(self) -> str:
        return self.title


class Criterion(Base):
    """What a bid is scored on; the weights of a round add to 100."""

    __tablename__ = "criterion"
    __table_args__ = (
        UniqueConstraint("round_id", "code"),
        CheckConstraint("weight > 0 AND weight <= 100", name="weight_known"),
    )
    round_id: Mapped[int] = ref_to("round.id")
    position: Mapped[int]
    code: Mapped[str]
    name: Mapped[str]
    weight: Mapped[int]
    guidance: Mapped[str] = mapped_column(default="")
    question_codes: Mapped[list[str]]
    round: Mapped[Round] = relationship(back_populates="criteria")

    def __str__(self) -> str:
        return self.name


class GateCheck(Base):
    """Something a bid must pass before it is scored, with the reason given when it fails."""

    __tablename__ = "gate_check"
    __table_args__ = (UniqueConstraint("round_id", "key"),)
    round_id: Mapped[int] = ref_to("round.id")
    position: Mapped[int]
    key: Mapped[str]
    label: Mapped[str]
    refusal: Mapped[str]
    prefill: Mapped[str | None]
    round: Mapped[Round] = relationship(back_populates="gate_checks")

"""Tables of funds: what they are for, who may apply, and where they stand in the commissioning cycle."""

from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.core.db import Base, one_of, ref_to
from portal.core.search import Searchable
from portal.people.models import Area, Organisation, User
from portal.plan.models import Objective, Plan

if TYPE_CHECKING:
    from portal.funds.models.budgets import Budget
    from portal.funds.models.rounds import Round


class Phase(StrEnum):
    """The steps of commissioning, which begin again when the last is done."""

    UNDERSTAND = "understand"
    PLAN = "plan"
    DO = "do"
    REVIEW = "review"

    @property
    def label(self) -> str:
        return self.value.capitalize()

    @property
    def meaning(self) -> str:
        return PHASES[self.value]


PHASES = {
    "understand": "What is needed, by whom, and what shows it",
    "plan": "What shall be paid for, how it is chosen, and what success is",
    "do": "Rounds are open, grants run, returns come in",
    "review": "What it has changed, and whether it goes on",
}


class Sensitivity(StrEnum):
    """What must not be told of the grants of a fund."""

    NONE = "none"
    PLACES = "places"
    RECIPIENTS = "recipients"

    @property
    def label(self) -> str:
        return {
            "none": "Nothing: publish as usual",
            "places": "Where the work is done, such as a refuge",
            "recipients": "Who receives the money, and where",
        }[self.value]


class Envelope(Base):
    """One announced total that several funds share, over one or more financial years."""

    __tablename__ = "envelope"
    __table_args__ = (
        CheckConstraint("pence > 0", name="above_zero"),
        CheckConstraint("last_year >= first_year", name="years_in_order"),
    )
    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    pence: Mapped[int]
    first_year: Mapped[str]
    last_year: Mapped[str]
    announced_on: Mapped[date | None]
    note: Mapped[str] = mapped_column(default="")
    edition: Mapped[int] = mapped_column(default=1)
    funds: Mapped[list["Fund"]] = relationship(back_populates="envelope", order_by="Fund.name")

    @property
    def case(self) -> str:
        return f"envelope-{self.slug}"

    @property
    def years(self) -> str:
        return self.first_year if self.first_year == self.last_year else f"{self.first_year} to {self.last_year}"

    def __str__(self) -> str:
        return self.name


class Fund(Searchable, Base):
    """A purpose with money behind it."""

    __tablename__ = "fund"
    __table_args__ = (CheckConstraint("sensitivity = 'none' OR sensitivity_reason <> ''", name="sensitivity_has_reason"),)
    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column(index=True)
    purpose: Mapped[str]
    summary: Mapped[str]
    who_can_apply: Mapped[str]
    what_for: Mapped[list[str]]
    not_funded: Mapped[list[str]]
    how_judged: Mapped[str]
    legal_basis: Mapped[str]
    contact: Mapped[str]
    published_source: Mapped[str] = mapped_column(default="")
    accepts: Mapped[list[str]] = mapped_column(default=list)  # kinds of organisation; none: every kind
    phase: Mapped[Phase | None] = mapped_column(one_of(Phase))  # of the latest step; none: not recorded yet
    sensitivity: Mapped[Sensitivity] = mapped_column(one_of(Sensitivity), default=Sensitivity.NONE)
    sensitivity_reason: Mapped[str] = mapped_column(default="")
    checklist: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)  # a point of the standard → answer, note, who, when
    edition: Mapped[int] = mapped_column(default=1)
    plan_id: Mapped[int] = ref_to("plan.id")
    envelope_id: Mapped[int | None] = ref_to("envelope.id")
    senior_owner_id: Mapped[int | None] = ref_to("user.id")
    plan: Mapped[Plan] = relationship()
    envelope: Mapped[Envelope | None] = relationship(back_populates="funds")
    senior_owner: Mapped[User | None] = relationship()
    served: Mapped[list["FundObjective"]] = relationship(order_by="FundObjective.id", cascade="all, delete-orphan")
    bodies: Mapped[list["FundBody"]] = relationship(cascade="all, delete-orphan")
    areas: Mapped[list["FundArea"]] = relationship(cascade="all, delete-orphan")
    steps: Mapped[list["CycleStep"]] = relationship(order_by="CycleStep.on.desc(), CycleStep.id.desc()")
    budgets: Mapped[list["Budget"]] = relationship(back_populates="fund", order_by="Budget.year")
    rounds: Mapped[list["Round"]] = relationship(back_populates="fund", order_by="Round.opens_at.desc()")

    @property
    def case(self) -> str:
        return f"fund-{self.slug}"

    def found_by(self) -> list[str | None]:
        return [self.name, self.summary, self.purpose, self.who_can_apply, *(self.what_for or [])]

    def __str__(self) -> str:
        return self.name


class FundObjective(Base):
    """An objective that a fund serves. It cannot be deleted while one does."""

    __tablename__ = "fund_objective"
    __table_args__ = (UniqueConstraint("fund_id", "objective_id"),)
    fund_id: Mapped[int] = ref_to("fund.id")
    objective_id: Mapped[int] = ref_to("objective.id")
    objective: Mapped[Objective] = relationship()


class FundBody(Base):
    """An organisation that may apply by name, whatever its kind and area."""

    __tablename__ = "fund_body"
    __table_args__ = (UniqueConstraint("fund_id", "organisation_id"),)
    fund_id: Mapped[int] = ref_to("fund.id")
    organisation_id: Mapped[int] = ref_to("organisation.id")
    organisation: Mapped[Organisation] = relationship()


class FundArea(Base):
    """An area whose organisations may apply; none: those of every area."""

    __tablename__ = "fund_area"
    __table_args__ = (UniqueConstraint("fund_id", "area_id"),)
    fund_id: Mapped[int] = ref_to("fund.id")
    area_id: Mapped[int] = ref_to("area.id")
    area: Mapped[Area] = relationship()


class CycleStep(Base):
    """A fund came to a step of the cycle: when, who says so, and what was found."""

    __tablename__ = "cycle_step"
    fund_id: Mapped[int] = ref_to("fund.id")
    phase: Mapped[Phase] = mapped_column(one_of(Phase))
    on: Mapped[date]
    note: Mapped[str]
    by_id: Mapped[int] = ref_to("user.id")
    at: Mapped[datetime]
    by: Mapped[User] = relationship()

"""Tables of decisions and awards."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.applications.models import Application
from portal.core.db import Base, one_of, ref_to
from portal.core.search import Searchable
from portal.core.workflow import Stage
from portal.funds.models import Budget, Fund
from portal.people.models import Organisation, User
from portal.plan.models import Direction, Objective, Rag


class Outcome(StrEnum):
    AWARD = "award"
    PART_AWARD = "part_award"
    DECLINE = "decline"

    @property
    def label(self) -> str:
        return {"award": "Awarded in full", "part_award": "Awarded in part", "decline": "Declined"}[self.value]


class NoticeStage(Stage):
    DRAFT = "draft"
    APPROVED = "approved"
    PUBLISHED = "published"
    SUPERSEDED = "superseded"


class AwardStage(Stage):
    OFFERED = "offered"
    ACCEPTED = "accepted"
    SETTING_UP = "setting_up"
    LIVE = "live"
    SUSPENDED = "suspended"
    CLOSING = "closing"
    CLOSED = "closed"
    ENDED_EARLY = "ended_early"
    LAPSED = "lapsed"


STANDING = text("stage <> 'superseded'")


class Decision(Searchable, Base):
    """What the Commissioner decided on one bid, as it is published. Never changed; a later decision on the bid supersedes it."""

    __tablename__ = "decision"
    __table_args__ = (
        CheckConstraint("awarded_pence >= 0", name="awarded_not_negative"),
        CheckConstraint("(outcome = 'decline') = (awarded_pence = 0)", name="amount_fits_outcome"),
        CheckConstraint("stage <> 'published' OR published_at IS NOT NULL", name="published_at_once_published"),
        Index("ix_decision_decided_at_id", "decided_at", "id"),
        Index("one_standing_decision", "application_id", unique=True, sqlite_where=STANDING, postgresql_where=STANDING),
    )
    ref: Mapped[str] = mapped_column(unique=True)
    application_id: Mapped[int] = ref_to("application.id")
    outcome: Mapped[Outcome] = mapped_column(one_of(Outcome), index=True)
    stage: Mapped[NoticeStage] = mapped_column(one_of(NoticeStage), default=NoticeStage.DRAFT, index=True)
    requested_pence: Mapped[int]
    awarded_pence: Mapped[int]
    reasons: Mapped[str]  # why it secures, or helps to secure, crime and disorder reduction
    conditions: Mapped[str] = mapped_column(default="")
    not_funded: Mapped[str] = mapped_column(default="")
    feedback: Mapped[str] = mapped_column(default="")
    legal_basis: Mapped[str]
    interests: Mapped[str]  # the decision-maker's statement
    decided_by_id: Mapped[int] = ref_to("user.id")
    decided_at: Mapped[datetime]
    approved_at: Mapped[datetime | None]
    published_at: Mapped[datetime | None] = mapped_column(index=True)
    superseded_at: Mapped[datetime | None]
    replaces_id: Mapped[int | None] = ref_to("decision.id", unique=True)
    application: Mapped[Application] = relationship()
    decided_by: Mapped[User] = relationship()
    replaces: Mapped["Decision | None"] = relationship(remote_side="Decision.id", back_populates="replaced_by")
    replaced_by: Mapped["Decision | None"] = relationship(back_populates="replaces")

    @property
    def case(self) -> str:
        return self.application.ref

    def found_by(self) -> list[str | None]:
        bid = self.part("application")
        return [self.ref, bid.ref, bid.title, str(bid.organisation), str(bid.accountable_body or "")]

    @property
    def is_award(self) -> bool:
        return self.outcome is not Outcome.DECLINE

    def __str__(self) -> str:
        return f"Decision {self.ref}"


class DecisionYear(Base):
    """The last number given in the register of a calendar year; locked while the next is given."""

    __tablename__ = "decision_year"
    year: Mapped[int] = mapped_column(unique=True)
    last_number: Mapped[int] = mapped_column(default=0)


class Award(Searchable, Base):
    """A grant that was offered. Only `workflow` changes its stage. Past ones may have no bid."""

    __tablename__ = "award"
    __table_args__ = (
        CheckConstraint("pence > 0", name="above_zero"),
        CheckConstraint("accepted_at IS NOT NULL OR stage IN ('offered', 'lapsed')", name="accepted_at_once_accepted"),
        CheckConstraint("ends_on >= starts_on", name="ends_after_start"),
        Index("ix_award_offered_at_id", "offered_at", "id"),
        Index("ix_award_pence_id", "pence", "id"),
    )
    ref: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str]
    purpose: Mapped[str] = mapped_column(default="")
    application_id: Mapped[int | None] = ref_to("application.id", unique=True)
    decision_id: Mapped[int | None] = ref_to("decision.id", unique=True)
    fund_id: Mapped[int] = ref_to("fund.id")
    round_id: Mapped[int | None] = ref_to("round.id")  # of one taken over from published papers; the others' bids know it
    recipient_id: Mapped[int] = ref_to("organisation.id")
    partnership_id: Mapped[int | None] = ref_to("organisation.id")
    pence: Mapped[int]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    accept_by_on: Mapped[date | None]
    reminded_days: Mapped[int | None]  # how many days before that day its signatories were last reminded
    stage: Mapped[AwardStage] = mapped_column(one_of(AwardStage), default=AwardStage.OFFERED, index=True)
    offered_at: Mapped[datetime]
    accepted_at: Mapped[datetime | None]
    live_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    lapsed_at: Mapped[datetime | None]
    accepted_by_id: Mapped[int | None] = ref_to("user.id")
    delivery_rag: Mapped[Rag] = mapped_column(one_of(Rag, "delivery_rag"), default=Rag.GREY, index=True)
    spend_rag: Mapped[Rag] = mapped_column(one_of(Rag, "spend_rag"), default=Rag.GREY)
    direction: Mapped[Direction] = mapped_column(one_of(Direction), default=Direction.NEW)
    rag_reason: Mapped[str] = mapped_column(default="")
    rag_on: Mapped[date | None]
    is_history: Mapped[bool] = mapped_column(default=False)  # taken over from published papers
    published_source: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    application: Mapped[Application | None] = relationship()
    decision: Mapped[Decision | None] = relationship()
    fund: Mapped[Fund] = relationship()
    recipient: Mapped[Organisation] = relationship(foreign_keys=recipient_id)
    partnership: Mapped[Organisation | None] = relationship(foreign_keys=partnership_id)
    funding: Mapped[list["AwardFunding"]] = relationship(back_populates="award", order_by="AwardFunding.id")
    lines: Mapped[list["AwardLine"]] = relationship(back_populates="award", order_by="AwardLine.position")
    measures: Mapped[list["AwardMeasure"]] = relationship(back_populates="award", order_by="AwardMeasure.position")
    objectives: Mapped[list["AwardObjective"]] = relationship(back_populates="award", order_by="AwardObjective.position")

    @property
    def case(self) -> str:
        return self.ref

    def found_by(self) -> list[str | None]:
        return [self.ref, self.title, str(self.part("recipient")), str(self.part("partnership") or "")]

    @property
    def is_part(self) -> bool:
        """True when less was awarded than asked for, so that budget and measures are cut again before acceptance."""
        return self.decision is not None and self.decision.outcome is Outcome.PART_AWARD

    def __str__(self) -> str:
        return self.ref


class AwardFunding(Base):
    """The part of an award that one budget (source and year) pays; the parts add up to the award."""

    __tablename__ = "award_funding"
    __table_args__ = (
        UniqueConstraint("award_id", "budget_id"),
        CheckConstraint("pence > 0", name="above_zero"),
        CheckConstraint("spent_pence >= 0", name="spent_not_negative"),
    )
    award_id: Mapped[int] = ref_to("award.id")
    budget_id: Mapped[int] = ref_to("budget.id")
    pence: Mapped[int]
    spent_pence: Mapped[int] = mapped_column(default=0)  # reported in accepted returns
    award: Mapped[Award] = relationship(back_populates="funding")
    budget: Mapped[Budget] = relationship()


class AwardLine(Base):
    """A budget line as agreed; the lines add up to the award."""

    __tablename__ = "award_line"
    __table_args__ = (CheckConstraint("pence >= 0", name="not_negative"),)
    award_id: Mapped[int] = ref_to("award.id")
    position: Mapped[int]
    category: Mapped[str]
    description: Mapped[str]
    asked_pence: Mapped[int]
    pence: Mapped[int]
    award: Mapped[Award] = relationship(back_populates="lines")


class AwardMeasure(Base):
    """What the grant is to change, as agreed."""

    __tablename__ = "award_measure"
    award_id: Mapped[int] = ref_to("award.id")
    position: Mapped[int]
    name: Mapped[str]
    baseline: Mapped[int]
    target: Mapped[int]
    method: Mapped[str] = mapped_column(default="")
    award: Mapped[Award] = relationship(back_populates="measures")


class AwardObjective(Base):
    """An objective the award served when it was made; the first is the one that reports count its money under."""

    __tablename__ = "award_objective"
    __table_args__ = (UniqueConstraint("award_id", "objective_id"), UniqueConstraint("award_id", "position"))
    award_id: Mapped[int] = ref_to("award.id")
    objective_id: Mapped[int] = ref_to("objective.id")
    position: Mapped[int]
    award: Mapped[Award] = relationship(back_populates="objectives")
    objective: Mapped[Objective] = relationship()

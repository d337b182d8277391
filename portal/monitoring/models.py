"""Tables of returns and their figures."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.awards.calendar import RETURN_NAMES
from portal.awards.models import Award, AwardLine, AwardMeasure
from portal.core import clock
from portal.core.db import Base, one_of, ref_to
from portal.core.search import Searchable
from portal.core.workflow import Stage as BaseStage
from portal.people.models import User
from portal.plan.models import Rag
from portal.questions.models import AnswerSet


class Stage(BaseStage):
    DUE = "due"
    DRAFT = "draft"
    CERTIFIED = "certified"
    SUBMITTED = "submitted"
    QUERIED = "queried"
    ACCEPTED = "accepted"
    WAIVED = "waived"


class ReturnKind(StrEnum):
    MIDPOINT = "midpoint"
    INTERIM = "interim"
    FINAL = "final"

    @property
    def label(self) -> str:
        return RETURN_NAMES[self.value]


WITH_APPLICANT = (Stage.DUE, Stage.DRAFT, Stage.QUERIED)


class Return(Searchable, Base):
    """One report on an award. Figures are cumulative: from the start of the grant to the end of the period."""

    __tablename__ = "return"
    __table_args__ = (
        UniqueConstraint("award_id", "number"),
        CheckConstraint("period_to >= period_from AND due_on >= period_to", name="days_in_order"),
        CheckConstraint(
            "submitted_at IS NOT NULL OR stage IN ('due', 'draft', 'certified', 'waived')",
            name="submitted_at_once_submitted",
        ),
        CheckConstraint("(stage = 'accepted') = (agreed_delivery IS NOT NULL)", name="agreed_once_accepted"),
    )
    ref: Mapped[str] = mapped_column(unique=True)
    award_id: Mapped[int] = ref_to("award.id")
    number: Mapped[int]
    kind: Mapped[ReturnKind] = mapped_column(one_of(ReturnKind), index=True)
    period_from: Mapped[date]
    period_to: Mapped[date]
    due_on: Mapped[date] = mapped_column(index=True)
    stage: Mapped[Stage] = mapped_column(one_of(Stage), default=Stage.DUE, index=True)
    answer_set_id: Mapped[int] = ref_to("answer_set.id", unique=True)
    delivery_rag: Mapped[Rag | None] = mapped_column(one_of(Rag, "delivery_rag"))
    spend_rag: Mapped[Rag | None] = mapped_column(one_of(Rag, "spend_rag"))
    rag_reason: Mapped[str] = mapped_column(default="")
    figures_edition: Mapped[int] = mapped_column(default=0)
    figures_saved_at: Mapped[datetime | None]
    figures_saved_by_id: Mapped[int | None] = ref_to("user.id")
    agreed_delivery: Mapped[Rag | None] = mapped_column(one_of(Rag, "agreed_delivery"))  # as the office read it
    agreed_spend: Mapped[Rag | None] = mapped_column(one_of(Rag, "agreed_spend"))
    agreed_reason: Mapped[str] = mapped_column(default="")
    waived_reason: Mapped[str] = mapped_column(default="")
    early_reason: Mapped[str] = mapped_column(default="")  # why nothing more will change, where it is sent before its period ends
    reminded_days: Mapped[int | None]  # how many days before it is due its people were last reminded; below 0: after it
    is_counted_overdue: Mapped[bool] = mapped_column(default=False)
    draft_at: Mapped[datetime | None]  # when it was started
    certified_at: Mapped[datetime | None]
    certified_by_id: Mapped[int | None] = ref_to("user.id")
    submitted_at: Mapped[datetime | None]
    queried_at: Mapped[datetime | None]
    accepted_at: Mapped[datetime | None]
    waived_at: Mapped[datetime | None]
    award: Mapped[Award] = relationship()
    answer_set: Mapped[AnswerSet] = relationship()
    certified_by: Mapped[User | None] = relationship(foreign_keys=certified_by_id)
    figures_saved_by: Mapped[User | None] = relationship(foreign_keys=figures_saved_by_id)
    measures: Mapped[list["MeasureReading"]] = relationship(back_populates="return_", order_by="MeasureReading.measure_id")
    spending: Mapped[list["LineSpend"]] = relationship(back_populates="return_", order_by="LineSpend.line_id")
    queries: Mapped[list["Query"]] = relationship(back_populates="return_", order_by="Query.id")

    @property
    def case(self) -> str:
        return self.award.ref

    def found_by(self) -> list[str | None]:
        award = self.part("award")
        return [self.ref, award.title, str(award.recipient), str(award.partnership or "")]

    @property
    def is_overdue(self) -> bool:
        """True while the applicant holds it past its day."""
        return self.stage in WITH_APPLICANT and self.due_on < clock.today()

    @property
    def is_early(self) -> bool:
        """True until the last day that it tells of."""
        return clock.today() < self.period_to

    @property
    def is_writable(self) -> bool:
        """True while the applicant may write in it: begun and not sent, or sent back."""
        return self.stage in (Stage.DRAFT, Stage.QUERIED)

    def __str__(self) -> str:
        return f"{self.kind.label} {self.ref}"


class MeasureReading(Base):
    """How far a measure has come by the end of the period. What was typed is kept; NULL until it reads as a number."""

    __tablename__ = "measure_reading"
    __table_args__ = (
        UniqueConstraint("return_id", "measure_id"),
        CheckConstraint("achieved >= 0", name="not_negative"),
    )
    return_id: Mapped[int] = ref_to("return.id")
    measure_id: Mapped[int] = ref_to("award_measure.id")
    achieved: Mapped[int | None]
    typed: Mapped[str] = mapped_column(default="")
    comment: Mapped[str] = mapped_column(default="")
    return_: Mapped[Return] = relationship(back_populates="measures")
    measure: Mapped[AwardMeasure] = relationship()


class LineSpend(Base):
    """What was spent on a budget line by the end of the period. What was typed is kept; NULL until it reads as an amount."""

    __tablename__ = "line_spend"
    __table_args__ = (
        UniqueConstraint("return_id", "line_id"),
        CheckConstraint("spent_pence >= 0", name="not_negative"),
    )
    return_id: Mapped[int] = ref_to("return.id")
    line_id: Mapped[int] = ref_to("award_line.id")
    spent_pence: Mapped[int | None]
    typed: Mapped[str] = mapped_column(default="")
    comment: Mapped[str] = mapped_column(default="")
    return_: Mapped[Return] = relationship(back_populates="spending")
    line: Mapped[AwardLine] = relationship()


class Query(Base):
    """A question of the office about a return, and its answer."""

    __tablename__ = "query"
    return_id: Mapped[int] = ref_to("return.id")
    about: Mapped[str]  # which part of the return
    question: Mapped[str]
    asked_by_id: Mapped[int] = ref_to("user.id")
    asked_at: Mapped[datetime]
    answer: Mapped[str] = mapped_column(default="")
    answered_at: Mapped[datetime | None]
    return_: Mapped[Return] = relationship(back_populates="queries")

    @property
    def is_open(self) -> bool:
        return self.answered_at is None

"""Tables of rounds: each opening of a fund, with its rules."""

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.core import clock
from portal.core.db import Base, one_of, ref_to
from portal.core.workflow import Stage
from portal.funds.models.funds import Fund
from portal.funds.models.judging import HowJudged
from portal.questions.models import QuestionVersion

if TYPE_CHECKING:
    from portal.funds.models.criteria import Criterion, GateCheck
    from portal.funds.models.eligibility import EligibilityQuestion


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


class Round(HowJudged, Base):
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
    opens_at: Mapped[datetime] = mapped_column(index=True)
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
    question_version_id: Mapped[int | None] = ref_to("question_version.id")
    return_version_id: Mapped[int | None] = ref_to("question_version.id")
    last_number: Mapped[int] = mapped_column(default=0)
    fund: Mapped[Fund] = relationship(back_populates="rounds")
    question_version: Mapped[QuestionVersion | None] = relationship(foreign_keys=question_version_id)
    criteria: Mapped[list["Criterion"]] = relationship(back_populates="round", order_by="Criterion.position")
    gate_checks: Mapped[list["GateCheck"]] = relationship(back_populates="round", order_by="GateCheck.position")
    eligibility: Mapped[list["EligibilityQuestion"]] = relationship(
        back_populates="round", order_by="EligibilityQuestion.position"
    )

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

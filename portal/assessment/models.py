"""Tables of the gate, assignments, scores and moderation."""

from datetime import datetime

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.applications.models import Application
from portal.core.db import Base, one_of, ref_to
from portal.core.workflow import Stage as BaseStage
from portal.funds.models import Criterion, GateCheck
from portal.people.models import User


class Stage(BaseStage):
    INVITED = "invited"
    DECLARED = "declared"
    SCORING = "scoring"
    SUBMITTED = "submitted"
    SENT_BACK = "sent_back"
    STOOD_DOWN = "stood_down"


class GateResult(Base):
    """What an officer found on one check of the gate."""

    __tablename__ = "gate_result"
    __table_args__ = (UniqueConstraint("application_id", "check_id"),)
    application_id: Mapped[int] = ref_to("application.id")
    check_id: Mapped[int] = ref_to("gate_check.id")
    passed: Mapped[bool]
    note: Mapped[str] = mapped_column(default="")
    by_id: Mapped[int] = ref_to("user.id")
    at: Mapped[datetime]
    check: Mapped[GateCheck] = relationship()


class Assignment(Base):
    """One assessor's work on one bid."""

    __tablename__ = "assignment"
    __table_args__ = (
        UniqueConstraint("application_id", "assessor_id", name="assigned_once"),
        CheckConstraint("stage NOT IN ('submitted') OR submitted_at IS NOT NULL", name="submitted_at_once_submitted"),
    )
    application_id: Mapped[int] = ref_to("application.id")
    assessor_id: Mapped[int] = ref_to("user.id")
    stage: Mapped[Stage] = mapped_column(one_of(Stage), default=Stage.INVITED, index=True)
    invited_at: Mapped[datetime]
    declared_at: Mapped[datetime | None]
    submitted_at: Mapped[datetime | None]
    stood_down_at: Mapped[datetime | None]
    has_conflict: Mapped[bool] = mapped_column(default=False)
    interest: Mapped[str] = mapped_column(default="")  # what the person declared, in their words
    application: Mapped[Application] = relationship()
    assessor: Mapped[User] = relationship()
    scores: Mapped[list["Score"]] = relationship(back_populates="assignment", order_by="Score.criterion_id")

    @property
    def case(self) -> str:
        return self.application.ref

    def __str__(self) -> str:
        return f"The assessment of {self.application.ref}"


class Score(Base):
    """An assessor's points on one criterion, and why. NULL points are not yet scored."""

    __tablename__ = "score"
    __table_args__ = (
        UniqueConstraint("assignment_id", "criterion_id", name="one_score_each"),
        CheckConstraint("points IS NULL OR (points >= 0 AND points <= 20)", name="points_known"),
    )
    assignment_id: Mapped[int] = ref_to("assignment.id")
    criterion_id: Mapped[int] = ref_to("criterion.id")
    points: Mapped[int | None]
    justification: Mapped[str] = mapped_column(default="")
    edition: Mapped[int] = mapped_column(default=1)
    saved_at: Mapped[datetime]
    assignment: Mapped[Assignment] = relationship(back_populates="scores")
    criterion: Mapped[Criterion] = relationship()


class Moderated(Base):
    """The points that were agreed on one criterion, beside the originals."""

    __tablename__ = "moderated"
    __table_args__ = (
        UniqueConstraint("application_id", "criterion_id", name="one_moderated_each"),
        CheckConstraint("points >= 0 AND points <= 20", name="points_known"),
    )
    application_id: Mapped[int] = ref_to("application.id")
    criterion_id: Mapped[int] = ref_to("criterion.id")
    points: Mapped[int]
    note: Mapped[str]
    edition: Mapped[int] = mapped_column(default=1)
    by_id: Mapped[int] = ref_to("user.id")
    at: Mapped[datetime]
    criterion: Mapped[Criterion] = relationship()

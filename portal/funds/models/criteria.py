"""Tables of what a round judges by: the criteria it scores and the checks at its gate."""

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.core.db import Base, ref_to
from portal.funds.models.rounds import Round


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

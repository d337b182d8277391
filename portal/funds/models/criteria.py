"""Tables of what a round judges by: the criteria it scores and the checks at its gate."""

from typing import Any

from sqlalchemy import JSON, CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.core.db import Base, one_of, ref_to
from portal.funds.models.rounds import Round
from portal.funds.schemes import Scale


class Criterion(Base):
    """What a bid is scored on. A grade, or a pass or fail, has no weight."""

    __tablename__ = "criterion"
    __table_args__ = (
        UniqueConstraint("round_id", "code"),
        CheckConstraint("weight >= 0 AND weight <= 100", name="weight_known"),
        CheckConstraint("(weight = 0) = (own_scale IS NOT NULL AND own_scale IN ('grade', 'pass'))", name="weight_where_counted"),
        CheckConstraint("second_weight >= 0 AND second_weight <= 100", name="second_weight_known"),
        CheckConstraint("least >= 0 AND least <= 20", name="least_known"),
    )
    round_id: Mapped[int] = ref_to("round.id")
    position: Mapped[int]
    code: Mapped[str]
    name: Mapped[str]
    weight: Mapped[int]
    second_weight: Mapped[int] = mapped_column(default=0)  # counts once a bid is shortlisted
    least: Mapped[int] = mapped_column(default=0)  # fewer points recommend no grant
    group: Mapped[str] = mapped_column(default="")
    guidance: Mapped[str] = mapped_column(default="")
    question_codes: Mapped[list[str]]
    own_scale: Mapped[Scale | None] = mapped_column(one_of(Scale))
    own_steps: Mapped[list[Any]] = mapped_column(JSON, default=list)
    edition: Mapped[int] = mapped_column(default=1)
    round: Mapped[Round] = relationship(back_populates="criteria")

    @property
    def scale(self) -> Scale:
        return self.own_scale or self.round.usual_scale

    @property
    def steps(self) -> list[Any]:
        """The points that can be given, the round's unless it has its own: each with its word and what it means."""
        return self.own_steps if self.own_scale else self.round.scale

    @property
    def options(self) -> list[tuple[int, str]]:
        """The points with how they read: 4 Good; of a grade or a pass the word alone."""
        numbered = self.scale.is_counted
        return [(step["points"], f"{step['points']} {step['word']}" if numbered else step["word"]) for step in self.steps]

    def in_words(self, points: int | str | None) -> str:
        return next((text for number, text in self.options if str(number) == str(points)), "no points")

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
    edition: Mapped[int] = mapped_column(default=1)
    round: Mapped[Round] = relationship(back_populates="gate_checks")

    def __str__(self) -> str:
        return self.label

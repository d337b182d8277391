"""Tables of what surrounds a round: who was invited, who was given more time, what was asked and answered in public."""

from datetime import datetime

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.core.db import Base, ref_to
from portal.funds.models.rounds import Round
from portal.people.models import Organisation, User


class RoundInvitation(Base):
    """A body that was invited by name into a round that is not competed, and why."""

    __tablename__ = "round_invitation"
    __table_args__ = (UniqueConstraint("round_id", "organisation_id", name="one_round_invitation_each"),)
    round_id: Mapped[int] = ref_to("round.id")
    organisation_id: Mapped[int] = ref_to("organisation.id")
    justification: Mapped[str]
    invited_at: Mapped[datetime]
    invited_by_id: Mapped[int] = ref_to("user.id")
    organisation: Mapped[Organisation] = relationship()
    invited_by: Mapped[User] = relationship()
    round: Mapped[Round] = relationship()


class Extension(Base):
    """More time: for everybody, where no organisation is named, else for this applicant alone."""

    __tablename__ = "round_extension"
    round_id: Mapped[int] = ref_to("round.id")
    organisation_id: Mapped[int | None] = ref_to("organisation.id")
    closes_at: Mapped[datetime]
    reason: Mapped[str]
    given_at: Mapped[datetime]
    given_by_id: Mapped[int] = ref_to("user.id")
    organisation: Mapped[Organisation | None] = relationship(lazy="joined")


class Clarification(Base):
    """A question about a round. Once answered, question and answer are read by everybody alike."""

    __tablename__ = "clarification"
    __table_args__ = (
        CheckConstraint("published_at IS NULL OR answer <> ''", name="published_once_answered"),
        CheckConstraint("published_at IS NULL OR set_aside_at IS NULL", name="answered_or_set_aside"),
    )
    round_id: Mapped[int] = ref_to("round.id")
    question: Mapped[str]
    asked_at: Mapped[datetime]
    asked_by_id: Mapped[int | None] = ref_to("user.id")  # kept with the office; nobody else reads who asked
    answer: Mapped[str] = mapped_column(default="")
    published_at: Mapped[datetime | None]
    answered_by_id: Mapped[int | None] = ref_to("user.id")
    set_aside_at: Mapped[datetime | None]  # it asked nothing about the round
    round: Mapped[Round] = relationship()

    @property
    def case(self) -> str:
        return self.round.code

    @property
    def is_waiting(self) -> bool:
        return self.published_at is None and self.set_aside_at is None

"""Table of what a round asks before its form: who may apply at all."""

from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.core.db import Base, ref_to
from portal.funds.models.rounds import Round


class EligibilityQuestion(Base):
    """A question with Yes or No, asked before the form. Whoever gives the other answer reads the reason and goes no further."""

    __tablename__ = "eligibility_question"
    round_id: Mapped[int] = ref_to("round.id")
    position: Mapped[int]
    text: Mapped[str]
    hint: Mapped[str] = mapped_column(default="")
    passes_on_yes: Mapped[bool] = mapped_column(default=True)
    refusal: Mapped[str]
    edition: Mapped[int] = mapped_column(default=1)
    round: Mapped[Round] = relationship(back_populates="eligibility")

    @property
    def passing(self) -> str:
        return "yes" if self.passes_on_yes else "no"

    def __str__(self) -> str:
        return self.text

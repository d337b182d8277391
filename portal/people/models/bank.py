"""Where a body wishes to be paid, as somebody gave it with a bid or a return."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.core.db import Base, ref_to
from portal.people.bank import Details, unseal
from portal.people.models.organisations import Organisation
from portal.people.models.persons import User


class BankAccount(Base):
    """Name and numbers are sealed. Until its case was handed in it is written over; from then on a change is another row."""

    __tablename__ = "bank_account"
    organisation_id: Mapped[int | None] = ref_to("organisation.id")  # which is to be paid; None where a form has no owner
    case: Mapped[str] = mapped_column(index=True)
    sealed: Mapped[str]
    given_by_id: Mapped[int] = ref_to("user.id")
    given_at: Mapped[datetime]
    handed_in_at: Mapped[datetime | None]
    organisation: Mapped[Organisation | None] = relationship()
    given_by: Mapped[User] = relationship()

    @property
    def details(self) -> Details:
        return unseal(self.sealed)

    def __str__(self) -> str:
        return self.details.masked

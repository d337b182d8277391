"""How people come in and change their address: each a letter with a secret, of which the row holds the digest only."""

from datetime import datetime

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.core import clock
from portal.core.db import Base, one_of, ref_to
from portal.people.models.organisations import Organisation
from portal.people.models.persons import User
from portal.people.words import OfficeRole, OrganisationKind


class Letter:
    """What a secret in an e-mail opens, until a time and once."""

    token_digest: Mapped[str] = mapped_column(unique=True)
    expires_at: Mapped[datetime]

    @property
    def has_expired(self) -> bool:
        return clock.now() > self.expires_at


class Invitation(Letter, Base):
    """A person asked to act for an organisation with some rights, or in a role of the office."""

    __tablename__ = "invitation"
    __table_args__ = (
        CheckConstraint("(role IS NULL) <> (organisation_id IS NULL)", name="into_one_place"),
        CheckConstraint("accepted_at IS NULL OR withdrawn_at IS NULL", name="not_accepted_and_withdrawn"),
    )
    email: Mapped[str] = mapped_column(index=True)
    name: Mapped[str]
    organisation_id: Mapped[int | None] = ref_to("organisation.id")
    rights: Mapped[list[str]]
    role: Mapped[OfficeRole | None] = mapped_column(one_of(OfficeRole))
    invited_by_id: Mapped[int | None] = ref_to("user.id")
    invited_at: Mapped[datetime]
    accepted_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    organisation: Mapped[Organisation | None] = relationship()
    invited_by: Mapped[User | None] = relationship()

    @property
    def is_open(self) -> bool:
        return self.accepted_at is None and self.withdrawn_at is None and not self.has_expired

    @property
    def place(self) -> str:
        """Where it leads, as the end of a sentence."""
        return str(self.organisation) if self.organisation else f"the office, as {self.role.label.lower() if self.role else ''}"

    @property
    def case(self) -> str:
        return f"invitation-{self.id}"

    def __str__(self) -> str:
        return f"The invitation of {self.name}"


class AccountRequest(Letter, Base):
    """A new provider who asks for an account: the address is verified first, then the office admits or refuses."""

    __tablename__ = "account_request"
    __table_args__ = (
        CheckConstraint("(answered_at IS NULL) = (is_admitted IS NULL)", name="answered_at_once_answered"),
        CheckConstraint("answered_at IS NULL OR verified_at IS NOT NULL", name="verified_before_answered"),
    )
    email: Mapped[str] = mapped_column(index=True)
    name: Mapped[str]
    organisation_name: Mapped[str]
    kind: Mapped[OrganisationKind] = mapped_column(one_of(OrganisationKind))
    identifier: Mapped[str] = mapped_column(default="")
    about: Mapped[str] = mapped_column(default="")
    asked_at: Mapped[datetime]
    verified_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]
    answered_by_id: Mapped[int | None] = ref_to("user.id")
    is_admitted: Mapped[bool | None]
    reason: Mapped[str] = mapped_column(default="")

    is_system = False

    @property
    def case(self) -> str:
        return f"request-{self.id}"

    def __str__(self) -> str:
        return self.organisation_name


class EmailChange(Letter, Base):
    """A person's new address, which counts once they have shown that they read it."""

    __tablename__ = "email_change"
    user_id: Mapped[int] = ref_to("user.id")
    new_email: Mapped[str]
    asked_at: Mapped[datetime]
    done_at: Mapped[datetime | None]
    user: Mapped[User] = relationship()

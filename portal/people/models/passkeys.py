"""Passkeys: what signs somebody in without a password, kept on a device or in a password manager."""

from datetime import datetime

from sqlalchemy import CheckConstraint, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.db import Base, ref_to


class Passkey(Base):
    """One passkey of a person: the public half. The other never leaves their device, which asks for a finger, face or PIN.

    `handle` is by what devices know the person: the same for all their passkeys, and it says nothing about them.
    """

    __tablename__ = "passkey"
    __table_args__ = (
        UniqueConstraint("user_id", "name"),
        CheckConstraint("sign_count >= 0", name="sign_count_not_negative"),
    )
    user_id: Mapped[int] = ref_to("user.id")
    name: Mapped[str]
    credential_id: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    handle: Mapped[bytes] = mapped_column(LargeBinary)
    sign_count: Mapped[int]  # as its device counts; devices that share their passkeys say nought for ever
    added_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    asked_at: Mapped[datetime | None]  # the instant of the question that was last answered: none older is accepted

    def __str__(self) -> str:
        return self.name

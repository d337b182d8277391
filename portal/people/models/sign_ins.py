"""Signed-in browsers, a row each."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.core.db import Base, ref_to
from portal.people.models.persons import User


class SignIn(Base):
    """One signed-in browser. The cookie carries a random token; the row holds its digest and ends when the person signs out."""

    __tablename__ = "sign_in"
    token_digest: Mapped[str] = mapped_column(unique=True)
    user_id: Mapped[int] = ref_to("user.id")
    began_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    device: Mapped[str] = mapped_column(default="")
    user: Mapped[User] = relationship()

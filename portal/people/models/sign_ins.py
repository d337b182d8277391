"""Signed-in browsers, accounts at the office's sign-in service, counted attempts, and forms whose sign-in had run out."""

from datetime import datetime

from sqlalchemy import LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.core.db import Base, ref_to
from portal.people.models.persons import User

BROWSERS = (("Edg", "Edge"), ("OPR/", "Opera"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"))
MACHINES = (("iPhone", "an iPhone"), ("iPad", "an iPad"), ("Android", "Android"), ("Windows", "Windows"), ("Mac OS", "a Mac"),
            ("Linux", "Linux"))  # fmt: skip


def browser_of(device: str) -> str:
    """The browser and the machine, as people call them."""
    browser = next((name for mark, name in BROWSERS if mark in device), "Another browser")
    machine = next((f" on {name}" for mark, name in MACHINES if mark in device), "")
    return browser + machine


class SignIn(Base):
    """One signed-in browser. The cookie carries a random token; the row holds its digest and ends when the person signs out."""

    __tablename__ = "sign_in"
    token_digest: Mapped[str] = mapped_column(unique=True)
    user_id: Mapped[int] = ref_to("user.id")
    began_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    device: Mapped[str] = mapped_column(default="")
    is_by_directory: Mapped[bool] = mapped_column(default=False)  # came in through the office's own sign-in service
    has_factor: Mapped[bool] = mapped_column(default=False)  # and gave a second factor there
    with_passkey: Mapped[bool] = mapped_column(default=False)  # or confirmed with one: both factors at once
    user: Mapped[User] = relationship()

    @property
    def browser(self) -> str:
        return browser_of(self.device)


class WorkAccount(Base):
    """A person's account at the office's own sign-in service, which tells it apart by issuer and subject; never by an e-mail."""

    __tablename__ = "work_account"
    __table_args__ = (UniqueConstraint("issuer", "subject"), UniqueConstraint("user_id", "issuer"))
    user_id: Mapped[int] = ref_to("user.id")
    issuer: Mapped[str]
    subject: Mapped[str]
    connected_at: Mapped[datetime]
    user: Mapped[User] = relationship()


class Attempts(Base):
    """When something that is limited was last tried. `key` is a keyed digest: no address can be read from it."""

    __tablename__ = "attempts"
    key: Mapped[str] = mapped_column(unique=True)
    times: Mapped[list[str]]
    last_at: Mapped[datetime] = mapped_column(index=True)


class KeptForm(Base):
    """A form that was sent after its sign-in had run out: encrypted, for half an hour, for the person who typed it."""

    __tablename__ = "kept_form"
    user_id: Mapped[int] = ref_to("user.id")
    page: Mapped[str]
    action: Mapped[str]
    secret: Mapped[bytes] = mapped_column(LargeBinary)
    kept_at: Mapped[datetime] = mapped_column(index=True)

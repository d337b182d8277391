"""Signed-in browsers, a row each; attempts that are counted; and what was typed into a form whose sign-in had run out."""

from datetime import datetime

from sqlalchemy import LargeBinary
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
    with_passkey: Mapped[bool] = mapped_column(default=False)  # or confirmed with one: both factors at once
    user: Mapped[User] = relationship()

    @property
    def browser(self) -> str:
        return browser_of(self.device)


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

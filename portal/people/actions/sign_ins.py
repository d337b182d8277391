"""Ending sign-ins: what makes a cookie worth nothing, wherever it is."""

from sqlalchemy import update

from portal.core import clock
from portal.core.db import db
from portal.people.models import SignIn, User


def end_one(sign_in: SignIn, *, by: User) -> None:
    """End one sign-in of one's own."""
    if sign_in.user_id == by.id:
        sign_in.ended_at = clock.now()


def end_all(user: User, *, but: int | None = None) -> None:
    """End every sign-in of this person; `but` names the one that stays."""
    open_ones = update(SignIn).where(SignIn.user_id == user.id, SignIn.ended_at.is_(None), SignIn.id != (but or 0))
    db.session.execute(open_ones.values(ended_at=clock.now()))

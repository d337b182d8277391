"""Signed-in browsers: each has a row that ends with the sign-out, after the limits of time, or when somebody ends it."""

import secrets
from datetime import datetime, timedelta
from typing import Any

from flask import Flask, current_app, flash, g, request, session
from flask_login import current_user
from flask_security.utils import set_request_attr
from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session, joinedload

from portal.core import clock
from portal.core.db import aside, db
from portal.people import keeping
from portal.people.models import SignIn, User
from portal.people.signing_in import directory
from portal.people.tokens import digest

SEEN_EVERY = timedelta(minutes=1)
SIGNED_IN = (  # asked with every request, so it is put together once; one question to the database, not three
    select(SignIn.id, SignIn.began_at, SignIn.seen_at, SignIn.with_passkey, SignIn.is_by_directory, SignIn.has_factor, User)
    .join(User, User.id == SignIn.user_id)
    .where(SignIn.token_digest == bindparam("digest"), SignIn.ended_at.is_(None))
    .where(User.fs_uniquifier == bindparam("uniquifier"), User.active)
    .options(joinedload(User.memberships), joinedload(User.appointments))
)
KEPT = ("_user_id", "_fresh", "_id", "fs_cc", "fs_paa", "fs_gexp", "identity.id", "kept")


def begin(_app: Flask, user: User) -> None:
    """A new browser is signed in: forget what it held before and give it a row."""
    came = directory.taken_over()
    kept = {name: session[name] for name in KEPT if name in session}
    session.clear()
    session.update(kept, fs_paa=clock.now().timestamp())
    if keeping.kept_for(user) is not None:
        flash("We kept what you had typed. Check it and send it again.", "important")
    else:
        session.pop("kept", None)
    token = secrets.token_urlsafe(32)
    session["sign_in"] = token
    row = {"token_digest": digest(token), "user_id": user.id, "began_at": clock.now(), "seen_at": clock.now(),
           "device": (request.user_agent.string or "")[:200], "with_passkey": g.get("with_passkey", False), **came}  # fmt: skip
    aside(lambda db_session: db_session.add(SignIn(**row)))


def end(_app: Flask, user: User) -> None:
    """The browser signs out: its row ends, so that a copied cookie is worth nothing."""
    token_digest = digest(session.pop("sign_in", ""))

    def close(db_session: Session) -> None:
        row = db_session.scalar(select(SignIn).where(SignIn.token_digest == token_digest))
        if row is not None:
            row.ended_at = clock.now()

    session.clear()
    aside(close)


def load_user(uniquifier: str) -> User | None:
    """The person behind the cookie, if their sign-in still stands."""
    token = session.get("sign_in")
    if not token:
        return None
    found = db.session.execute(SIGNED_IN, {"digest": digest(token), "uniquifier": uniquifier}).unique().first()
    if found is None or has_run_out(found.began_at, found.seen_at, found.User):
        return None
    seen_at = found.seen_at
    if clock.now() - seen_at > SEEN_EVERY and not request.headers.get("X-Polling"):
        note_seen(found.id)
        seen_at = clock.now()
    set_request_attr("fs_authn_via", "session")  # Flask-Security's own pages ask how one came in
    set_request_attr("fs_paa", session.get("fs_paa"))  # and when
    g.with_passkey = found.with_passkey
    g.sign_in_id, g.sign_in_ends_at = found.id, end_of(found.began_at, seen_at, found.User)
    g.sign_in_by_directory, g.sign_in_has_factor = found.is_by_directory, found.has_factor
    g.sign_in_idle, absolute = limits_of(found.User)
    g.sign_in_last_at = found.began_at + absolute
    return found.User


def has_run_out(began_at: datetime, seen_at: datetime, user: User) -> bool:
    return clock.now() > end_of(began_at, seen_at, user)


def end_of(began_at: datetime, seen_at: datetime, user: User) -> datetime:
    """When a sign-in ends by itself: after the idle or the absolute limit."""
    idle, absolute = limits_of(user)
    return min(seen_at + idle, began_at + absolute)


def limits_of(user: User) -> tuple[timedelta, timedelta]:
    """How long without a page, and how long at all; the office's own people have shorter limits."""
    settings = current_app.extensions["settings"]
    if user.is_staff:
        return timedelta(minutes=settings.idle_minutes_staff), timedelta(hours=settings.absolute_hours_staff)
    return timedelta(minutes=settings.idle_minutes_others), timedelta(hours=settings.absolute_hours_others)


def note_seen(sign_in_id: int) -> None:
    at = clock.now()

    def note(db_session: Session) -> None:
        row = db_session.get(SignIn, sign_in_id)
        if row is not None:
            row.seen_at = at

    aside(note)


def know_user() -> None:
    """Before every request: who is asking. Files that belong to nobody ask for no database."""
    g.user = None
    if request.endpoint not in {"brand", "publishing.healthz"}:
        g.user = current_user._get_current_object() if current_user.is_authenticated else None


def time_left() -> dict[str, Any]:
    """For whole pages: when the sign-in ends if nothing more is asked for, and in seconds what a script must know of it."""
    ends_at = g.get("sign_in_ends_at")
    if g.get("user") is None or ends_at is None:
        return {}
    now = clock.now()
    lengths = {"seconds": ends_at - now, "idle": g.sign_in_idle, "most": g.sign_in_last_at - now}
    return {"sign_in_ends_at": ends_at, "sign_in": {name: int(length.total_seconds()) for name, length in lengths.items()}}

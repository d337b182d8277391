"""Signing in: Flask-Security's flows, and a row for each signed-in browser that ends when the person signs out."""

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Any

from flask import Flask, current_app, g, request, session
from flask_login import current_user, user_logged_in, user_logged_out
from flask_security import LoginForm, Security, SQLAlchemyUserDatastore
from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session, joinedload

from portal.core import clock
from portal.core.access import allow, anyone, anyone_signed_in
from portal.core.db import aside, db
from portal.core.forms import clean
from portal.people.models import Role, SignIn, User

SEEN_EVERY = timedelta(minutes=1)
LONGEST_PASSWORD = 1000  # hashing refuses much longer ones with an error
POLICIES = {  # Flask-Security's own addresses
    "security.login": anyone,
    "security.logout": anyone,
    "security.static": anyone,
    "security.verify": anyone_signed_in,
}
SIGNED_IN = (  # asked with every request, so it is put together once; one question to the database, not three
    select(SignIn.id, SignIn.began_at, SignIn.seen_at, User)
    .join(User, User.id == SignIn.user_id)
    .where(SignIn.token_digest == bindparam("digest"), SignIn.ended_at.is_(None))
    .where(User.fs_uniquifier == bindparam("uniquifier"), User.active)
    .options(joinedload(User.memberships), joinedload(User.appointments))
)
security = Security()


def settings_of(app: Flask) -> dict[str, Any]:
    settings = app.extensions["settings"]
    return {
        "SECURITY_PASSWORD_SALT": settings.password_salt or settings.secret_key,
        "SECURITY_PASSWORD_SCHEMES": ["argon2"],
        "SECURITY_PASSWORD_HASH": "argon2",
        "SECURITY_PASSWORD_LENGTH_MIN": 12,
        "SECURITY_PASSWORD_SINGLE_HASH": ["argon2"],
        "SECURITY_LOGIN_URL": "/sign-in",
        "SECURITY_LOGOUT_URL": "/sign-out",
        "SECURITY_LOGOUT_METHODS": ["POST"],
        "SECURITY_POST_LOGIN_VIEW": "/desk",
        "SECURITY_POST_LOGOUT_VIEW": "/",
        "SECURITY_RETURN_GENERIC_RESPONSES": True,
        "SECURITY_MSG_GENERIC_AUTHN_FAILED": (
            "We do not know that email address and password. Check both and try again",
            "error",
        ),
        "SECURITY_SEND_REGISTER_EMAIL": False,
        "SECURITY_FLASH_MESSAGES": False,
        "SECURITY_DEFAULT_REMEMBER_ME": False,
        "SECURITY_JOIN_USER_ROLES": False,  # roles are dated appointments here, not rows of its table
        "REMEMBER_COOKIE_DURATION": timedelta(0),
    }


class SignInForm(LoginForm):
    """The upstream form, fed with what the database and the hash can take."""

    def process(self, *args: Any, **kwargs: Any) -> None:
        super().process(*args, **kwargs)
        self.email.data = clean(self.email.data)
        self.password.data = (self.password.data or "")[:LONGEST_PASSWORD]


def init_app(app: Flask) -> None:
    app.config.update(settings_of(app))
    datastore = SQLAlchemyUserDatastore(db, User, Role)
    security.init_app(app, datastore, register_blueprint=True, login_form=SignInForm)
    app.login_manager.user_loader(load_user)  # type: ignore[attr-defined]
    app.login_manager.request_loader(lambda _request: None)  # type: ignore[attr-defined]  # no token outlives its sign-in
    for endpoint, policy in POLICIES.items():
        app.view_functions[endpoint] = allow(policy)(app.view_functions[endpoint])
    app.before_request_funcs.setdefault(None, []).insert(0, know_user)
    user_logged_in.connect(begin, app)
    user_logged_out.connect(end, app)


def digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def begin(_app: Flask, user: User) -> None:
    """A new browser is signed in: forget what it held before and give it a row."""
    kept = {
        name: session[name]
        for name in ("_user_id", "_fresh", "_id", "fs_cc", "fs_paa", "fs_gexp", "identity.id")
        if name in session
    }
    session.clear()
    session.update(kept)
    token = secrets.token_urlsafe(32)
    session["sign_in"] = token
    row = {"token_digest": digest(token), "user_id": user.id, "began_at": clock.now(), "seen_at": clock.now(),
           "device": (request.user_agent.string or "")[:200]}  # fmt: skip
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
    if clock.now() - found.seen_at > SEEN_EVERY and not request.headers.get("X-Polling"):
        note_seen(found.id)
    g.sign_in_id = found.id
    return found.User


def has_run_out(began_at: datetime, seen_at: datetime, user: User) -> bool:
    """True after the idle or the absolute limit; the office's own people have shorter ones."""
    settings = current_app.extensions["settings"]
    idle = settings.idle_minutes_staff if user.is_staff else settings.idle_minutes_others
    absolute = settings.absolute_hours_staff if user.is_staff else settings.absolute_hours_others
    now = clock.now()
    return now - seen_at > timedelta(minutes=idle) or now - began_at > timedelta(hours=absolute)


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

"""A form that was sent after the sign-in had run out: kept for half an hour, encrypted, and put back after signing in again."""

import base64
import hmac
import json
from datetime import timedelta
from urllib.parse import urlsplit

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from flask import Flask, current_app, g, request, session
from sqlalchemy import delete, select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from portal.core import clock
from portal.core.db import aside, db, write
from portal.core.page import BEFORE_SIGN_IN
from portal.people.filling import Typed, fill
from portal.people.models import KeptForm, SignIn, User
from portal.people.tokens import digest

KEPT_FOR = timedelta(minutes=30)


def keep() -> str | None:
    """Keep what was just sent, if its sender's sign-in has run out (not: been ended). The page to come back to."""
    if request.method != "POST" or request.headers.get("HX-Request") or "sign_in" not in session:
        return None
    user = run_out(session["sign_in"])
    if user is None:
        return None
    typed = {name: values for name, values in request.form.lists() if name != "csrf_token" and "password" not in name}
    page = page_of_form()
    session["kept"] = write(store, user, page, request.path, typed)
    g.kept_now = True
    return page


def run_out(token: str) -> User | None:
    """Whose sign-in this was."""
    row = db.session.scalar(select(SignIn).where(SignIn.token_digest == digest(token), SignIn.ended_at.is_(None)))
    return row.user if row is not None and row.user.active else None


def page_of_form() -> str:
    """The page on which the form stood, as the browser says; only the path, so that it is one of ours."""
    came_from = urlsplit(request.referrer or "")
    return came_from.path if came_from.netloc == request.host and came_from.path.startswith("/") else request.path


def store(user: User, page: str, action: str, typed: Typed) -> int:
    """One form for each person: a later one takes the place of an earlier one."""
    db.session.execute(delete(KeptForm).where(KeptForm.user_id == user.id))
    secret = cipher(user).encrypt(json.dumps(typed).encode())
    kept = KeptForm(user_id=user.id, page=page, action=action, secret=secret, kept_at=clock.now())
    db.session.add(kept)
    db.session.flush()
    return kept.id


def cipher(user: User) -> MultiFernet:
    """A key that nobody has from the database alone, another for every person."""
    settings = current_app.extensions["settings"]
    keys = [settings.secret_key, *settings.secret_key_fallbacks]
    made = [hmac.digest(key.encode(), f"kept form of {user.fs_uniquifier}".encode(), "sha256") for key in keys]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(each)) for each in made])


def kept_for(user: User | None) -> KeptForm | None:
    """The form that this browser's session points at, if it is this person's and not too old."""
    if user is None or "kept" not in session:
        return None
    fresh = select(KeptForm).where(KeptForm.id == session["kept"], KeptForm.kept_at > clock.now() - KEPT_FOR)
    return db.session.scalar(fresh.where(KeptForm.user_id == user.id))


def typed_in(kept: KeptForm, user: User) -> Typed:
    try:
        return dict(json.loads(cipher(user).decrypt(kept.secret)))
    except InvalidToken:  # the password was changed meanwhile
        return {}


def put_back(response: Response) -> Response:
    """Fill the form of its page with what was typed; forget it once it was sent."""
    if "kept" not in session or "kept_now" in g or (kept := kept_for(g.get("user"))) is None:
        return response
    here = (request.method, request.path)
    if here == ("POST", kept.action) and response.status_code in (302, 303):
        number = session.pop("kept")
        aside(lambda db_session: forget(db_session, number))
    elif here == ("GET", kept.page) and response.status_code == 200 and response.mimetype == "text/html":
        response.set_data(fill(response.get_data(as_text=True), request.path, kept.action, typed_in(kept, g.user)))
    return response


def forget(db_session: Session, number: int) -> None:
    db_session.execute(delete(KeptForm).where(KeptForm.id == number))


def forget_old() -> None:
    db.session.execute(delete(KeptForm).where(KeptForm.kept_at < clock.now() - KEPT_FOR))


def init_app(app: Flask) -> None:
    if keep not in BEFORE_SIGN_IN:
        BEFORE_SIGN_IN.append(keep)
    app.after_request(put_back)

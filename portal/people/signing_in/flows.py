"""What is ours in Flask-Security's flows: tries are counted, letters go through the outbox, links open nothing twice."""

import secrets
from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Flask, current_app, flash, g, session
from flask_login import current_user
from flask_security import ChangePasswordForm, LoginForm, VerifyForm
from flask_security.recoverable import generate_reset_password_token, reset_password_token_status
from flask_security.utils import verify_password
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from portal.core import clock, jobs, outbox
from portal.core.audit import OFFICE, Telling, seal
from portal.core.db import aside, write
from portal.core.forms import clean
from portal.core.page import page
from portal.people import attempts
from portal.people.forms import ForgottenForm
from portal.people.models import SYSTEM, Attempts, SignIn, User
from portal.people.passwords import DEMONSTRATION_PASSWORD, LONGEST, normal
from portal.people.signing_in import directory
from portal.people.tokens import digest

NOT_KNOWN = (
    "We do not know that email address and password. Check both and try again. After 10 tries, wait 5 minutes; "
    "after many in a day, choose a new password"
)
WRONG = "That is not your password. Check it and try again. After 10 tries, wait 5 minutes"
RESET = "reset"


class Counted:
    """A form that asks for a password. After too many tries every password is wrong: same words, same time."""

    password: Any

    def validate(self, **options: Any) -> bool:
        self.password.data = short(self.password.data or "")
        email = getattr(self, "email", None)
        about = email.data if email is not None else current_user.email
        if about and not write(attempts.allowed, "password", about):
            self.password.data = secrets.token_hex()
        return super().validate(**options)  # type: ignore[misc]


class SignInForm(Counted, LoginForm):
    """The upstream form, fed with what the database and the hash can take."""

    def process(self, *args: Any, **kwargs: Any) -> None:
        super().process(*args, **kwargs)
        self.email.data = clean(self.email.data)
        if self.password.data == DEMONSTRATION_PASSWORD and current_app.extensions["settings"].profile == "production":
            self.password.data = secrets.token_hex()  # everybody knows it

    def validate(self, **options: Any) -> bool:
        return super().validate(**options) and takes_password(self, self.user)


class ChangeForm(Counted, ChangePasswordForm):
    """Asks for the password one has."""


class VerifyAgainForm(Counted, VerifyForm):
    """Asks for the password before something grave."""

    def validate(self, **options: Any) -> bool:
        return super().validate(**options) and takes_password(self, current_user)


def takes_password(form: Any, user: Any) -> bool:
    """Said only to who knows the password, so that nobody learns from it who is connected."""
    if not directory.refuses_password(user):
        return True
    form.form_errors.append(directory.sentence())
    return False


def is_password_of(user: User, typed: str) -> bool:
    """The same question for our own forms, counted as well."""
    known = user.password or ""
    if not write(attempts.allowed, "password", user.email):
        typed = secrets.token_hex()
    return verify_password(short(typed), known)


def short(typed: str) -> str:
    """No longer than a hash can take, however its letters are composed."""
    return normal(typed[:LONGEST])[:LONGEST]


def forgotten() -> Response:
    """Ask for a link. The worker looks whether there is an account, so that neither words nor time tell."""
    form = ForgottenForm()
    if not form.validate_on_submit():
        return page("security/forgot_password.html", form=form, errors=form.error_list(), status=422 if form.errors else 200)
    write(ask_for_link, form.email.data)
    return page("security/link_sent.html", email=form.email.data)


def ask_for_link(email: str) -> None:
    if attempts.allowed(RESET, email):
        jobs.ask(RESET, by=SYSTEM, email=email)


@jobs.kind(RESET)
def send_link(job: jobs.Job) -> None:
    """Write to the address, if it is somebody's who may sign in; sent once, however often the job runs."""
    write(write_link, job.wishes["email"])


def write_link(email: str) -> None:
    from portal.people.actions.inviting import user_with

    user = user_with(email)
    if user is None or not user.active:
        return
    if directory.refuses_password(user):
        outbox.send("people/no_reset", to=[user])
    else:
        token = generate_reset_password_token(user)
        user.reset_digest = digest(token)
        outbox.send("people/reset", to=[user], token=token)


def checked(view: Callable[..., Any]) -> Callable[..., Any]:
    """Before a new password is typed: say so when the link is too old, was used, is not the last one that was sent to the
    address of today, or belongs to a disabled account."""

    @wraps(view)
    def reset(token: str) -> Any:
        expired, invalid, user = reset_password_token_status(token)
        if expired or invalid or user is None or not user.active or user.reset_digest != digest(token):
            return page("people/link_over.html", what="password", status=410)
        return view(token=token)

    return reset


def tell(_app: Flask, user: User, **_more: Any) -> None:
    """A password was changed: a letter, a line in the history, and every other browser signed out."""
    outbox.send("people/password_changed", to=[user], at=clock.now())
    number, mine, at = user.id, digest(session.get("sign_in", "")), clock.now()

    def note(db_session: Session) -> None:
        open_ones = db_session.query(SignIn).filter(SignIn.user_id == number, SignIn.ended_at.is_(None))
        open_ones.filter(SignIn.token_digest != mine).update({"ended_at": at}, synchronize_session=False)
        db_session.info["tellings"] = [Telling("account.password", user, user, OFFICE, {})]
        seal(db_session)

    aside(note)
    if g.user is not None:
        flash("Your password is changed. You are signed out everywhere else.")
    else:
        flash("Your password is changed. Sign in with it.")


def forgive(_app: Flask, user: User, **_more: Any) -> None:
    """Who has chosen a new password through a link may type it at once, however often others have guessed; the link is used."""
    number, email = user.id, user.email

    def note(db_session: Session) -> None:
        db_session.query(User).filter(User.id == number).update({"reset_digest": None}, synchronize_session=False)
        db_session.query(Attempts).filter(Attempts.key == attempts.key_of("password", email)).delete()

    aside(note)

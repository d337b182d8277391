"""The step after the password: codes that count once (pitfall P9a), and no way around setting it up."""

import hmac
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any

from flask import Flask, current_app, flash, g, redirect, request, session, url_for
from flask_security import Totp
from flask_security.recovery_codes import MfRecoveryCodesUtil
from flask_security.tf_plugin import tf_clean_session
from markupsafe import Markup
from passlib.exc import TokenError
from passlib.totp import TOTP, AppWallet
from qrcode import QRCode
from werkzeug.wrappers import Response

from portal.core import clock
from portal.core.db import write
from portal.core.problems import NotFound
from portal.people import actions, attempts
from portal.people.models import User
from portal.people.policy import lacks_second_factor
from portal.people.signing_in import directory

NOT_RIGHT = "That code is not right, or was used before. Wait for the next one and enter it. After 5 tries, wait 5 minutes"
NOT_RECOVERY = "That recovery code is not right, or was used before. After 5 tries, wait 5 minutes"
BETWEEN = timedelta(minutes=10)  # from the password to the code
ONE_STEP = 30  # seconds by which a telephone's clock may be wrong
CLOSED = ("two_factor_setup", "two_factor_setup_validate", "two_factor_rescue", "tf_select", "mf_recovery_codes")  # ours instead
ALWAYS = {"security.logout", "people.stay", "brand", "static", "publishing.healthz"}
SET_UP = {"people.second_factor", "people.add_passkey", "security.verify"} | directory.WITHOUT
CONFIRM = {"people.confirm_passkey"}
FIXED = {
    "SECURITY_TWO_FACTOR": True,
    "SECURITY_TWO_FACTOR_ENABLED_METHODS": ["authenticator"],
    "SECURITY_TWO_FACTOR_AUTHENTICATOR_VALIDITY": ONE_STEP,
    "SECURITY_TWO_FACTOR_RESCUE_EMAIL": False,
    "SECURITY_TWO_FACTOR_TOKEN_VALIDATION_URL": "/sign-in/code",
    "SECURITY_MULTI_FACTOR_RECOVERY_CODES": True,
    "SECURITY_MULTI_FACTOR_RECOVERY_URL": "/sign-in/recovery-code",
    "SECURITY_MSG_TWO_FACTOR_INVALID_TOKEN": (NOT_RIGHT, "error"),
    "SECURITY_MSG_INVALID_RECOVERY_CODE": (NOT_RECOVERY, "error"),
}


def settings_of(app: Flask) -> dict[str, Any]:
    """Secrets are encrypted with a key made from the audit key: that one never changes, and telephones keep working."""
    settings = app.extensions["settings"]
    key = hmac.digest(settings.audit_key.encode(), b"secrets of second factors", "sha256").hex()
    return FIXED | {
        "SECURITY_TOTP_SECRETS": {"1": key},
        "SECURITY_TOTP_ISSUER": f"{settings.office_short} {settings.service_name}",
    }


class OnceTotp(Totp):
    """Authenticator codes, each taken once, five tries in five minutes; whatever is wrong, the answer is the same."""

    def __init__(self, secrets: dict[str, str], issuer: str) -> None:
        wallet = AppWallet(secrets, encrypt_cost=4)  # the key is random: stretching it would only take time
        self._totp = TOTP.using(issuer=issuer, wallet=wallet, now=lambda: clock.now().timestamp())

    def verify_totp(self, token: str, totp_secret: str, user: Any, window: int = ONE_STEP) -> bool:
        if not write(attempts.allowed, "second factor", user.email) or not str(token).isascii():
            return False
        try:
            match = self._totp.verify(token, totp_secret, window=window)
        except TokenError:
            return False
        return write(actions.take_step, user, match.counter)

    def generate_qrcode(self, username: str, totp: str) -> str:
        """Drawn into the page, without a style of its own: the content policy allows neither `data:` nor styles."""
        drawing = QRCode(border=4)
        drawing.add_data(self.get_totp_uri(username, totp))
        rows = drawing.get_matrix()
        squares = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, is_dark in enumerate(row) if is_dark)
        return Markup('<svg viewBox="0 0 {0} {0}" aria-hidden="true"><path d="{1}"/></svg>').format(len(rows), squares)


class OnceRecoveryCodes(MfRecoveryCodesUtil):
    """Recovery codes as digests; looking whether one is right is taking it, so that two at once cannot both use it."""

    def check_recovery_code(self, user: Any, code: str) -> bool:
        return write(attempts.allowed, "second factor", user.email) and write(actions.take_recovery_code, user, code)

    def delete_recovery_code(self, user: Any, code: str) -> bool:
        return True


def begun(view: Callable[..., Any]) -> Callable[..., Any]:
    """The sign-in page, which notes when the password was right and a code is still to come."""

    @wraps(view)
    def login() -> Any:
        session.pop(directory.CAME, None)
        response = view()
        if "tf_user_id" in session:
            session["tf_began"] = clock.now().timestamp()
        return response

    return login


def between(view: Callable[..., Any]) -> Callable[..., Any]:
    """A page between password and code: for ten minutes, and not for who is signed in."""

    @wraps(view)
    def step() -> Any:
        if g.user is not None:
            return redirect(current_app.config["SECURITY_POST_LOGIN_VIEW"], 303)
        if clock.now().timestamp() - session.get("tf_began", 0) > BETWEEN.total_seconds():
            tf_clean_session()
            flash("Enter your password first. After 10 minutes it is asked for again.")
            return redirect(url_for("security.login"), 303)
        return view()

    return step


def closed(**_address: Any) -> Any:
    raise NotFound("We cannot find that, or you do not have access to it.")


def lead_to_set_up() -> Response | None:
    """Before every request: who must have a second factor and came without gets no further than to the passkey they have,
    or to setting one up."""
    user = g.get("user")
    if user is None or request.endpoint in ALWAYS or not is_asked_of(user):
        return None
    if request.endpoint in (CONFIRM if user.passkeys else SET_UP):
        return None
    address = url_for("people.confirm_passkey" if user.passkeys else "people.second_factor")
    return Response(status=401, headers={"HX-Redirect": address}) if request.headers.get("HX-Request") else redirect(address, 303)


def is_asked_of(user: User) -> bool:
    return current_app.extensions["settings"].asks_second_factor and lacks_second_factor(user, has_shown_both())


def has_shown_both() -> bool:
    """A passkey, or the office's sign-in service where it asked for a second factor."""
    return bool(g.get("with_passkey") or g.get("sign_in_has_factor"))


def init_app(app: Flask) -> None:
    """Put what is ours around Flask-Security's pages; before they are given their policies."""
    views = app.view_functions
    views["security.login"] = begun(views["security.login"])
    for name in ("two_factor_token_validation", "mf_recovery"):
        views[f"security.{name}"] = between(views[f"security.{name}"])
    for name in CLOSED:
        views[f"security.{name}"] = closed

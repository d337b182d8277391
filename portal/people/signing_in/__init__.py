"""Signing in: Flask-Security's flows, limited, with a row on the server for each signed-in browser."""

from datetime import timedelta
from typing import Any

from flask import Flask
from flask_login import user_logged_in, user_logged_out
from flask_security import Security, SQLAlchemyUserDatastore, password_changed, password_reset

from portal.core.access import allow, anyone, anyone_signed_in
from portal.core.db import db
from portal.people import keeping
from portal.people.models import Role, User
from portal.people.passwords import SHORTEST, PasswordRules
from portal.people.signing_in import directory, flows, fresh, limits, second_factor, sessions

POLICIES = {  # Flask-Security's own addresses
    "security.login": anyone,
    "security.logout": anyone,
    "security.static": anyone,
    "security.verify": anyone_signed_in,
    "security.forgot_password": anyone,
    "security.reset_password": anyone,
    "security.change_password": anyone_signed_in,
    "security.two_factor_token_validation": anyone,  # whoever has given a password
    "security.mf_recovery": anyone,
} | {f"security.{name}": anyone for name in second_factor.CLOSED}
FIXED = {
    "SECURITY_PASSWORD_SCHEMES": ["argon2"],
    "SECURITY_PASSWORD_HASH": "argon2",
    "SECURITY_PASSWORD_LENGTH_MIN": SHORTEST,
    "SECURITY_PASSWORD_SINGLE_HASH": ["argon2"],
    # In the links of mails, which are signed: a slow digest guards nothing more. The second is for links that are on their way.
    "SECURITY_HASHING_SCHEMES": ["hex_sha256", "sha256_crypt"],
    "SECURITY_DEPRECATED_HASHING_SCHEMES": [],
    "SECURITY_LOGIN_URL": "/sign-in",
    "SECURITY_LOGOUT_URL": "/sign-out",
    "SECURITY_LOGOUT_METHODS": ["POST"],
    "SECURITY_POST_LOGIN_VIEW": "/desk",
    "SECURITY_POST_LOGOUT_VIEW": "/",
    "SECURITY_RECOVERABLE": True,
    "SECURITY_RESET_URL": "/forgotten-password",
    "SECURITY_RESET_PASSWORD_WITHIN": timedelta(hours=1),
    "SECURITY_POST_RESET_VIEW": "/sign-in",
    "SECURITY_AUTO_LOGIN_AFTER_RESET": False,
    "SECURITY_SEND_PASSWORD_RESET_NOTICE_EMAIL": False,  # flows.tell writes ours
    "SECURITY_CHANGEABLE": True,
    "SECURITY_CHANGE_URL": "/account/password",
    "SECURITY_POST_CHANGE_VIEW": "/account",
    "SECURITY_SEND_PASSWORD_CHANGE_EMAIL": False,
    "SECURITY_RETURN_GENERIC_RESPONSES": True,
    "SECURITY_MSG_GENERIC_AUTHN_FAILED": (flows.NOT_KNOWN, "error"),
    "SECURITY_MSG_INVALID_PASSWORD": (flows.WRONG, "error"),
    "SECURITY_MSG_RETYPE_PASSWORD_MISMATCH": ("The two passwords are not the same", "error"),
    "SECURITY_MSG_PASSWORD_IS_THE_SAME": ("Choose a password that is not the one you have", "error"),
    "SECURITY_MSG_PASSWORD_NOT_PROVIDED": ("Enter the password", "error"),
    "SECURITY_SEND_REGISTER_EMAIL": False,
    "SECURITY_FLASH_MESSAGES": False,
    "SECURITY_FRESHNESS": timedelta(days=3650),  # `fresh` asks, much sooner
    "SECURITY_DEFAULT_REMEMBER_ME": False,
    "SECURITY_JOIN_USER_ROLES": False,  # roles are dated appointments here, not rows of its table
    "REMEMBER_COOKIE_DURATION": timedelta(0),
}
security = Security(password_util_cls=PasswordRules, totp_cls=second_factor.OnceTotp,
                    mf_recovery_codes_util_cls=second_factor.OnceRecoveryCodes)  # fmt: skip


def settings_of(app: Flask) -> dict[str, Any]:
    settings = app.extensions["settings"]
    return FIXED | second_factor.settings_of(app) | {"SECURITY_PASSWORD_SALT": settings.password_salt or settings.secret_key}


def init_app(app: Flask) -> None:
    app.config.update(settings_of(app))
    datastore = SQLAlchemyUserDatastore(db, User, Role)
    security.init_app(
        app, datastore, register_blueprint=True, login_form=flows.SignInForm, change_password_form=flows.ChangeForm,
        verify_form=flows.VerifyAgainForm,
    )  # fmt: skip
    app.login_manager.user_loader(sessions.load_user)  # type: ignore[attr-defined]
    app.login_manager.request_loader(lambda _request: None)  # type: ignore[attr-defined]  # no token outlives its sign-in
    app.view_functions["security.forgot_password"] = flows.forgotten
    app.view_functions["security.reset_password"] = flows.checked(app.view_functions["security.reset_password"])
    second_factor.init_app(app)
    directory.init_app(app)
    for endpoint, policy in POLICIES.items():
        app.view_functions[endpoint] = allow(policy)(app.view_functions[endpoint])
    limits.init_app(app)
    keeping.init_app(app)
    app.context_processor(sessions.time_left)
    watch(app)


def watch(app: Flask) -> None:
    """Before a request: who asks, and what is asked of them first. After a sign-in or a new password: what follows."""
    app.before_request_funcs.setdefault(None, [])[:0] = [
        sessions.know_user, directory.lead_to_connect, second_factor.lead_to_set_up, fresh.ask_before_grave
    ]  # fmt: skip
    user_logged_in.connect(sessions.begin, app)
    user_logged_out.connect(sessions.end, app)
    for signal in (password_changed, password_reset):
        signal.connect(flows.tell, app)
    password_reset.connect(flows.forgive, app)

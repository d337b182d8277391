"""Single sign-on: where it is offered, whose password is refused, and what a sign-in takes over from the office's service."""

import logging
from collections.abc import Callable
from functools import wraps
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from flask import Flask, current_app, flash, g, redirect, request, session, url_for
from werkzeug.wrappers import Response

from portal.core.problems import NotFound
from portal.people.actions.directory import is_connected
from portal.people.models import OfficeRole, Source, User
from portal.people.safety import Unsafe
from portal.people.signing_in.signed import Signed
from portal.people.words import GRAVE

if TYPE_CHECKING:
    from portal.people.signing_in.provider import Provider

log = logging.getLogger(__name__)
CAME = "directory"  # in the session, until the sign-in has its row: what the service said of this sign-in
WITHOUT = {"people.work_account", "people.work_connect", "people.connect_work", "people.work_again", "people.work_return",
           "security.logout", "security.verify", "people.stay", "brand", "static", "publishing.healthz"}  # fmt: skip


def service() -> "Provider":
    """The office's sign-in service; its addresses are not found where none is set up."""
    from portal.people.signing_in.provider import Provider

    settings = current_app.extensions["settings"]
    if not settings.has_sso:
        raise NotFound("We cannot find that, or you do not have access to it.")
    if "work_provider" not in current_app.extensions:
        current_app.extensions["work_provider"] = Provider(settings)
    found: Provider = current_app.extensions["work_provider"]
    return found


class SingleSignOn:
    """What pages ask of it."""

    def __init__(self, name: str, is_only: bool) -> None:
        self.name, self.is_only = name, is_only

    @property
    def is_connected(self) -> bool:
        return is_connected(g.user)

    @property
    def is_a_must(self) -> bool:
        return refuses_password(g.user)


def for_pages() -> dict[str, Any]:
    settings = current_app.extensions["settings"]
    return {"sso": SingleSignOn(settings.sso_name, settings.sso_only) if settings.has_sso else None}


def refuses_password(user: User) -> bool:
    """Whoever is connected, and has a role from the directory (else nobody would notice its end) or is made to by the setting."""
    settings = current_app.extensions["settings"]
    from_directory = any(held.is_current and held.source is Source.DIRECTORY for held in user.appointments)
    return settings.has_sso and (from_directory or (settings.sso_only and user.is_staff)) and is_connected(user)


def sentence() -> str:
    return f"Sign in with {current_app.extensions['settings'].sso_name}. Passwords of the office’s people are not used here"


def roles_told(signed: Signed) -> set[OfficeRole] | None:
    """The roles that somebody's groups stand for; None where the service could not tell the groups."""
    roles = current_app.extensions["settings"].sso_roles
    if signed.groups is None:
        log.warning("single sign-on: too many groups to be told, so roles stay as they are; PORTAL_SSO_CLAIM=roles helps")
        return None
    return {OfficeRole(roles[group]) for group in signed.groups if group in roles}


def keep(signed: Signed) -> None:
    """For the sign-in that is about to begin."""
    session[CAME] = {"is_by_directory": True, "has_factor": signed.has_factor}


def taken_over() -> dict[str, bool]:
    """How a sign-in that begins now has come about."""
    return session.get(CAME, {"is_by_directory": False, "has_factor": False})


def lead_to_connect() -> Response | None:
    """Before every request: where only single sign-on counts, who came in with a password first connects the work account."""
    user, settings = g.get("user"), current_app.extensions["settings"]
    if not (settings.has_sso and settings.sso_only) or user is None or request.endpoint in WITHOUT:
        return None
    if not user.is_staff or g.sign_in_by_directory:
        return None
    address = url_for("people.work_account")
    return Response(status=401, headers={"HX-Redirect": address}) if request.headers.get("HX-Request") else redirect(address, 303)


def left(view: Callable[..., Any]) -> Callable[..., Any]:
    """Signing out here; who came through the service goes on to sign out there."""

    @wraps(view)
    def logout() -> Any:
        came_by_it = current_app.extensions["settings"].has_sso and g.get("sign_in_by_directory", False)
        answer = view()
        return redirect(url_for("people.work_signed_out"), 303) if came_by_it and g.get("user") is not None else answer

    return logout


def with_password(view: Callable[..., Any]) -> Callable[..., Any]:
    """Changing a password, for those who sign in with one, or choosing one besides a passkey."""

    @wraps(view)
    def change() -> Any:
        if g.user is not None and (refuses_password(g.user) or not (g.user.password or g.user.passkeys)):
            flash(f"You sign in with {current_app.extensions['settings'].sso_name}: there is no password to change here.")
            return redirect(url_for("people.account"), 303)
        return view()

    return change


def refuse_to_start(app: Flask) -> None:
    """Say what is missing or not allowed, rather than find out at the first sign-in."""
    settings = app.extensions["settings"]
    if settings.has_sso and not (find_spec("authlib") and find_spec("requests")):
        raise Unsafe("PORTAL_SSO_DISCOVERY_URL is set, but not what single sign-on is made with: install the extra `oidc`.")
    unknown = sorted(set(settings.sso_roles.values()) - {role.value for role in OfficeRole})
    if unknown:
        raise Unsafe(f"PORTAL_SSO_ROLES names no role of the office: {', '.join(unknown)}.")
    grave = sorted(set(settings.sso_roles.values()) & {role.value for role in GRAVE})
    if grave and not settings.sso_gives_grave_roles:
        raise Unsafe(
            f"PORTAL_SSO_ROLES gives {', '.join(grave)}, which takes two administrators. "
            "If the directory may give it alone, set PORTAL_SSO_GIVES_GRAVE_ROLES=true."
        )


def init_app(app: Flask) -> None:
    """Put what is ours around Flask-Security's pages; before they are given their policies."""
    refuse_to_start(app)
    for name, around in (("logout", left), ("change_password", with_password)):
        app.view_functions[f"security.{name}"] = around(app.view_functions[f"security.{name}"])
    app.context_processor(for_pages)

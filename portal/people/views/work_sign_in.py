"""Signing in with a work account: the way to the office's own sign-in service, and back."""

import logging
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from flask import current_app, g, redirect, request, session, url_for
from flask_security.utils import login_user, validate_redirect_url
from werkzeug.wrappers import Response

from portal.core import clock
from portal.core.access import allow, anyone, anyone_signed_in
from portal.core.db import write
from portal.core.page import page
from portal.people import actions
from portal.people.actions.directory import Identity, owner_of
from portal.people.signing_in import directory
from portal.people.signing_in.signed import Signed, Unreachable, Untrue
from portal.people.views.blueprint import bp

log = logging.getLogger(__name__)
TRIP = "work_trip"  # what for, and when, somebody was sent to the service
SHOWN = "work_shown"  # the work account that was shown there, until a button connects it
TRIP_TAKES = timedelta(minutes=10)
CLOCKS_DIFFER = 60  # seconds


def leave(why: str, **more: str) -> Response:
    """To the service. All that changes is this browser's own cookie, so a link can lead there; its pages take no form of ours."""
    session[TRIP] = {"why": why, "at": clock.now().timestamp(), "next": local(request.args.get("next")), **more}
    try:
        return directory.service().leave(is_fresh=why in ("again", "connect"))
    except (Unreachable, Untrue) as error:
        return trouble(error)


def local(address: str | None) -> str:
    return address if address and address.startswith("/") and "\\" not in address and validate_redirect_url(address) else ""


def trouble(error: Exception) -> Response:
    """A plain page with the way forward. What was wrong is in the log, by its kind alone."""
    log.warning("single sign-on: %s", type(error).__name__, exc_info=error)
    down = isinstance(error, Unreachable)
    return page("people/work_trouble.html", what="down" if down else "failed", status=503 if down else 400)


@bp.get("/sign-in/work")
@allow(anyone)
def work_sign_in() -> Response:
    directory.service()
    return leave("enter") if g.user is None else redirect(local(request.args.get("next")) or url_for("reporting.desk"), 303)


@bp.get("/sign-in/work-again")
@allow(anyone_signed_in)
def work_again() -> Response:
    """Before something grave: the service asks for the password again, and says when it was given."""
    return leave("again")


@bp.get("/sign-in/work-back")
@allow(anyone)
def work_return() -> Response:
    """Where the service sends people back to, with a code that counts once; the one GET that can sign somebody in."""
    service, trip = directory.service(), session.pop(TRIP, None)
    try:
        signed = service.come_back()
        if trip is None or is_too_old(trip["at"]):
            raise Untrue("a trip that nobody began, or began too long ago")
        return ARRIVALS[trip["why"]](signed, trip)
    except (Unreachable, Untrue) as error:
        return trouble(error)


def is_too_old(began: float) -> bool:
    return clock.now().timestamp() - began > TRIP_TAKES.total_seconds()


def enter(signed: Signed, trip: dict[str, Any]) -> Response:
    """Signed in, unless the second factor is still to come; a stranger and a disabled person read the same."""
    user = write(actions.enter, signed.identity, signed.nonce, directory.roles_told(signed))
    if user is None:
        return page("people/work_trouble.html", what="refused", status=403)
    directory.keep(signed)
    if not signed.has_factor:
        plugins = current_app.extensions["security"].two_factor_plugins
        if (step := plugins.tf_enter(user, None, "oidc", next_loc=trip["next"] or None)) is not None:
            session["tf_began"] = clock.now().timestamp()
            return step
    login_user(user, authn_via=["oidc"])
    session["fs_paa"] = min(signed.authenticated_at, clock.now().timestamp())  # an old session there is not fresh here
    return redirect(trip["next"] or url_for("reporting.desk"), 303)


def again(signed: Signed, trip: dict[str, Any]) -> Response:
    """The same person, who has just given the password there: an old session at the service does not count."""
    if g.user is None or not is_own(signed.identity) or signed.authenticated_at < trip["at"] - CLOCKS_DIFFER:
        raise Untrue("not the person, or not just now")
    session["fs_paa"] = clock.now().timestamp()
    return redirect(trip["next"] or url_for("people.account"), 303)


def is_own(identity: Identity) -> bool:
    owner = owner_of(identity)
    return owner is not None and owner.id == g.user.id


def show(signed: Signed, trip: dict[str, Any]) -> Response:
    """Not connected yet: a page says which account it is, and asks."""
    if g.user is None:
        raise Untrue("signed out meanwhile")
    remember(signed)
    return redirect(url_for("people.work_account"), 303)


def invited(signed: Signed, trip: dict[str, Any]) -> Response:
    """Back at the invitation, which says as whom it would be accepted; who has an account here signs in with it first."""
    if owner_of(signed.identity) is not None:
        return enter(signed, trip | {"next": url_for("people.invitation", token=trip["token"])})
    remember(signed, trip["token"])
    return redirect(url_for("people.invitation", token=trip["token"]), 303)


ARRIVALS: dict[str, Callable[[Signed, dict[str, Any]], Response]] = {
    "enter": enter, "again": again, "connect": show, "invitation": invited,
}  # fmt: skip


def remember(signed: Signed, token: str = "") -> None:  # nosec B107
    session[SHOWN] = {"identity": vars(signed.identity), "has_factor": signed.has_factor, "at": clock.now().timestamp(),
                      "authenticated_at": signed.authenticated_at, "token": token}  # fmt: skip


def shown(token: str = "") -> dict[str, Any] | None:  # nosec B107
    """The work account that this browser has shown in the last ten minutes, for this purpose."""
    found: dict[str, Any] | None = session.get(SHOWN)
    return found if found and found["token"] == token and not is_too_old(found["at"]) else None


@bp.get("/sign-out/work")
@allow(anyone)
def work_signed_out() -> Response:
    """Signed out here; now there. Not by a redirect from our form: the content policy lets it lead nowhere else."""
    address = directory.service().goodbye()
    if address is None:
        return redirect("/", 303)
    response = page("people/work_signed_out.html", address=address)
    response.headers["Refresh"] = f"0; url={address}"
    return response

"""Before something grave the password is asked for again, when it was typed too long ago."""

from datetime import timedelta

from flask import flash, g, redirect, request, session, url_for
from werkzeug.wrappers import Response

from portal.core import clock
from portal.people import keeping

FRESH_FOR = timedelta(minutes=15)
GRAVE: set[str] = set()
ASKS_PASSWORD = {"security.change_password", "people.email"}  # themselves, of those who have one


def asks_again(*endpoints: str) -> None:
    """Let these addresses ask for the password again: money, bank details, accounts and what people may do."""
    GRAVE.update(endpoints)


def ask_before_grave() -> Response | None:
    """Before every request."""
    user = g.get("user")
    if user is None:
        return None
    is_grave = request.endpoint in GRAVE or (request.endpoint in ASKS_PASSWORD and not user.password)
    return ask_again() if is_grave else None


def ask_again() -> Response | None:
    """The way to the password, unless it was typed just now. What was typed into a form is kept, and is back in it afterwards."""
    if is_fresh():
        return None
    back = request.full_path.rstrip("?") if request.method == "GET" else keeping.keep()
    if request.method == "POST" and back is not None:
        flash("Your form was not sent yet. Once you have shown that it is you, it is back, as you typed it.", "important")
    address = url_for("people.confirm_passkey" if g.user.passkeys and not g.user.password else "security.verify", next=back)
    return Response(status=401, headers={"HX-Redirect": address}) if request.headers.get("HX-Request") else redirect(address, 303)


def is_fresh() -> bool:
    return clock.now().timestamp() - session.get("fs_paa", 0) <= FRESH_FOR.total_seconds()

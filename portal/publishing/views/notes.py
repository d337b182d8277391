"""What every public service owes its readers: privacy, cookies, accessibility, contact."""

from datetime import date

from flask import current_app
from werkzeug.wrappers import Response

from portal.core.access import allow, anyone
from portal.core.holders import RULES
from portal.publishing.views.blueprint import bp, public_page

PREPARED_ON = date(2026, 11, 22)
REVIEWED_ON = date(2026, 11, 22)  # of the accessibility statement: a test fails when its words change and this does not


@bp.get("/privacy")
@allow(anyone)
def privacy() -> Response:
    return public_page("publishing/privacy.html", kept=[(rule.title, rule.says()) for rule in RULES.values()])


@bp.get("/cookies")
@allow(anyone)
def cookies() -> Response:
    settings = current_app.extensions["settings"]
    return public_page("publishing/cookies.html", cookie=current_app.config["SESSION_COOKIE_NAME"], settings=settings)


@bp.get("/accessibility")
@allow(anyone)
def accessibility() -> Response:
    return public_page("publishing/accessibility.html", prepared_on=PREPARED_ON, reviewed_on=REVIEWED_ON)


@bp.get("/contact")
@allow(anyone)
def contact() -> Response:
    return public_page("publishing/contact.html")

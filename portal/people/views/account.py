"""One's own account."""

from flask import g
from werkzeug.wrappers import Response

from portal.core.access import allow, anyone_signed_in
from portal.core.page import page
from portal.people.views.blueprint import bp


@bp.get("/account")
@allow(anyone_signed_in)
def account() -> Response:
    return page("people/account.html", person=g.user)

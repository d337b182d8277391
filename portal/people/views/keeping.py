"""How long things are kept: the rules, what is due today, and the button that lets it go."""

from typing import Any

from flask import flash, g, redirect, url_for
from werkzeug.wrappers import Response

from portal.core.access import allow
from portal.core.forms import carried_out
from portal.core.page import page
from portal.people import retention
from portal.people.forms import SureForm
from portal.people.policy import handles_requests, is_administrator
from portal.people.views.blueprint import bp


@bp.get("/personal-data/retention")
@allow(handles_requests)
def retention_rules() -> Response:
    """The dry run of every rule."""
    return show(may_carry_out=is_administrator(g.user))


@bp.route("/personal-data/retention/carry-out", methods=["GET", "POST"])
@allow(is_administrator)
def carry_out() -> Response:
    form, by = SureForm(), g.user
    if not carried_out(form, lambda: retention.ask(by=by)):
        return show(form=form, errors=form.error_list(), status=422 if form.errors else 200)
    flash("It is being carried out. Reload this page to see what is still due.")
    return redirect(url_for(".retention_rules"), 303)


def show(**what: Any) -> Response:
    return page("people/retention.html", rules=[(rule, due) for _, rule, due in retention.all_due()], **what)

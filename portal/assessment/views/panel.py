"""Putting a bid before the panel, in rounds that have one."""

from flask import flash, g, redirect, request, url_for
from werkzeug.wrappers import Response

from portal.applications.models import Application
from portal.applications.workflow import LIFE as BID
from portal.assessment import actions, lists
from portal.assessment.steps import why_not
from portal.assessment.views.blueprint import bp
from portal.core.access import allow
from portal.core.db import write
from portal.core.page import page


@bp.route("/<ref>/panel", methods=["GET", "POST"])
@allow(BID.may("to_panel"), load=lists.bid_by_ref, done="assessment.show")
def to_panel(application: Application) -> Response:
    """What the panel is given, then the step itself."""
    if request.method == "GET":
        assignments = lists.assignments_of(application)
        return page("assessment/panel.html", application=application, verdict=lists.verdict_of(application, assignments),
                    why_not=why_not(application, assignments, "to_panel"))  # fmt: skip
    ref = application.ref
    write(actions.to_panel, application, by=g.user)
    flash(f"{ref} is before the panel. Recommend an amount once it has met.")
    return redirect(url_for(".show", ref=ref), 303)

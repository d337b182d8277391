"""The panel: sending a bid there, and noting that it is deferred or kept in reserve."""

from typing import Any

from flask import flash, g, redirect, url_for
from werkzeug.wrappers import Response

from portal.applications.models import Application
from portal.applications.workflow import LIFE as BID
from portal.assessment import actions, lists
from portal.assessment.actions.panel import next_place
from portal.assessment.forms import ReasonForm, ReserveForm
from portal.assessment.steps import why_not
from portal.assessment.views.blueprint import bp
from portal.core.access import allow
from portal.core.db import write
from portal.core.forms import Form, carried_out
from portal.core.page import page


@bp.route("/<ref>/panel", methods=["GET", "POST"])
@allow(BID.may("to_panel"), load=lists.bid_by_ref, done="assessment.show")
def to_panel(application: Application) -> Response:
    form, ref = Form(), application.ref
    if form.validate_on_submit():
        write(actions.to_panel, application, by=g.user)
        flash(f"{ref} is with the panel.")
        return redirect(url_for(".show", ref=ref, part="scores"), 303)
    return ask(application, "to_panel", form)


@bp.route("/<ref>/defer", methods=["GET", "POST"])
@allow(BID.may("defer"), load=lists.bid_by_ref, done="assessment.show")
def defer(application: Application) -> Response:
    form, ref = ReasonForm(), application.ref
    if carried_out(form, lambda: actions.defer(application, form.reason.data or "", by=g.user)):
        flash(f"{ref} is deferred. The grants team answers what was asked.")
        return redirect(url_for(".show", ref=ref), 303)
    return ask(application, "defer", form)


@bp.route("/<ref>/reserve", methods=["GET", "POST"])
@allow(BID.may("hold_in_reserve"), load=lists.bid_by_ref, done="assessment.show")
def hold_in_reserve(application: Application) -> Response:
    form, ref = ReserveForm(data={"place": next_place(application)}), application.ref
    if carried_out(form, lambda: actions.hold_in_reserve(application, form.place.data or 0, form.reason.data or "", by=g.user)):
        flash(f"{ref} is on the reserve list.")
        return redirect(url_for(".show", ref=ref), 303)
    return ask(application, "hold_in_reserve", form)


def ask(application: Application, name: str, form: Any) -> Response:
    """One page for the three, which say each what follows."""
    return page(
        "assessment/panel.html", application=application, name=name, form=form,
        why_not=why_not(application, lists.assignments_of(application), name),
        errors=form.error_list(), status=422 if form.errors else 200,
    )  # fmt: skip

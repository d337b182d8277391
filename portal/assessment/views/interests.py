"""Declaring interests: before a bid opens, and whenever one comes to light."""

from flask import flash, g, redirect, url_for
from werkzeug.wrappers import Response

from portal.assessment import actions, lists
from portal.assessment.forms import CONFLICT, InterestForm
from portal.assessment.models import Assignment, Stage
from portal.assessment.policy import is_assessor_of
from portal.assessment.views.blueprint import bp
from portal.core.access import allow
from portal.core.db import write
from portal.core.page import page


@bp.route("/<ref>/interest", methods=["GET", "POST"])
@allow(is_assessor_of, load=lists.own_assignment)
def interest(assignment: Assignment) -> Response:
    """Only who takes part is shown here, never what the bid says."""
    form, ref = InterestForm(), assignment.application.ref
    if assignment.stage is Stage.STOOD_DOWN:
        return page("assessment/closed.html", assignment=assignment)
    if not form.validate_on_submit():
        return show_interest(assignment, form)
    if form.declared.data == CONFLICT:
        write(actions.conflict, assignment, form.interest.data or "", by=g.user)
        return redirect(url_for(".interest", ref=ref), 303)
    if assignment.stage is Stage.INVITED:
        write(actions.declare, assignment, False, form.noted, by=g.user)
        flash("Thank you. The bid is open to you now.")
    return redirect(url_for(".score", ref=ref), 303)


def show_interest(assignment: Assignment, form: InterestForm) -> Response:
    return page(
        "assessment/interest.html", assignment=assignment, partners=lists.partners_of(assignment.application), form=form,
        errors=form.error_list(), status=422 if form.errors else 200,
    )  # fmt: skip

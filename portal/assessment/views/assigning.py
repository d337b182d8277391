"""Who scores a bid: asking assessors, and taking them off it."""

from flask import flash, g, redirect, request, url_for
from werkzeug.wrappers import Response

from portal.applications.models import Application
from portal.assessment import actions, lists
from portal.assessment.forms import ReasonForm
from portal.assessment.models import Assignment
from portal.assessment.steps import steps_with
from portal.assessment.views.bids import show_part
from portal.assessment.views.blueprint import bp
from portal.assessment.words import together
from portal.assessment.workflow import LIFE
from portal.core.access import allow
from portal.core.db import write
from portal.core.forms import carried_out
from portal.core.page import page
from portal.core.problems import NotNow, Refused
from portal.people.lists import holders_of
from portal.people.models import OfficeRole
from portal.people.policy import is_officer


@bp.post("/<ref>/assign")
@allow(is_officer, load=lists.bid_by_ref)
def assign(application: Application) -> Response:
    wanted, ref = set(request.form.getlist("assessors")), application.ref
    chosen = [user for user in holders_of(OfficeRole.ASSESSOR) if str(user.id) in wanted]
    try:
        write(actions.assign_all, application, chosen, by=g.user)
    except Refused as problem:
        return show_part(application, "scores", [(str(problem), "#assessors")], 422)
    flash(f"We have asked {together([user.name for user in chosen])} to assess {ref}.")
    return redirect(url_for(".show", ref=ref, part="scores"), 303)


@bp.route("/<ref>/assessors/<int:assignment_id>/stand-down", methods=["GET", "POST"])
@allow(LIFE.may("stand_down"), load=lists.assignment_by_id)
def stand_down(assignment: Assignment) -> Response:
    return with_reason(assignment, "stand_down", "{assessor} no longer assesses {ref}.")


@bp.route("/<ref>/assessors/<int:assignment_id>/ask-again", methods=["GET", "POST"])
@allow(LIFE.may("ask_again"), load=lists.assignment_by_id)
def ask_again(assignment: Assignment) -> Response:
    return with_reason(assignment, "ask_again", "We have asked {assessor} again to assess {ref}.")


@bp.route("/<ref>/assessors/<int:assignment_id>/send-back", methods=["GET", "POST"])
@allow(LIFE.may("send_back"), load=lists.assignment_by_id)
def send_back(assignment: Assignment) -> Response:
    return with_reason(assignment, "send_back", "We have asked {assessor} to look at their scores of {ref} again.")


@bp.route("/<ref>/assessors/<int:assignment_id>/interest", methods=["GET", "POST"])
@allow(LIFE.may("conflict"), load=lists.assignment_by_id)
def conflict(assignment: Assignment) -> Response:
    return with_reason(assignment, "conflict", "{ref} is closed to {assessor} from now on.")


def with_reason(assignment: Assignment, name: str, done: str) -> Response:
    """A move that needs a reason: asked for on a page of its own."""
    if name not in {move.name for move in steps_with(g.user, assignment)}:
        raise NotNow(f"{assignment.application} is {assignment.application.stage.label.lower()}, so this cannot be done now.")
    form, ref, assessor = ReasonForm(), assignment.application.ref, assignment.assessor.name
    if carried_out(form, lambda: getattr(actions, name)(assignment, form.reason.data or "", by=g.user)):
        flash(done.format(ref=ref, assessor=assessor))
        return redirect(url_for(".show", ref=ref, part="scores"), 303)
    return page("assessment/reason.html", assignment=assignment, name=name, form=form, errors=form.error_list(),
                status=422 if form.errors else 200)  # fmt: skip

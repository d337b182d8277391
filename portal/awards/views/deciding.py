"""The decision-maker's page: typed, looked over once more, then final."""

from flask import flash, g, redirect, request, url_for
from werkzeug.wrappers import Response

from portal.applications.models import Application
from portal.applications.policy import may_decide
from portal.applications.workflow import LIFE as BID
from portal.assessment.lists import bid_by_ref
from portal.assessment.policy import restricted_scores
from portal.awards import actions, lists
from portal.awards.brief import Brief, brief_of
from portal.awards.forms import DecisionForm, InterestForm
from portal.awards.views.blueprint import bp
from portal.core.access import allow, check_stage
from portal.core.audit import note_look
from portal.core.db import write
from portal.core.page import page
from portal.core.problems import Refused

OPEN = BID.may("decline")  # possible from every stage in which a bid can be decided at all


@bp.route("/decide/<ref>", methods=["GET", "POST"])
@allow(may_decide, load=bid_by_ref)
def decide(application: Application) -> Response:
    if OPEN.why_not_now(application) and (made := lists.decision_on(application)) is not None:
        return redirect(url_for(".notice", ref=made.ref), 303)  # a repeated click meets what it decided
    check_stage(OPEN, application)
    brief = brief_of(application)
    form = DecisionForm(brief)
    if request.method == "GET" or form.step.data == "change":
        return ask(form)
    if not form.validate_on_submit():
        return ask(form, 422)
    return make(application, form) if form.step.data == "confirm" else page("awards/confirm.html", form=form, brief=brief)


def ask(form: DecisionForm, status: int = 200, interest: InterestForm | None = None) -> Response:
    brief: Brief = form.brief
    note_look(g.user, brief.application, restricted_scores(brief.application))
    errors = form.error_list() if interest is None else interest.error_list()
    return page("awards/decide.html", form=form, brief=brief, interest=interest or InterestForm(formdata=None),
                errors=errors if status == 422 else [], status=status)  # fmt: skip


def make(application: Application, form: DecisionForm) -> Response:
    """Decide. What was typed stays when the last pounds went to another bid in the meantime."""
    outcome = form.decided
    if outcome is None:
        return ask(form, 422)
    try:
        decision = write(actions.decide, application, outcome, form.pence, budget_id=form.budget_id, by=g.user, **form.words())
    except Refused as problem:
        form.refuse(str(problem), problem.field)
        form.brief = brief_of(application)
        return ask(form, 422)
    flash(f"Your decision {decision.ref} stands: {decision.outcome.label.lower()}.")
    return redirect(url_for(".notice", ref=decision.ref), 303)


@bp.post("/decide/<ref>/stand-aside")
@allow(may_decide, load=bid_by_ref)
def stand_aside(application: Application) -> Response:
    check_stage(OPEN, application)
    interest = InterestForm()
    if not interest.validate_on_submit():
        return ask(DecisionForm(brief_of(application), formdata=None), 422, interest)
    ref = application.ref
    write(actions.stand_aside, application, interest.interest.data, by=g.user)
    flash(f"You have stood aside from {ref}. It is closed to you now, and another decision-maker will decide it.")
    return redirect(url_for(".index"), 303)

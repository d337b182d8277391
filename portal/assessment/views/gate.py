"""The gate: what the portal found, what the officer says, and the three ways out; and taking a refusal back."""

from typing import Any

from flask import flash, g, redirect, request, url_for
from werkzeug.wrappers import Response
from wtforms import SelectChoice

from portal.applications.models import Application
from portal.applications.workflow import LIFE as BID
from portal.assessment import actions, gate, lists
from portal.assessment.forms import ReasonForm, RefuseForm, ReturnForm
from portal.assessment.posted import read_gate
from portal.assessment.views.blueprint import bp
from portal.core.access import allow
from portal.core.db import write
from portal.core.page import page
from portal.people.lists import papers_told
from portal.questions.published import sections_of

Answer = tuple[bool, str]  # passed, note
PASS, REFUSE = "pass", "refuse"
WAYS_OUT: dict[str | None, str] = {"ask": ".return_", REFUSE: ".refuse"}  # each asks for more on a page of its own


@bp.route("/<ref>/gate", methods=["GET", "POST"], endpoint="gate")
@allow(BID.may("admit"), load=lists.bid_by_ref, done="assessment.show")
def check(application: Application) -> Response:
    if request.method == "GET":
        return show_gate(application, kept_answers(application))
    answers, way, ref = read_gate(request.form, application.round.gate_checks), request.form.get("way"), application.ref
    if problems := problems_on_the_way(application, answers, way):
        return show_gate(application, answers, problems)
    if way == PASS:
        write(actions.admit, application, answers, by=g.user)
        flash(f"{ref} is in assessment. Choose who scores it.")
        return redirect(url_for(".show", ref=ref, part="scores"), 303)
    write(actions.keep_gate, application, answers, by=g.user)
    if way not in WAYS_OUT:
        flash("What you have checked so far is saved.")
    return redirect(url_for(WAYS_OUT.get(way, ".gate"), ref=ref), 303)


def problems_on_the_way(application: Application, answers: dict[int, Answer], way: str | None) -> list[tuple[str, str]]:
    """What keeps the bid from leaving the gate by this way."""
    if way not in (PASS, REFUSE):
        return []
    problems = actions.gate_problems(application, answers, needs_all=way == PASS)
    failing = [check for check in application.round.gate_checks if check.id in answers and not answers[check.id][0]]
    if way == PASS:
        return problems + [
            (f"This fails, so the bid cannot go to assessors: {each.label}", f"#check-{each.id}") for each in failing
        ]
    return problems if failing else [("Say which check fails before you refuse the bid", "#main-content")]


def kept_answers(application: Application) -> dict[int, Answer]:
    return {result.check_id: (result.passed, result.note) for result in lists.gate_results(application)}


def show_gate(application: Application, answers: dict[int, Answer], errors: Any = ()) -> Response:
    """A check shows what was said of it before; else what the portal found."""
    return page(
        "assessment/gate.html", application=application, findings=gate.findings(application), answers=answers,
        content=lists.content_for_office(application), errors=errors, status=422 if errors else 200,
        papers=papers_told((application.organisation, application.accountable_body)),
    )  # fmt: skip


@bp.route("/<ref>/return", methods=["GET", "POST"])
@allow(BID.may("return"), load=lists.bid_by_ref)
def return_(application: Application) -> Response:
    """Ask the applicant to change named sections."""
    form, ref = ReturnForm(), application.ref
    sections = sections_of(application.answer_set.version_id)
    form.sections.choices = [SelectChoice(section.code, section.title) for section in sections]
    if not form.validate_on_submit():
        return page("assessment/return.html", application=application, form=form, errors=form.error_list(),
                    status=422 if form.errors else 200)  # fmt: skip
    write(actions.ask, application, form.reason.data or "", form.sections.data or [], by=g.user)
    flash(f"{ref} is with the applicant again. We have sent them your message.")
    return redirect(url_for(".show", ref=ref), 303)


@bp.route("/<ref>/refuse", methods=["GET", "POST"])
@allow(BID.may("refuse_entry"), load=lists.bid_by_ref, done="assessment.show")
def refuse(application: Application) -> Response:
    """Look once more at what the applicant will read, then refuse."""
    answers, form = kept_answers(application), RefuseForm()
    failed = [check for check in application.round.gate_checks if not answers.get(check.id, (True, ""))[0]]
    if not failed:
        flash("No check fails yet: say which one before you refuse the bid.", "info")
        return redirect(url_for(".gate", ref=application.ref), 303)
    if not form.validate_on_submit():
        return page("assessment/refuse.html", application=application, failed=failed, form=form, errors=form.error_list(),
                    status=422 if form.errors else 200)  # fmt: skip
    ref = application.ref
    write(actions.refuse_entry, application, answers, form.explanation.data or "", by=g.user)
    flash(f"{ref} is refused. We have told the applicant why.")
    return redirect(url_for(".show", ref=ref), 303)


@bp.route("/<ref>/reinstate", methods=["GET", "POST"])
@allow(BID.may("reinstate"), load=lists.bid_by_ref)
def reinstate(application: Application) -> Response:
    """Take back a refusal or a decline."""
    form, ref = ReasonForm(), application.ref
    if form.validate_on_submit():
        write(actions.reinstate, application, form.reason.data or "", by=g.user)
        flash(f"{ref} is back at the gate. We have told the applicant.")
        return redirect(url_for(".show", ref=ref), 303)
    return page("assessment/reinstate.html", application=application, form=form, errors=form.error_list(),
                status=422 if form.errors else 200)  # fmt: skip

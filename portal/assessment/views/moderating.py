"""Moderation: the scores side by side, the points agreed; and the recommendation that follows."""

from collections.abc import Sequence
from typing import Any

from flask import flash, g, redirect, request, url_for
from werkzeug.wrappers import Response

from portal.applications.models import Application
from portal.applications.models import Stage as BidStage
from portal.applications.workflow import LIFE as BID
from portal.assessment import actions, lists
from portal.assessment.forms import RecommendForm
from portal.assessment.models import Assignment
from portal.assessment.policy import can_see_scores, restricted_scores
from portal.assessment.posted import Typed, read_agreed
from portal.assessment.steps import why_not
from portal.assessment.views.blueprint import bp
from portal.core.access import allow
from portal.core.audit import note_look
from portal.core.db import write
from portal.core.page import page
from portal.core.problems import Incomplete, Refused
from portal.funds.judging import scheme_of
from portal.funds.round_lists import justification_for
from portal.people.policy import is_officer


@bp.route("/<ref>/moderate", methods=["GET", "POST"])
@allow(is_officer, load=lists.bid_by_ref)
def moderate(application: Application) -> Response:
    ref, is_begun = application.ref, application.stage is BidStage.IN_MODERATION
    if request.method == "POST" and "begin" in request.form:
        if not is_begun:  # a repeated click meets what it began
            write(actions.moderate, application, by=g.user)
        return redirect(url_for(".moderate", ref=ref), 303)
    if request.method == "POST":
        return save(application)
    if not is_begun and application.stage is not BidStage.IN_ASSESSMENT:
        return redirect(url_for(".show", ref=ref, part="scores"), 303)
    return show_moderation(application)


def save(application: Application) -> Response:
    ref = application.ref
    known = {each.criterion_id: each for each in lists.moderated_of(application)}
    criteria = application.round.criteria
    typed = {each.id: read_agreed(request.form, each, known.get(each.id)) for each in criteria}
    if errors := [(each.problem, f"#points-{key}") for key, each in typed.items() if each.problem]:
        return show_moderation(application, typed, errors)
    agreed = {key: (each.number, each.words) for key, each in typed.items() if each.number is not None}
    editions = {key: each.edition for key, each in typed.items()}
    try:
        write(actions.save_moderated, application, agreed, editions, by=g.user)
    except Incomplete as problem:
        return show_moderation(application, typed, problem.missing)
    except actions.Overtaken as problem:
        errors = [(str(problem), f"#stands-{key}") for key in problem.criterion_ids[:1]]
        return show_moderation(application, typed, errors, problem.criterion_ids)
    points = {key: each.number for key, each in typed.items() if each.number is not None}
    scheme = scheme_of(application.round)
    flash(f"The agreed score of {ref} is {scheme.text(scheme.judge(points))}.")
    return redirect(url_for(".show", ref=ref, part="scores"), 303)


def show_moderation(
    application: Application, typed: dict[int, Typed] | None = None, errors: Any = (), overtaken: Sequence[int] = ()
) -> Response:
    """What was typed stands in the fields; where a colleague was faster, theirs beside it, and the choice."""
    assignments = lists.assignments_of(application)
    is_shown = can_see_scores(g.user, application, assignments)
    note_look(g.user, application, restricted_scores(application) if is_shown else "")
    parts, _ = lists.by_criterion(lists.content_for_office(application), application.round.criteria)
    return page(
        "assessment/moderate.html", application=application, parts=parts, typed=typed or {},
        awaited=obstacle(application, assignments),
        comparison=lists.compare(application, assignments) if is_shown else None, overtaken=overtaken,
        errors=errors, status=409 if overtaken else 422 if errors else 200,
    )  # fmt: skip


def obstacle(application: Application, assignments: list[Assignment]) -> str | None:
    if application.stage is BidStage.IN_MODERATION:
        return lists.awaited(application, assignments)
    return why_not(application, assignments, "moderate")


@bp.route("/<ref>/recommend", methods=["GET", "POST"])
@allow(BID.may("recommend"), load=lists.bid_by_ref, done="assessment.show")
def recommend(application: Application) -> Response:
    """Advise the decision-maker: an amount and why."""
    form, ref = RecommendForm(application, data={"amount": application.requested_pence}), application.ref
    if form.validate_on_submit():
        try:
            write(actions.recommend, application, form.amount.data or 0, form.reasons.data or "", by=g.user)
        except Refused as problem:
            form.refuse(str(problem), problem.field)
        else:
            flash(f"{ref} is recommended, and waits for its decision.")
            return redirect(url_for(".show", ref=ref), 303)
    return show_recommendation(application, form)


def show_recommendation(application: Application, form: RecommendForm) -> Response:
    assignments = lists.assignments_of(application)
    is_shown = can_see_scores(g.user, application, assignments)
    note_look(g.user, application, restricted_scores(application) if is_shown else "")
    comparison = lists.compare(application, assignments) if is_shown else None
    errors = form.error_list()
    return page(
        "assessment/recommend.html", application=application, form=form, comparison=comparison,
        justification=justification_for(application.round, application.organisation_id),
        why_not=why_not(application, assignments, "recommend"), budgets=lists.budgets_of(application),
        errors=errors, status=422 if errors else 200,
    )  # fmt: skip

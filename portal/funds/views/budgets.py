"""Changing a fund's budget: proposed by one person, answered by another."""

from flask import flash, g, redirect, request, url_for
from werkzeug.wrappers import Response

from portal.core.access import allow
from portal.core.db import db, write
from portal.core.page import page
from portal.core.problems import Refused
from portal.funds import actions, finding
from portal.funds.forms import BudgetForm, RefusalForm
from portal.funds.models import BudgetChange, Fund, Source
from portal.funds.policy import may_answer, may_propose, may_refuse
from portal.funds.views.blueprint import bp
from portal.funds.views.editing import answered
from portal.people.policy import sees_all_cases


def back_to(fund: Fund, words: str) -> tuple[str, str]:
    return words, url_for("reporting.fund", slug=fund.slug)


@bp.route("/funds/<slug>/budget/new", methods=["GET", "POST"])
@allow(may_propose, load=finding.fund_by_slug)
def propose(fund: Fund) -> Response:
    """`?of=source:year` begins with the budget that is there."""
    of, by = request.args.get("of", ""), g.user
    now = next((each for each in fund.budgets if f"{each.source_id}:{each.year}" == of), None)
    known = {"source_year": of, "pence": now.pence, "over": now.over_programming_pence} if now else {}
    form = BudgetForm(finding.years_to_draw_on(), data=known)

    def ask() -> None:
        source_id, year = form.chosen
        actions.propose(fund, db.session.get_one(Source, source_id), year, form.terms, by=by)

    return answered(form, ask, "funds/propose.html",
                    lambda: back_to(fund, "The change is proposed. Another person from finance answers it."),
                    fund=fund, now=now)  # fmt: skip


@bp.get("/funds/<slug>/budget/<int:change_id>")
@allow(sees_all_cases, load=finding.change_by_id)
def change(found: BudgetChange) -> Response:
    return change_page(found)


def change_page(found: BudgetChange, problem: str = "") -> Response:
    return page("funds/change.html", change=found, fund=found.fund, may_answer=found.is_open and may_answer(g.user, found),
                may_refuse=found.is_open and may_refuse(g.user, found), errors=[problem] if problem else [],
                status=422 if problem else 200)  # fmt: skip


@bp.post("/funds/<slug>/budget/<int:change_id>/approve")
@allow(may_answer, load=finding.change_by_id)
def approve(found: BudgetChange) -> Response:
    try:
        write(actions.approve, found, by=g.user)
    except Refused as problem:
        return change_page(found, str(problem))
    words, address = back_to(found.fund, "The budget is changed.")
    flash(words)
    return redirect(address, 303)


@bp.route("/funds/<slug>/budget/<int:change_id>/refuse", methods=["GET", "POST"])
@allow(may_refuse, load=finding.change_by_id)
def refuse(found: BudgetChange) -> Response:
    form, by = RefusalForm(), g.user
    return answered(form, lambda: actions.refuse(found, form.reason.data, by=by), "funds/refuse.html",
                    lambda: back_to(found.fund, "The budget stays as it was."), change=found, fund=found.fund,
                    is_own=found.proposed_by_id == by.id)  # fmt: skip

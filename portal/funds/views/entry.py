"""Whom a round lets apply: the questions before the form, and the checks at the gate after submission."""

from flask import flash, g, redirect, request, url_for
from werkzeug.wrappers import Response

from portal.core.access import allow
from portal.core.db import write
from portal.core.page import page
from portal.funds import actions, lists
from portal.funds.forms.entry import CheckForm, QuestionForm, check_as_typed, question_as_typed
from portal.funds.lists import round_for_staff
from portal.funds.models import Round
from portal.funds.prefills import PREFILLS
from portal.funds.views.asking import ask, row_of
from portal.funds.views.blueprint import bp
from portal.people.policy import is_officer, sees_all_cases


@bp.get("/rounds/<round_code>/eligibility")
@allow(sees_all_cases, load=round_for_staff)
def eligibility(round_: Round) -> Response:
    """Both lists: what is asked before the form, and what is checked after it."""
    return show(round_)


def show(round_: Round, errors: list[tuple[str, str]] | None = None, status: int = 200) -> Response:
    can_change = is_officer(g.user) and round_.judging_fixed_at is None
    return page(
        "funds/eligibility.html", round=round_, can_change=can_change, looks=PREFILLS, errors=errors or [],
        earlier=lists.rounds_to_copy(round_) if can_change else [], status=status,
    )  # fmt: skip


@bp.route("/rounds/<round_code>/eligibility/add", methods=["GET", "POST"])
@allow(is_officer, load=round_for_staff)
def add_question(round_: Round) -> Response:
    return ask("funds/question.html", round_, QuestionForm(), actions.add_question, round_, back=home(round_),
               done="The question is added.")  # fmt: skip


@bp.route("/rounds/<round_code>/eligibility/<int:row_id>", methods=["GET", "POST"])
@allow(is_officer, load=round_for_staff)
def edit_question(round_: Round, row_id: int) -> Response:
    row = row_of(round_.eligibility, row_id)
    stored = question_as_typed(row)
    return ask("funds/question.html", round_, QuestionForm(data=stored), actions.change_question, row, back=home(round_),
               done="The question is saved.", row=row, stored=stored)  # fmt: skip


@bp.post("/rounds/<round_code>/eligibility/<int:row_id>/move")
@allow(is_officer, load=round_for_staff)
def move_question(round_: Round, row_id: int) -> Response:
    back = home(round_)
    write(actions.move_row, row_of(round_.eligibility, row_id), up=request.form.get("way") == "up", by=g.user)
    return redirect(back, 303)


@bp.post("/rounds/<round_code>/eligibility/<int:row_id>/remove")
@allow(is_officer, load=round_for_staff)
def remove_question(round_: Round, row_id: int) -> Response:
    back = home(round_)
    write(actions.remove_row, row_of(round_.eligibility, row_id), by=g.user)
    flash("The question is removed.")
    return redirect(back, 303)


@bp.route("/rounds/<round_code>/gate/add", methods=["GET", "POST"])
@allow(is_officer, load=round_for_staff)
def add_check(round_: Round) -> Response:
    form = CheckForm().offer([*PREFILLS.items()])
    return ask("funds/check.html", round_, form, actions.add_check, round_, back=home(round_), done="The check is added.")


@bp.route("/rounds/<round_code>/gate/<int:row_id>", methods=["GET", "POST"])
@allow(is_officer, load=round_for_staff)
def edit_check(round_: Round, row_id: int) -> Response:
    row = row_of(round_.gate_checks, row_id)
    stored = check_as_typed(row)
    form = CheckForm(data=stored).offer([*PREFILLS.items()])
    return ask("funds/check.html", round_, form, actions.change_check, row, back=home(round_), done="The check is saved.",
               row=row, stored=stored)  # fmt: skip


@bp.post("/rounds/<round_code>/gate/<int:row_id>/move")
@allow(is_officer, load=round_for_staff)
def move_check(round_: Round, row_id: int) -> Response:
    back = home(round_)
    write(actions.move_row, row_of(round_.gate_checks, row_id), up=request.form.get("way") == "up", by=g.user)
    return redirect(f"{back}#gate", 303)


@bp.post("/rounds/<round_code>/gate/<int:row_id>/remove")
@allow(is_officer, load=round_for_staff)
def remove_check(round_: Round, row_id: int) -> Response:
    back = home(round_)
    write(actions.remove_row, row_of(round_.gate_checks, row_id), by=g.user)
    flash("The check is removed.")
    return redirect(f"{back}#gate", 303)


@bp.post("/rounds/<round_code>/eligibility/copy")
@allow(is_officer, load=round_for_staff)
def copy_eligibility(round_: Round) -> Response:
    """Ask and check what an earlier round did."""
    source = next((each for each in lists.rounds_to_copy(round_) if each.code == request.form.get("from")), None)
    if source is None:
        return show(round_, [("Choose the round to take the questions and checks from", "#from")], 422)
    name, back = source.title, home(round_)
    write(actions.copy_entry, round_, source, by=g.user)
    flash(f"The questions and checks are those of {name} now. Nothing there has changed.")
    return redirect(back, 303)


def home(round_: Round) -> str:
    return url_for(".eligibility", round_code=round_.code)

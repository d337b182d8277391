"""The moves of a round that has been checked: opening it, pausing, more time, closing, archiving."""

from collections.abc import Callable
from typing import Any

from flask import flash, g, redirect, request, url_for
from werkzeug.wrappers import Response

from portal.core import clock
from portal.core.access import allow
from portal.core.db import write
from portal.core.page import page
from portal.core.problems import Refused
from portal.funds import actions
from portal.funds import round_lists as lists
from portal.funds.forms.running import ExtendForm, PotForm, ReasonForm
from portal.funds.models import Round
from portal.funds.round_lists import round_by_code
from portal.funds.views.blueprint import bp
from portal.funds.workflow import LIFE


@bp.post("/rounds/<code>/open")
@allow(LIFE.may("open"), load=round_by_code, done="funds.show_round")
def open_round(round_: Round) -> Response:
    """At once, or by itself at its hour."""
    code, opens_at = round_.code, round_.opens_at
    if request.form.get("when") == "at_its_hour":
        write(actions.agree_opening, round_, by=g.user)
        flash(f"Agreed. It opens by itself on {clock.read_moment(opens_at)}.")
    else:
        write(actions.open_round, round_, by=g.user, at_once=True)
        flash("The round is open.")
    return redirect(url_for(".show_round", code=code), 303)


@bp.route("/rounds/<code>/pause", methods=["GET", "POST"])
@allow(LIFE.may("pause"), load=round_by_code, done="funds.show_round")
def pause_round(round_: Round) -> Response:
    return with_reason(round_, "pause", actions.pause, "The round is paused. Everybody with a draft has been told.")


@bp.route("/rounds/<code>/close", methods=["GET", "POST"])
@allow(LIFE.may("close"), load=round_by_code, done="funds.show_round")
def close_round(round_: Round) -> Response:
    return with_reason(round_, "close", actions.close, "The round is closed. Everybody with a draft has been told.")


def with_reason(round_: Round, move: str, action: Callable[..., Any], done: str) -> Response:
    form, code = ReasonForm(), round_.code
    if carried_out(form, lambda: write(action, round_, form.reason.data, by=g.user)):
        flash(done)
        return redirect(url_for(".show_round", code=code), 303)
    errors = form.error_list()
    return page("funds/reason.html", round=round_, move=LIFE.moves[move], form=form, errors=errors, status=422 if errors else 200)


def carried_out(form: Any, act: Callable[[], Any]) -> bool:
    """Send the form; a refusal stands beside its field."""
    if not form.validate_on_submit():
        return False
    try:
        act()
    except Refused as problem:
        form.refuse(str(problem), problem.field)
        return False
    return True


@bp.post("/rounds/<code>/resume")
@allow(LIFE.may("resume"), load=round_by_code, done="funds.show_round")
def resume_round(round_: Round) -> Response:
    code = round_.code
    write(actions.resume, round_, by=g.user)
    flash("The round goes on. Everybody with a draft has been told.")
    return redirect(url_for(".show_round", code=code), 303)


@bp.route("/rounds/<code>/extend", methods=["GET", "POST"])
@allow(LIFE.may("extend"), load=round_by_code)
def extend_round(round_: Round) -> Response:
    """For everybody, or for one named applicant."""
    organisations, code = lists.takers_of(round_), round_.code
    form = ExtendForm().offer(organisations)

    def give() -> None:
        only = next((each for each in organisations if str(each.id) == form.whom.data), None)
        write(actions.extend, round_, form.until or clock.now(), form.reason.data, only=only, by=g.user)

    if carried_out(form, give):
        flash("More time is given. Whom it concerns has been told.")
        return redirect(url_for(".show_round", code=code), 303)
    errors = form.error_list()
    return page("funds/extend.html", round=round_, form=form, errors=errors, status=422 if errors else 200)


@bp.route("/rounds/<code>/pot", methods=["GET", "POST"])
@allow(LIFE.may("set_pot"), load=round_by_code)
def change_pot(round_: Round) -> Response:
    """How much there is, where more or less came in than was thought."""
    form, code = PotForm(data={"pot_pence": round_.pot_pence}), round_.code
    if carried_out(form, lambda: write(actions.set_pot, round_, form.pot_pence.data or 0, form.reason.data, by=g.user)):
        flash("Changed. Decisions are held to it from now on.")
        return redirect(url_for(".show_round", code=code), 303)
    errors = form.error_list()
    return page("funds/pot.html", round=round_, form=form, errors=errors, status=422 if errors else 200)


@bp.post("/rounds/<code>/archive")
@allow(LIFE.may("archive"), load=round_by_code, done="funds.show_round")
def archive_round(round_: Round) -> Response:
    code = round_.code
    write(actions.archive, round_, by=g.user)
    flash("The round is archived.")
    return redirect(url_for(".show_round", code=code), 303)

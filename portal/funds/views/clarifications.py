"""Questions from outside about a round, and the answers that everybody reads."""

from flask import flash, g, redirect, url_for
from werkzeug.wrappers import Response

from portal.core.access import allow
from portal.core.db import write
from portal.core.page import page
from portal.funds import actions
from portal.funds import round_lists as lists
from portal.funds.forms.running import AnswerForm
from portal.funds.models import Clarification, Round
from portal.funds.policy import may_check
from portal.funds.round_lists import clarification_of, round_by_code
from portal.funds.views.blueprint import bp
from portal.funds.views.moves import carried_out
from portal.people.policy import is_staff


@bp.get("/rounds/<code>/clarifications")
@allow(is_staff, load=round_by_code)
def clarifications(round_: Round) -> Response:
    return page("funds/clarifications.html", round=round_, asked=lists.clarifications_of(round_), may_answer=may_check(g.user))


@bp.route("/rounds/<code>/clarifications/<int:clarification_id>", methods=["GET", "POST"])
@allow(may_check, load=clarification_of)
def clarification(asked: Clarification) -> Response:
    form, code = AnswerForm(data={"question": asked.question}), asked.round.code
    if carried_out(form, lambda: write(actions.answer, asked, form.question.data, form.answer.data, by=g.user)):
        flash("The answer is published, and whoever has a draft has been told.")
        return redirect(url_for(".clarifications", code=code), 303)
    errors = form.error_list()
    return page("funds/clarification.html", asked=asked, round=asked.round, form=form, errors=errors,
                status=422 if errors else 200)  # fmt: skip


@bp.post("/rounds/<code>/clarifications/<int:clarification_id>/set-aside")
@allow(may_check, load=clarification_of)
def set_aside(asked: Clarification) -> Response:
    code = asked.round.code
    write(actions.set_aside, asked, by=g.user)
    flash("The question is set aside. Nobody outside reads it.")
    return redirect(url_for(".clarifications", code=code), 303)

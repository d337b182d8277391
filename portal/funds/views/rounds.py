"""Rounds: the list, one with all that it says and lacks, beginning a new one, and how an applicant will see it."""

from flask import flash, g, redirect, request, url_for
from werkzeug.wrappers import Response

from portal.core.access import allow
from portal.core.db import write
from portal.core.page import page
from portal.core.problems import Incomplete, Refused
from portal.funds import actions
from portal.funds import round_lists as lists
from portal.funds.forms.running import BeginForm
from portal.funds.models import Fund, Round, RoundKind
from portal.funds.overview import Overview
from portal.funds.policy import may_check
from portal.funds.round_lists import fund_by_slug, round_by_code
from portal.funds.round_register import RoundList
from portal.funds.views.blueprint import bp
from portal.funds.workflow import LIFE
from portal.people.policy import is_staff
from portal.questions.published import sections_of


@bp.get("/rounds")
@allow(is_staff)
def rounds() -> Response:
    return page("funds/rounds.html", "results", listing=RoundList(request.args, g.user), funds=lists.all_funds(),
                may_begin=may_check(g.user))  # fmt: skip


@bp.get("/rounds/<code>")
@allow(is_staff, load=round_by_code)
def show_round(round_: Round) -> Response:
    return round_page(round_)


def round_page(round_: Round, errors: list[tuple[str, str]] | None = None, status: int = 200) -> Response:
    return page(
        "funds/round.html", round=round_, overview=Overview(round_), moves=LIFE.open_to(g.user, round_), errors=errors,
        may_write=may_check(g.user), status=status,
    )  # fmt: skip


@bp.route("/funds/<slug>/rounds/new", methods=["GET", "POST"])
@allow(may_check, load=fund_by_slug)
def new_round(fund: Fund) -> Response:
    known = lists.rounds_to_copy(fund)
    form = BeginForm(data=suggested(fund, known)).offer(fund, known)
    if form.validate_on_submit():
        like = next((each for each in known if each.code == form.like.data), None)
        kind = like.kind if like else RoundKind(form.kind.data)
        try:
            made = write(actions.begin, fund, (form.code.data or "").upper(), form.title.data or "", kind, like, by=g.user)
        except Refused as problem:
            form.refuse(str(problem), problem.field)
        else:
            return redirect(url_for(".section", code=made.code, section="dates"), 303)
    errors = form.error_list()
    return page("funds/new_round.html", fund=fund, form=form, errors=errors, status=422 if errors else 200)


def suggested(fund: Fund, known: list[Round]) -> dict[str, str]:
    """What one would type most often: a copy of the fund's last round."""
    own = [each for each in known if each.fund_id == fund.id]
    return {"like": own[0].code, "title": own[0].title} if own else {}


@bp.get("/rounds/<code>/preview")
@allow(is_staff, load=round_by_code)
def preview(round_: Round) -> Response:
    version = round_.question_version_id
    return page("funds/preview.html", round=round_, fund=round_.fund, sections=sections_of(version) if version else [],
                may_try=may_check(g.user))  # fmt: skip


@bp.post("/rounds/<code>/check")
@allow(LIFE.may("check"), load=round_by_code, done="funds.show_round")
def check_round(round_: Round) -> Response:
    """Say that nothing is missing; or be shown what is, each with its place."""
    try:
        write(actions.check, round_, by=g.user)
    except Incomplete as problem:
        return round_page(round_, problem.missing, 422)
    flash("The round is checked. Another person, the head of commissioning, opens it.")
    return redirect(url_for(".show_round", code=round_.code), 303)


@bp.post("/rounds/<code>/change")
@allow(LIFE.may("change"), load=round_by_code, done="funds.show_round")
def change_round(round_: Round) -> Response:
    code = round_.code
    write(actions.change, round_, by=g.user)
    flash("The round is a draft again.")
    return redirect(url_for(".show_round", code=code), 303)

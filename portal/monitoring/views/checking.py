"""What the office does with a return: reads it against the agreement, accepts it, asks about it, or waives it."""

from flask import flash, g, redirect, request, url_for
from werkzeug.wrappers import Response

from portal.core.access import allow
from portal.core.db import write
from portal.core.page import page
from portal.core.problems import Refused
from portal.monitoring import actions
from portal.monitoring.account import account_of
from portal.monitoring.forms import AcceptForm, QueryForm, WaiveForm
from portal.monitoring.lists import by_ref, parts_of, sheet_of
from portal.monitoring.models import Return
from portal.monitoring.views.blueprint import bp
from portal.monitoring.workflow import LIFE


@bp.route("/<ref>/review", methods=["GET", "POST"])
@allow(LIFE.may("accept"), load=by_ref, done="monitoring.show")
def review(return_: Return) -> Response:
    if request.method == "GET":
        return review_page(return_)
    return ask(return_) if request.form.get("move") == "query" else accept(return_)


def review_page(
    return_: Return, accept_form: AcceptForm | None = None, query_form: QueryForm | None = None, status: int = 200
) -> Response:
    refused = accept_form or query_form
    return page(
        "monitoring/review.html", return_=return_, account=account_of(return_), content=sheet_of(return_).snapshot(),
        accept_form=accept_form or AcceptForm(return_, formdata=None),
        query_form=query_form or QueryForm(parts_of(return_), formdata=None),
        is_asking=query_form is not None, errors=refused.error_list() if refused else [], status=status,
    )  # fmt: skip


def accept(return_: Return) -> Response:
    form = AcceptForm(return_)
    if not form.validate_on_submit():
        return review_page(return_, accept_form=form, status=422)
    try:
        write(actions.accept, return_, *form.readings, form.reason.data or "", by=g.user)
    except Refused as problem:
        form.refuse(str(problem), problem.field)
        return review_page(return_, accept_form=form, status=422)
    flash(f"{return_.ref} is accepted. Its readings now stand on the grant.")
    return redirect(url_for(".show", ref=return_.ref), 303)


def ask(return_: Return) -> Response:
    form = QueryForm(parts_of(return_))
    if not form.validate_on_submit():
        return review_page(return_, query_form=form, status=422)
    write(actions.query, return_, form.about.data, form.question.data, by=g.user)
    flash("Your question has been sent. The return is with the applicant again.")
    return redirect(url_for(".show", ref=return_.ref), 303)


@bp.route("/<ref>/waive", methods=["GET", "POST"])
@allow(LIFE.may("waive"), load=by_ref, done="monitoring.show")
def waive(return_: Return) -> Response:
    form = WaiveForm()
    if not form.validate_on_submit():
        return page("monitoring/waive.html", return_=return_, form=form, errors=form.error_list(),
                    status=422 if form.errors else 200)  # fmt: skip
    write(actions.waive, return_, form.reason.data, by=g.user)
    flash(f"{return_.ref} is waived.")
    return redirect(url_for(".show", ref=return_.ref), 303)

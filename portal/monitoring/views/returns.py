"""The list of returns, and the page of one: where it stands, what is missing, and what this person may do next."""

from flask import flash, g, redirect, request, url_for
from werkzeug.wrappers import Response

from portal.awards.policy import reads_awards
from portal.core.access import allow, anyone_signed_in
from portal.core.db import write
from portal.core.exports import as_csv, as_xlsx
from portal.core.page import page
from portal.monitoring import actions
from portal.monitoring.account import account_of
from portal.monitoring.lists import ReturnList, by_ref, sheet_of
from portal.monitoring.models import Return
from portal.monitoring.policy import may_prepare
from portal.monitoring.views.blueprint import bp
from portal.monitoring.workflow import LIFE


def listed() -> ReturnList:
    return ReturnList(request.args, g.user)


@bp.get("/")
@allow(reads_awards)
def index() -> Response:
    return page("monitoring/index.html", "results", listing=listed())


@bp.get("/export.csv")
@allow(reads_awards)
def export_csv() -> Response:
    return as_csv(listed(), "returns.csv")


@bp.get("/export.xlsx")
@allow(reads_awards)
def export_xlsx() -> Response:
    return as_xlsx(listed(), "returns.xlsx")


@bp.get("/<ref>")
@allow(anyone_signed_in, load=by_ref)
def show(return_: Return) -> Response:
    return show_page(return_)


def show_page(return_: Return, typed: dict[int, str] | None = None, errors: object = (), status: int = 200) -> Response:
    """`typed`: answers to the office's questions that were refused."""
    return page(
        "monitoring/show.html", return_=return_, sheet=sheet_of(return_), account=account_of(return_),
        moves={step.name: step for step in LIFE.open_to(g.user, return_)}, can_prepare=may_prepare(g.user, return_),
        typed=typed or {}, errors=errors, status=status,
    )  # fmt: skip


@bp.post("/<ref>/start")
@allow(LIFE.may("start"), load=by_ref, done="monitoring.show")
def start(return_: Return) -> Response:
    write(actions.start, return_, by=g.user)
    flash("The return is open. Answer its two pages of questions, then give the figures.", "info")
    return redirect(url_for(".show", ref=return_.ref), 303)

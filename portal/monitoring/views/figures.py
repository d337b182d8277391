"""The figures of a return: each measure against its target, each budget line against its spend, and how it goes."""

from flask import g, redirect, request, url_for
from werkzeug.wrappers import Response

from portal.core.access import allow
from portal.core.db import write
from portal.core.page import page
from portal.core.problems import Conflict
from portal.monitoring import actions
from portal.monitoring.account import account_of
from portal.monitoring.lists import by_ref
from portal.monitoring.models import Return
from portal.monitoring.policy import may_prepare
from portal.monitoring.posted import read_figures
from portal.monitoring.views.blueprint import bp


@bp.route("/<ref>/figures", methods=["GET", "POST"])
@allow(may_prepare, load=by_ref)
def figures(return_: Return) -> Response:
    if request.method == "GET":
        return show_figures(return_) if return_.is_writable else redirect(url_for(".show", ref=return_.ref), 303)
    posted = read_figures(request.form, return_)
    try:
        write(actions.save_figures, return_, posted.measures, posted.spending, posted.delivery, posted.spend, posted.reason,
              edition=posted.edition, by=g.user)  # fmt: skip
    except Conflict:
        return show_figures(return_, mine=posted.texts, status=409)
    if account_of(return_).has_warnings:
        return redirect(url_for(".figures", ref=return_.ref, check="yes"), 303)
    return redirect(url_for(".check", ref=return_.ref), 303)


def show_figures(return_: Return, mine: dict[str, str] | None = None, status: int = 200) -> Response:
    """`mine`: what was typed while a colleague saved other figures. `?check=yes` points out what is missing."""
    account = account_of(return_)
    problems = account.problems() if "check" in request.args and mine is None else []
    return page("monitoring/figures.html", return_=return_, account=account, mine=mine or {}, is_overtaken=mine is not None,
                problems={place: sentence for sentence, place in problems}, status=status,
                errors=[(sentence, f"#{place}") for sentence, place in problems])  # fmt: skip

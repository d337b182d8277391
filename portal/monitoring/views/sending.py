"""Looking a return over, certifying it, and answering what the office asked."""

from flask import flash, g, redirect, request, url_for
from werkzeug.wrappers import Response

from portal.core.access import allow
from portal.core.db import write
from portal.core.forms import clean, fields_of
from portal.core.page import page
from portal.core.problems import Incomplete, Refused
from portal.monitoring import actions
from portal.monitoring.account import account_of, missing_from
from portal.monitoring.forms import CertifyForm
from portal.monitoring.lists import by_ref, certifiers_of, sheet_of
from portal.monitoring.models import Return
from portal.monitoring.policy import may_prepare
from portal.monitoring.views.blueprint import bp
from portal.monitoring.views.returns import show_page
from portal.monitoring.workflow import LIFE

Places = list[tuple[str, str]]


@bp.get("/<ref>/check")
@allow(may_prepare, load=by_ref)
def check(return_: Return) -> Response:
    return (
        check_page(return_, CertifyForm(data={"early_reason": return_.early_reason}))
        if return_.is_writable
        else redirect(url_for(".show", ref=return_.ref), 303)
    )


def check_page(return_: Return, form: CertifyForm, errors: Places = [], status: int = 200) -> Response:  # noqa: B006
    can_certify = LIFE.can(g.user, return_, "certify")
    return page("monitoring/check.html", return_=return_, form=form, content=sheet_of(return_).snapshot(),
                account=account_of(return_), missing=missing_from(return_), can_certify=can_certify,
                certifiers=[] if can_certify else certifiers_of(return_), errors=errors, status=status)  # fmt: skip


@bp.post("/<ref>/check")
@allow(LIFE.may("certify"), load=by_ref, done="monitoring.show")
def send(return_: Return) -> Response:
    form, ref = CertifyForm(), return_.ref
    if not form.validate_on_submit():
        return check_page(return_, form, form.error_list(), 422)
    try:
        write(actions.file_return, return_, early_reason=form.early_reason.data or "", by=g.user)
    except Incomplete as problem:
        return check_page(return_, form, problem.missing, 422)
    except Refused as problem:
        form.refuse(str(problem), problem.field)
        return check_page(return_, form, form.error_list(), 422)
    flash(f"We have your return {ref}. You do not need to do anything until you hear from us.")
    return redirect(url_for(".show", ref=ref), 303)


@bp.post("/<ref>/answers")
@allow(may_prepare, load=by_ref)
def answer_queries(return_: Return) -> Response:
    typed = {int(key): clean(text) for key, text in fields_of(request.form, "query-").items() if key.isdecimal()}
    try:
        write(actions.answer_queries, return_, typed, by=g.user)
    except Refused as problem:
        return show_page(return_, typed, [(str(problem), f"#{problem.field}")], 422)
    flash("Your answer is kept. Check the return, then send it again.")
    return redirect(url_for(".check", ref=return_.ref), 303)

"""What becomes of an offer: accepted or turned down by who receives the money, started by the office."""

from flask import flash, g, redirect, request, url_for
from werkzeug.wrappers import Response

from portal.awards import actions
from portal.awards.calendar import periods_of
from portal.awards.forms import AcceptForm, ReasonForm, accept_form
from portal.awards.lists import by_ref
from portal.awards.models import Award
from portal.awards.views.blueprint import bp
from portal.awards.workflow import LIFE
from portal.core.access import allow
from portal.core.db import write
from portal.core.page import page
from portal.core.problems import Refused

GRANT = "reporting.grant"  # the file of a grant, where everything about it stands


@bp.route("/<ref>/accept", methods=["GET", "POST"])
@allow(LIFE.may("accept"), load=by_ref, done=GRANT)
def accept(award: Award) -> Response:
    form = accept_form(award)
    if request.method == "GET":
        return offer_page(award, form)
    if not form.validate_on_submit():
        return offer_page(award, form, 422)
    try:
        write(actions.accept, award, form.cut_lines, form.cut_targets, by=g.user)
    except Refused as problem:
        form.refuse(str(problem), problem.field)
        return offer_page(award, form, 422)
    flash(f"You have accepted the grant for {award.title}. Its returns are now in your list.")
    return redirect(url_for(GRANT, ref=award.ref), 303)


def offer_page(award: Award, form: AcceptForm, status: int = 200) -> Response:
    return page("awards/accept.html", award=award, form=form, periods=periods_of(award), errors=form.error_list(), status=status)


@bp.route("/<ref>/decline", methods=["GET", "POST"])
@allow(LIFE.may("decline_offer"), load=by_ref, done=GRANT)
def decline_offer(award: Award) -> Response:
    form = ReasonForm()
    if not form.validate_on_submit():
        return page("awards/decline.html", award=award, form=form, errors=form.error_list(), status=422 if form.errors else 200)
    write(actions.decline_offer, award, form.reason.data, by=g.user)
    flash(f"You have declined the grant for {award.title}. The money goes back to the fund.")
    return redirect(url_for(GRANT, ref=award.ref), 303)


@bp.post("/<ref>/start")
@allow(LIFE.may("go_live"), load=by_ref, done=GRANT)
def go_live(award: Award) -> Response:
    write(actions.go_live, award, by=g.user)
    flash(f"The grant {award.ref} is live.")
    return redirect(url_for(GRANT, ref=award.ref), 303)

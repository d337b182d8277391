"""Who is invited by name into a round that is not competed, and why."""

from flask import flash, g, redirect, url_for
from werkzeug.wrappers import Response

from portal.core.access import allow
from portal.core.db import write
from portal.core.page import page
from portal.funds import actions
from portal.funds import round_lists as lists
from portal.funds.forms.running import InviteForm
from portal.funds.models import Round
from portal.funds.policy import is_staff, may_check
from portal.funds.round_lists import round_by_code
from portal.funds.views.blueprint import bp
from portal.funds.views.moves import carried_out


@bp.get("/rounds/<code>/invitations")
@allow(is_staff, load=round_by_code)
def invitations(round_: Round) -> Response:
    return invitations_page(round_, InviteForm(None).offer(lists.takers_of(round_)))


@bp.post("/rounds/<code>/invitations")
@allow(may_check, load=round_by_code)
def invite(round_: Round) -> Response:
    organisations, code = lists.takers_of(round_), round_.code
    form = InviteForm().offer(organisations)

    def invite_chosen() -> None:
        chosen = next(each for each in organisations if str(each.id) == form.organisation.data)
        write(actions.invite, round_, chosen, form.justification.data, by=g.user)

    if carried_out(form, invite_chosen):
        flash("Invited.")
        return redirect(url_for(".invitations", code=code), 303)
    return invitations_page(round_, form)


def invitations_page(round_: Round, form: InviteForm) -> Response:
    errors = form.error_list()
    return page("funds/invitations.html", round=round_, invitations=lists.invitations_of(round_), form=form, errors=errors,
                may_write=may_check(g.user), status=422 if errors else 200)  # fmt: skip

"""Inviting people into an organisation or the office, and their invitations."""

from flask import flash, g, redirect, request, url_for
from werkzeug.wrappers import Response

from portal.core.access import allow
from portal.core.db import db, write
from portal.core.forms import carried_out
from portal.core.page import page
from portal.people import actions
from portal.people.forms import InviteForm, InviteStaffForm
from portal.people.lists import invitation_by_id, organisation_choices
from portal.people.models import Invitation, OfficeRole, Organisation
from portal.people.policy import is_administrator, sees_people
from portal.people.views.blueprint import bp


@bp.route("/people/invite", methods=["GET", "POST"])
@allow(sees_people)
def invite() -> Response:
    form, by = InviteForm(organisation_choices(g.user), **prefilled()), g.user

    def send() -> None:
        organisation = db.session.get_one(Organisation, int(form.organisation.data))
        actions.invite(form.email.data, form.name.data, organisation=organisation, rights=form.chosen, by=by)

    if not carried_out(form, send):
        return page("people/invite.html", form=form, errors=form.error_list(), status=422 if form.errors else 200)
    return invited(form.email.data)


def prefilled() -> dict[str, str]:
    """What the page that led here knows already."""
    return {name: request.args[name] for name in ("name", "email", "organisation") if name in request.args}


@bp.route("/people/invite-staff", methods=["GET", "POST"])
@allow(is_administrator)
def invite_staff() -> Response:
    form, by = InviteStaffForm(), g.user
    if not carried_out(form, lambda: actions.invite(form.email.data, form.name.data, role=OfficeRole(form.role.data), by=by)):
        return page("people/invite_staff.html", form=form, errors=form.error_list(), status=422 if form.errors else 200)
    return invited(form.email.data)


def invited(email: str) -> Response:
    flash(f"We have invited {email}. The invitation is open for 7 days.")
    return redirect(url_for(".index"), 303)


@bp.post("/people/invitations/<int:invitation_id>/send-again")
@allow(sees_people, load=invitation_by_id)
def send_again(invitation: Invitation) -> Response:
    write(actions.send_again, invitation, by=g.user)
    flash("We have sent the invitation again. The earlier link no longer works.")
    return redirect(url_for(".index"), 303)


@bp.post("/people/invitations/<int:invitation_id>/withdraw")
@allow(sees_people, load=invitation_by_id)
def withdraw(invitation: Invitation) -> Response:
    write(actions.withdraw, invitation, by=g.user)
    flash("The invitation is withdrawn. Its link no longer works.")
    return redirect(url_for(".index"), 303)

"""Rights of people in an organisation: changing them, and removing a leaver."""

from flask import flash, g, redirect, url_for
from werkzeug.wrappers import Response

from portal.core.access import allow
from portal.core.db import db
from portal.core.forms import carried_out
from portal.core.page import page
from portal.people import actions
from portal.people.actions.colleagues import is_last_administrator, rights_of
from portal.people.forms import RightsForm, SuccessorForm
from portal.people.lists import members_of, own_or_colleagues
from portal.people.models import Membership, User
from portal.people.policy import may_change_rights, may_remove
from portal.people.views.blueprint import bp


@bp.route("/people/<int:user_id>/organisations/<int:organisation_id>/rights", methods=["GET", "POST"])
@allow(may_change_rights, load=own_or_colleagues)
def rights(membership: Membership) -> Response:
    person, organisation = membership.user, membership.organisation
    form = RightsForm(rights=[held.right.value for held in rights_of(person, organisation)])
    if not carried_out(form, lambda: actions.change_rights(person, organisation, form.chosen, by=g.user)):
        return page("people/rights.html", person=person, organisation=organisation, form=form, errors=form.error_list(),
                    status=422 if form.errors else 200)  # fmt: skip
    flash(f"The rights of {person} are changed.")
    return redirect(url_for(".person", user_id=person.id), 303)


@bp.route("/people/<int:user_id>/organisations/<int:organisation_id>/remove", methods=["GET", "POST"])
@allow(may_remove, load=own_or_colleagues)
def remove(membership: Membership) -> Response:
    person, organisation, by = membership.user, membership.organisation, g.user
    others = [(str(each.id), each.name) for each in members_of(organisation.id) if each.id != person.id]
    form, is_oneself = SuccessorForm(others), person.id == by.id

    def leave() -> None:
        chosen = form.successor.data if form.successor.data in dict(others) else None
        actions.remove(person, organisation, chosen and db.session.get(User, int(chosen)), by=by)

    if not carried_out(form, leave):
        return page("people/remove.html", person=person, organisation=organisation, form=form, others=others,
                    is_last=is_last_administrator(person, organisation), is_oneself=is_oneself, errors=form.error_list(),
                    status=422 if form.errors else 200)  # fmt: skip
    flash(f"You no longer act for {organisation}." if is_oneself else f"{person} no longer acts for {organisation}.")
    return redirect(url_for("security.login") if is_oneself else url_for(".index"), 303)

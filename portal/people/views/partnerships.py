"""Members of a partnership, and the body that receives its money."""

from flask import flash, g
from werkzeug.wrappers import Response

from portal.core import clock
from portal.core.access import allow
from portal.core.db import db
from portal.core.forms import carried_out
from portal.people import actions
from portal.people.forms import ChosenForm
from portal.people.lists import organisation_by_id, others_than
from portal.people.models import Organisation
from portal.people.policy import manages_people
from portal.people.views.blueprint import bp
from portal.people.views.organisations import form_page, to_organisation


@bp.route("/organisations/<int:organisation_id>/members/add", methods=["GET", "POST"])
@allow(manages_people, load=organisation_by_id)
def add_partner(organisation: Organisation) -> Response:
    form, by = ChosenForm("Which organisation?", others_than(organisation)), g.user

    def add() -> None:
        actions.add_partner(
            organisation, db.session.get_one(Organisation, int(form.chosen.data)), form.from_on.data or clock.today(), by=by
        )

    if not carried_out(form, add):
        return form_page("people/add_to.html", form, organisation=organisation, heading="Add a member",
                         text="A body that belongs to the partnership. Members see nothing of it through this.")  # fmt: skip
    flash("The member is added.")
    return to_organisation(organisation.id)


@bp.route("/organisations/<int:organisation_id>/host", methods=["GET", "POST"])
@allow(manages_people, load=organisation_by_id)
def change_host(organisation: Organisation) -> Response:
    form, by = ChosenForm("Which body is accountable for it?", others_than(organisation, legal=True)), g.user

    def change() -> None:
        actions.change_host(
            organisation, db.session.get_one(Organisation, int(form.chosen.data)), form.from_on.data or clock.today(), by=by
        )

    if not carried_out(form, change):
        text = (
            "The body that receives its money from that day on. Grants that were awarded before stay with the host of their day."
        )
        return form_page("people/add_to.html", form, organisation=organisation, heading="Change the host", text=text)
    flash("The host is changed.")
    return to_organisation(organisation.id)

"""Organisations as the office keeps them: the list, who they are, their numbers, contacts and areas."""

from typing import Any

from flask import flash, g, redirect, request, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response

from portal.core import clock
from portal.core.access import allow
from portal.core.db import db, write
from portal.core.exports import as_csv, as_xlsx
from portal.core.forms import Form, carried_out
from portal.core.page import is_fragment_request, page
from portal.people import actions
from portal.people.forms import ChosenForm, ContactForm, EndForm, NumberForm, OrganisationForm, PlaceForm
from portal.people.lists import (
    OrganisationList,
    areas_today,
    contact_of,
    dated_of,
    likenesses,
    number_of,
    organisation_by_id,
)
from portal.people.models import Area, Contact, Identifier, Organisation, Register
from portal.people.policy import manages_people, may_change_contacts, may_end_contact, opens_organisation, sees_all_cases
from portal.people.views.blueprint import bp


def listed() -> OrganisationList:
    return OrganisationList(request.args, g.user)


@bp.get("/organisations/")
@allow(sees_all_cases)
def organisations() -> Response:
    """Every organisation; above the list, for those who may merge, how many pairs may be one."""
    doubles = [] if is_fragment_request() or not manages_people(g.user) else likenesses()
    return page("people/organisations.html", "results", listing=listed(), doubles=doubles, manages=manages_people(g.user))


@bp.get("/organisations/export.csv")
@allow(sees_all_cases)
def organisations_csv() -> Response:
    return as_csv(listed(), "organisations.csv")


@bp.get("/organisations/export.xlsx")
@allow(sees_all_cases)
def organisations_xlsx() -> Response:
    return as_xlsx(listed(), "organisations.xlsx")


@bp.route("/organisations/add", methods=["GET", "POST"])
@allow(manages_people)
def add_organisation() -> Response:
    form, by, made = OrganisationForm(areas_today()), g.user, list[int]()
    if not carried_out(form, lambda: made.append(actions.add_organisation(**form.facts, by=by).id)):
        return form_page("people/organisation.html", form, organisation=None)
    flash("The organisation is written down. Add its numbers and contacts next.")
    return to_organisation(made[-1])


@bp.route("/organisations/<int:organisation_id>/details", methods=["GET", "POST"])
@allow(may_change_contacts, load=organisation_by_id)
def change_organisation(organisation: Organisation) -> Response:
    """The office changes who it is; its own people only where it is found."""
    if manages_people(g.user):
        facts = {name: getattr(organisation, name) for name in ("name", "address", "postcode", "website")}
        form: PlaceForm = OrganisationForm(
            areas_today(), kind=organisation.kind.value, area_id=str(organisation.area_id or ""), **facts
        )
    else:
        form = PlaceForm(obj=organisation)
    if not carried_out(form, lambda: actions.change_organisation(organisation, **form.facts, by=g.user)):
        return form_page("people/organisation.html", form, organisation=organisation)
    flash("The details are changed.")
    return to_organisation(organisation.id)


@bp.route("/organisations/<int:organisation_id>/numbers/add", methods=["GET", "POST"])
@allow(manages_people, load=organisation_by_id)
def add_number(organisation: Organisation) -> Response:
    form = NumberForm()
    if not carried_out(form, lambda: actions.add_number(organisation, Register(form.register.data), form.number.data, by=g.user)):
        return form_page("people/add_to.html", form, organisation=organisation, heading="Add a number",
                         text="We check how the number looks. Whose it is, you see in the public register.")  # fmt: skip
    flash("The number is added.")
    return to_organisation(organisation.id)


@bp.post("/organisations/<int:organisation_id>/numbers/<int:identifier_id>/remove")
@allow(manages_people, load=number_of)
def remove_number(identifier: Identifier) -> Response:
    organisation = db.session.get_one(Organisation, identifier.organisation_id)
    write(actions.remove_number, identifier, organisation, by=g.user)
    flash("The number is removed.")
    return to_organisation(organisation.id)


@bp.route("/organisations/<int:organisation_id>/contacts/add", methods=["GET", "POST"])
@allow(may_change_contacts, load=organisation_by_id)
def add_contact(organisation: Organisation) -> Response:
    form, by = ContactForm(), g.user

    def add() -> None:
        actions.add_contact(organisation, form.name.data, form.role.data or "", form.email.data or "", form.phone.data or "",
                            form.from_on.data or clock.today(), by=by)  # fmt: skip

    if not carried_out(form, add):
        return form_page("people/add_to.html", form, organisation=organisation, heading="Add a contact",
                         text="Somebody we can reach about the organisation. This gives them no account.")  # fmt: skip
    flash("The contact is added.")
    return to_organisation(organisation.id)


@bp.route("/organisations/<int:organisation_id>/areas/add", methods=["GET", "POST"])
@allow(manages_people, load=organisation_by_id)
def add_coverage(organisation: Organisation) -> Response:
    form, by = ChosenForm("Which area?", areas_today()), g.user

    def add() -> None:
        actions.add_coverage(
            organisation, db.session.get_one(Area, int(form.chosen.data)), form.from_on.data or clock.today(), by=by
        )

    if not carried_out(form, add):
        return form_page("people/add_to.html", form, organisation=organisation, heading="Add an area",
                         text="An area that it works in, besides the one it bids for.")  # fmt: skip
    flash("The area is added.")
    return to_organisation(organisation.id)


@bp.route("/organisations/<int:organisation_id>/<any(areas, members, hosts):what>/<int:row_id>/end", methods=["GET", "POST"])
@allow(manages_people, load=dated_of)
def end(dated: Any) -> Response:
    return end_page(dated, getattr(dated, "organisation_id", None) or dated.partnership_id)


@bp.route("/organisations/<int:organisation_id>/contacts/<int:contact_id>/end", methods=["GET", "POST"])
@allow(may_end_contact, load=contact_of)
def end_contact(contact: Contact) -> Response:
    return end_page(contact, contact.organisation_id)


def end_page(dated: Any, organisation_id: int) -> Response:
    """Contacts, areas, members and hosts end with a day; what was stays to be read."""
    organisation, name, form, by = db.session.get_one(Organisation, organisation_id), str(dated), EndForm(), g.user
    if not carried_out(form, lambda: actions.end(dated, organisation, form.to_on.data or clock.today(), by=by)):
        return form_page("people/add_to.html", form, organisation=organisation, heading=f"End: {name}", button="End it",
                         text="It stays in the history of the organisation.")  # fmt: skip
    flash(f"{name} ends with that day.")
    return to_organisation(organisation_id)


@bp.app_template_filter("organisation")
def named(organisation: Organisation | None) -> str:
    """Its name, for those who may open its page a link to it."""
    if organisation is None or not opens_organisation(g.get("user"), organisation):
        return "" if organisation is None else organisation.name
    url = url_for("reporting.organisation", organisation_id=organisation.id)
    return Markup('<a class="govuk-link" href="{}">{}</a>').format(url, organisation.name)


def form_page(template: str, form: Form, **context: Any) -> Response:
    return page(template, form=form, errors=form.error_list(), status=422 if form.errors or form.form_errors else 200, **context)


def to_organisation(organisation_id: int) -> Response:
    return redirect(url_for("reporting.organisation", organisation_id=organisation_id), 303)

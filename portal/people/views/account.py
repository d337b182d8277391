"""One's own account: who one is here, and how one is called and reached."""

from flask import current_app, flash, g, redirect, url_for
from werkzeug.wrappers import Response

from portal.core.access import allow, anyone_signed_in
from portal.core.db import write
from portal.core.forms import carried_out
from portal.core.page import page
from portal.people import actions
from portal.people.actions.directory import is_connected as connected
from portal.people.forms import AddressForm, DetailsForm
from portal.people.lists import own_email_change
from portal.people.models import EmailChange
from portal.people.signing_in.flows import is_password_of
from portal.people.views.blueprint import bp


@bp.get("/account")
@allow(anyone_signed_in)
def account() -> Response:
    is_connected = current_app.extensions["settings"].has_sso and connected(g.user)
    return page("people/account.html", person=g.user, work_account=is_connected)


@bp.route("/account/details", methods=["GET", "POST"])
@allow(anyone_signed_in)
def details() -> Response:
    person = g.user
    form = DetailsForm(name=person.name, phone=person.phone)
    if not carried_out(form, lambda: actions.change_details(person, form.name.data, form.phone.data, by=person)):
        return page("people/details.html", form=form, errors=form.error_list(), status=422 if form.errors else 200)
    flash("Your details are changed.")
    return redirect(url_for(".account"), 303)


@bp.route("/account/email", methods=["GET", "POST"])
@allow(anyone_signed_in)
def email() -> Response:
    person = g.user
    has_password = bool(person.password)  # who has none has just shown a passkey or work account: see `fresh`
    form = AddressForm(has_password)
    if form.validate_on_submit() and has_password and not is_password_of(person, form.password.data):
        form.refuse("That is not your password", "password")
    if form.errors or not carried_out(form, lambda: actions.ask_new_address(person, form.email.data, by=person)):
        return page("people/email.html", form=form, errors=form.error_list(), status=422 if form.errors else 200)
    flash(f"We have written to {form.email.data}. Your address changes when you open the link in that e-mail.")
    return redirect(url_for(".account"), 303)


@bp.get("/account/email/<token>")
@allow(anyone_signed_in, load=own_email_change)
def new_address(change: EmailChange) -> Response:
    return page("people/new_address.html", change=change)


@bp.post("/account/email/<token>")
@allow(anyone_signed_in, load=own_email_change)
def confirm_address(change: EmailChange) -> Response:
    """Looking at the link changes nothing: mail scanners follow links, and press no buttons."""
    write(actions.confirm_address, change, by=g.user, but=g.sign_in_id)
    flash("Your e-mail address is changed. Sign in with it from now on.")
    return redirect(url_for(".account"), 303)

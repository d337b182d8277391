"""Passkeys: signing in with one, showing again who one is, and looking after one's own."""

from flask import current_app, flash, g, redirect, request, session, url_for
from flask_security.utils import login_user, validate_redirect_url
from werkzeug.wrappers import Response

from portal.core import clock
from portal.core.access import allow, anyone, anyone_signed_in
from portal.core.db import write
from portal.core.forms import carried_out
from portal.core.page import page
from portal.people import actions
from portal.people.actions.passkeys import NewPasskey
from portal.people.forms import InvitedPasskeyForm, NewPasskeyForm, PasskeyForm
from portal.people.lists import invitation_of, own_passkey
from portal.people.models import Invitation, Passkey
from portal.people.models.sign_ins import browser_of
from portal.people.signing_in import directory, passkeys
from portal.people.signing_in.second_factor import is_asked_of
from portal.people.tokens import new_token
from portal.people.views.blueprint import bp
from portal.people.views.joining import has_account, link_over


@bp.route("/sign-in/passkey", methods=["GET", "POST"])
@allow(anyone)
def sign_in_with_passkey() -> Response:
    form = PasskeyForm()
    if g.user is not None:
        return redirect(wanted(), 303)
    if form.is_submitted():
        user = passkeys.used(form.credential.data) if form.validate() else None
        if user is not None and not directory.refuses_password(user):
            g.with_passkey = True
            login_user(user)
            session["fs_paa"] = clock.now().timestamp()
            return redirect(wanted(), 303)
        form.refuse(passkeys.NOT_ACCEPTED if user is None else directory.sentence())
    return passkey_page(form, "people/sign_in_with_passkey.html", passkeys.to_use())


@bp.route("/account/confirm", methods=["GET", "POST"])
@allow(anyone_signed_in)
def confirm_passkey() -> Response:
    """The second factor of who gave a password, and a fresh sign-in before something grave."""
    form = PasskeyForm()
    if form.is_submitted():
        if form.validate() and passkeys.used(form.credential.data, by=g.user) is not None:
            return redirect(wanted(), 303)
        form.refuse(passkeys.NOT_ACCEPTED)
    return passkey_page(form, "people/confirm_passkey.html", passkeys.to_use(g.user), is_needed=is_asked_of(g.user))


def wanted() -> str:
    """Where one wanted to be, if that is here."""
    back = request.args.get("next", "")
    return back if validate_redirect_url(back) else current_app.config["SECURITY_POST_LOGIN_VIEW"]


def passkey_page(form: PasskeyForm, template: str, options: str, **context: object) -> Response:
    return page(template, form=form, errors=form.error_list(), options=options, elsewhere=passkeys.named_address(),
                status=422 if form.errors else 200, **context)  # fmt: skip


@bp.get("/account/passkeys")
@allow(anyone_signed_in)
def own_passkeys() -> Response:
    return page("people/passkeys.html", person=g.user)


@bp.route("/account/passkeys/add", methods=["GET", "POST"])
@allow(anyone_signed_in)
def add_passkey() -> Response:
    form, person = NewPasskeyForm(name=browser_of(request.user_agent.string)), g.user
    made, token = made_with(form), new_token()
    name, sign_in_id, must = form.name.data, g.sign_in_id, is_asked_of(person)
    if made is None or not carried_out(
        form, lambda: actions.add_passkey(person, name, made, by=person, sign_in_id=sign_in_id, token=token)
    ):
        return passkey_page(form, "people/add_passkey.html", passkeys.to_make(person.email, person.name, person.passkeys),
                            must=must)  # fmt: skip
    session["sign_in"] = token
    flash("Your passkey is added. Sign in with it from now on: no password, no code.")
    return redirect(url_for(".own_passkeys"), 303)


def made_with(form: PasskeyForm) -> NewPasskey | None:
    """What the device made for a good form; the form says so when that was nothing."""
    if not form.validate_on_submit():
        return None
    made = passkeys.made(form.credential.data or "")
    if made is None:
        form.refuse(passkeys.NOT_MADE)
    return made


@bp.route("/account/passkeys/<int:passkey_id>/remove", methods=["GET", "POST"])
@allow(anyone_signed_in, load=own_passkey)
def remove_passkey(passkey: Passkey) -> Response:
    if request.method == "GET":
        return page("people/remove_passkey.html", passkey=passkey)
    write(actions.remove_passkey, passkey, by=g.user)
    flash("That passkey is removed here. You can delete it on your device too.")
    return redirect(url_for(".own_passkeys"), 303)


@bp.route("/invitation/<token>/passkey", methods=["GET", "POST"])
@allow(anyone)
def accept_with_passkey(token: str) -> Response:
    """An invitation accepted with a passkey instead of a password."""
    found = invitation_of(token)
    if found is None or not found.is_open:
        return link_over()
    if g.user is not None or has_account(found):
        return redirect(url_for(".invitation", token=token), 303)
    form = InvitedPasskeyForm(name=found.name)
    made = made_with(form)
    name, device = form.name.data, browser_of(request.user_agent.string)
    if made is None or not carried_out(form, lambda: actions.accept_with_passkey(found, name, device, made)):
        return invited_page(form, found, token)
    flash("Your account is ready. Sign in with your passkey to begin.")
    return redirect(url_for(".sign_in_with_passkey"), 303)


def invited_page(form: InvitedPasskeyForm, found: Invitation, token: str) -> Response:
    options = passkeys.to_make(found.email, found.name, [])
    return passkey_page(form, "people/invited_passkey.html", options, invitation=found, token=token)

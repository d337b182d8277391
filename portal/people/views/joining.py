"""The doors from outside: accepting an invitation, and asking for an account. Looking at a link changes nothing."""

from flask import flash, g, redirect, url_for
from werkzeug.wrappers import Response

from portal.core.access import allow, anyone
from portal.core.db import write
from portal.core.forms import carried_out, clean
from portal.core.page import page
from portal.people import actions, passwords
from portal.people.actions.inviting import user_with
from portal.people.forms import AcceptForm, AskForm
from portal.people.lists import invitation_of, request_of
from portal.people.models import Invitation, OrganisationKind
from portal.people.views.blueprint import bp
from portal.people.views.work_sign_in import shown

GONE = 410


@bp.get("/invitation/<token>")
@allow(anyone)
def invitation(token: str) -> Response:
    found = invitation_of(token)
    if found is None or not found.is_open:
        return link_over()
    return invitation_page(found, token, AcceptForm(found.email, name=found.name))


def link_over() -> Response:
    return page("people/link_over.html", what="invitation", status=GONE)


def has_account(found: Invitation) -> bool:
    return user_with(found.email) is not None


def invitation_page(found: Invitation, token: str, form: AcceptForm) -> Response:
    status = 422 if form.errors else 200
    return page("people/invitation.html", invitation=found, token=token, form=form, errors=form.error_list(), status=status,
                is_for_user=g.user is not None and g.user.email.lower() == found.email,
                has_account=has_account(found), shown=shown(token))  # fmt: skip


@bp.post("/invitation/<token>")
@allow(anyone)
def accept(token: str) -> Response:
    """With a new account, or with the one that is signed in."""
    found = invitation_of(token)
    if found is None or not found.is_open:
        return link_over()
    form, user = AcceptForm(found.email), g.user
    if user is None and not form.validate_on_submit():
        return invitation_page(found, token, form)
    given = {} if user else {"name": form.name.data, "hashed": passwords.hashed(form.password.data)}
    write(lambda: actions.accept(found, by=user, **given))
    flash("Your account is ready. Sign in to begin." if user is None else "You can act for them now. Sign in again to begin.")
    return redirect(url_for("security.login"), 303)


@bp.route("/ask-for-an-account", methods=["GET", "POST"])
@allow(anyone)
def ask() -> Response:
    form = AskForm()

    def send() -> None:
        kind, number = OrganisationKind(form.kind.data), clean(form.identifier.data).replace(" ", "").upper()
        actions.ask_for_account(form.name.data, form.email.data, form.organisation.data, kind, number, form.about.data)

    if not carried_out(form, send):
        return page("people/ask.html", form=form, errors=form.error_list(), status=422 if form.errors else 200)
    return redirect(url_for(".asked"), 303)


@bp.get("/ask-for-an-account/sent")
@allow(anyone)
def asked() -> Response:
    """The same page whether or not there is an account already: the e-mail says which."""
    return page("people/asked.html")


@bp.get("/ask-for-an-account/<token>")
@allow(anyone)
def verify(token: str) -> Response:
    found = request_of(token)
    if found is None or (found.has_expired and found.verified_at is None):
        return page("people/link_over.html", what="request", status=GONE)
    return page("people/verify.html", request_=found, token=token)


@bp.post("/ask-for-an-account/<token>")
@allow(anyone)
def verified(token: str) -> Response:
    found = request_of(token)
    if found is None:
        return page("people/link_over.html", what="request", status=GONE)
    write(actions.verify, found)
    return redirect(url_for(".verify", token=token), 303)

"""One's work account: connected by oneself or with an invitation, disconnected by an administrator."""

from flask import flash, g, redirect, session, url_for
from werkzeug.wrappers import Response

from portal.core.access import allow, anyone, anyone_signed_in
from portal.core.db import write
from portal.core.forms import carried_out
from portal.core.page import page
from portal.core.problems import Forbidden, NotFound
from portal.people import actions
from portal.people.actions.directory import Identity, is_connected
from portal.people.actions.inviting import user_with
from portal.people.forms import ReasonForm
from portal.people.lists import invitation_of, person_by_id
from portal.people.models import Invitation, User
from portal.people.policy import may_shut
from portal.people.signing_in import directory
from portal.people.signing_in.fresh import ask_again
from portal.people.tokens import new_token
from portal.people.views.blueprint import bp
from portal.people.views.work_sign_in import SHOWN, leave, shown

NOT_STAFF = "Only people with a role in the office sign in with a work account."


@bp.get("/account/work-account")
@allow(anyone_signed_in)
def work_account() -> Response:
    """What is connected; or what was shown at the service and a button would connect."""
    directory.service()
    return page("people/work_account.html", shown=shown(), is_connected=is_connected(g.user))


@bp.get("/account/work-account/connect")
@allow(anyone_signed_in)
def work_connect() -> Response:
    directory.service()
    if not g.user.is_staff:
        raise Forbidden(NOT_STAFF)
    return ask_again() or leave("connect")


@bp.post("/account/work-account")
@allow(anyone_signed_in)
def connect_work() -> Response:
    """Somebody who leads a browser back from the service with their own account presses no button."""
    directory.service()
    if not g.user.is_staff:
        raise Forbidden(NOT_STAFF)
    found = shown()
    if found is None:
        flash("That took too long. Choose the account again.", "important")
        return redirect(url_for(".work_account"), 303)
    if (first := ask_again()) is not None:
        return first
    token = new_token()
    write(actions.connect_own, g.user, Identity(**found["identity"]), by=g.user, sign_in_id=g.sign_in_id, token=token,
          has_factor=found["has_factor"])  # fmt: skip
    session["sign_in"] = token
    session.pop(SHOWN)
    flash("Your work account is connected. Sign in with it from now on.")
    return redirect(url_for(".account"), 303)


@bp.get("/invitation/<token>/work-account")
@allow(anyone)
def work_invitation(token: str) -> Response:
    invitation_into_office(token)
    return leave("invitation", token=token)


@bp.post("/invitation/<token>/work-account")
@allow(anyone)
def accept_work(token: str) -> Response:
    """A new account without a password. Who has one already signs in with it first: an address alone connects nothing."""
    invitation, found = invitation_into_office(token), shown(token)
    if found is None or user_with(invitation.email) is not None:
        return redirect(url_for(".invitation", token=token), 303)
    identity = Identity(**found["identity"])
    write(lambda: actions.accept(invitation, name=invitation.name, identity=identity))
    session.pop(SHOWN)
    flash("Your account is ready. Sign in to begin.")
    return redirect(url_for("security.login"), 303)


def invitation_into_office(token: str) -> Invitation:
    directory.service()
    found = invitation_of(token)
    if found is None or not found.is_open or found.role is None or g.user is not None:
        raise NotFound("This invitation is not open, or not for a work account. Open the link in the e-mail again.")
    return found


@bp.route("/people/<int:user_id>/work-account", methods=["GET", "POST"])
@allow(may_shut, load=person_by_id)
def disconnect(person: User) -> Response:
    directory.service()
    form, by = ReasonForm(), g.user
    if not carried_out(form, lambda: actions.disconnect(person, form.reason.data, by=by)):
        return page("people/disconnect.html", person=person, form=form, errors=form.error_list(),
                    status=422 if form.errors else 200)  # fmt: skip
    flash(f"The work account of {person} is disconnected, and they are signed out everywhere.")
    return redirect(url_for(".person", user_id=person.id), 303)

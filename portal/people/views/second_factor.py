"""One's second factor: set up with a telephone, recovery codes made anew; taken away by an administrator."""

from flask import current_app, flash, g, redirect, request, session, url_for
from werkzeug.wrappers import Response

from portal.core.access import allow, anyone_signed_in
from portal.core.db import write
from portal.core.forms import carried_out
from portal.core.page import page
from portal.core.problems import NotNow
from portal.people import actions
from portal.people.forms import CodeForm, ReasonForm
from portal.people.lists import person_by_id
from portal.people.models import User
from portal.people.policy import may_shut
from portal.people.signing_in.fresh import ask_again
from portal.people.signing_in.second_factor import NOT_RIGHT, is_asked_of
from portal.people.tokens import new_token
from portal.people.views.blueprint import bp

PENDING = "second_factor_secret"  # between showing the picture and the first code; encrypted, for this browser


@bp.route("/account/second-factor", methods=["GET", "POST"])
@allow(anyone_signed_in)
def second_factor() -> Response:
    """What there is, or the picture to photograph and a box for the first code. A wrong code keeps the picture."""
    settings, person, form = current_app.extensions["settings"], g.user, CodeForm()
    if settings.is_demonstration and not settings.asks_second_factor:
        raise NotNow("The second factor is switched off in the demonstration.")
    if person.has_second_factor and (request.method == "GET" and "again" not in request.args):
        return page("people/second_factor.html", person=person)
    if (first := ask_again()) is not None:
        return first
    return set_up(person, form)


def set_up(person: User, form: CodeForm) -> Response:
    totp = current_app.extensions["security"].totp_factory
    secret = session.setdefault(PENDING, totp.generate_totp_secret())
    if form.validate_on_submit():
        if totp.verify_totp(form.code.data, secret, person):
            token = new_token()
            codes = write(actions.set_up_second_factor, person, secret, by=person, sign_in_id=g.sign_in_id, token=token)
            session["sign_in"] = token
            session.pop(PENDING)
            return page("people/recovery_codes.html", codes=codes, is_new=True)
        form.refuse(NOT_RIGHT, "code")
        form.code.data = ""
    return page("people/set_up_factor.html", person=person, form=form, errors=form.error_list(),
                picture=totp.generate_qrcode(person.email, secret), key=totp.get_totp_pretty_key(secret),
                must=is_asked_of(person) and not person.has_second_factor, status=422 if form.errors else 200)  # fmt: skip


@bp.post("/account/recovery-codes")
@allow(anyone_signed_in)
def recovery_codes() -> Response:
    """New codes are in this answer and nowhere else."""
    if not g.user.has_second_factor:
        raise NotNow("Set up the second factor first: the codes come with it.")
    codes = write(actions.make_recovery_codes, g.user, by=g.user)
    return page("people/recovery_codes.html", codes=codes, is_new=False)


@bp.route("/people/<int:user_id>/second-factor", methods=["GET", "POST"])
@allow(may_shut, load=person_by_id)
def reset_second_factor(person: User) -> Response:
    form, by = ReasonForm(), g.user
    if not carried_out(form, lambda: actions.reset_second_factor(person, form.reason.data, by=by)):
        return page("people/reset_factor.html", person=person, form=form, errors=form.error_list(),
                    status=422 if form.errors else 200)  # fmt: skip
    flash(f"The second factor of {person} is reset, and they are signed out everywhere.")
    return redirect(url_for(".person", user_id=person.id), 303)

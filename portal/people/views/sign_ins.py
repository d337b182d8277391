"""One's sign-ins: where they are, ending them, and staying signed in."""

from flask import flash, g, redirect, url_for
from werkzeug.wrappers import Response

from portal.core.access import allow, anyone_signed_in
from portal.core.db import write
from portal.core.page import page
from portal.people import actions
from portal.people.lists import own_sign_in, sign_ins_of
from portal.people.models import SignIn
from portal.people.views.blueprint import bp


@bp.get("/account/sign-ins")
@allow(anyone_signed_in)
def sign_ins() -> Response:
    return page("people/sign_ins.html", sign_ins=sign_ins_of(g.user), this=g.sign_in_id)


@bp.post("/account/sign-ins/<int:sign_in_id>/end")
@allow(anyone_signed_in, load=own_sign_in)
def end_sign_in(sign_in: SignIn) -> Response:
    write(actions.end_one, sign_in, by=g.user)
    flash("That sign-in is ended.")
    return redirect(url_for(".sign_ins"), 303)


@bp.post("/account/sign-ins/end-others")
@allow(anyone_signed_in)
def end_others() -> Response:
    write(actions.end_all, g.user, but=g.sign_in_id)
    flash("All other sign-ins are ended.")
    return redirect(url_for(".sign_ins"), 303)


@bp.get("/account/stay")
@allow(anyone_signed_in)
def stay() -> Response:
    """Being asked for is what renews the sign-in, as any page is; scripts and the plain link both come here."""
    return page("people/stay.html")

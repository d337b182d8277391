"""Personal data: one's own copy, and what an officer does to answer a request: search, copy, correct, erase."""

from flask import Response as FlaskResponse
from flask import flash, g, redirect, request, url_for
from werkzeug.wrappers import Response

from portal.core import clock
from portal.core.access import allow, anyone_signed_in
from portal.core.audit import OFFICE, note_look, record
from portal.core.db import write
from portal.core.exports import attachment
from portal.core.forms import carried_out, clean
from portal.core.page import page
from portal.people import actions
from portal.people.actions.erasing import plan_erasure
from portal.people.forms import CorrectionForm, EraseForm
from portal.people.lists import anybody_by_id
from portal.people.models import User
from portal.people.personal import copy_of
from portal.people.policy import handles_requests, may_change_data, restricted_data
from portal.people.searching import search_for
from portal.people.views.blueprint import bp


@bp.get("/account/data")
@allow(anyone_signed_in)
def own_data_page() -> Response:
    return page("people/own_data.html")


@bp.post("/account/data")
@allow(anyone_signed_in)
def own_data() -> Response:
    return packed(g.user)


@bp.get("/personal-data")
@allow(handles_requests)
def personal() -> Response:
    """The search, and the way to what it finds. What was looked for is told."""
    wish = clean(request.args.get("q"))[:200]
    found = search_for(wish, g.user)
    note_look(g.user, None, f"personal data, searched for “{wish}”" if wish else "")
    return page("people/personal.html", q=wish, found=found)


@bp.get("/people/<int:user_id>/data")
@allow(handles_requests, load=anybody_by_id)
def data(person: User) -> Response:
    return page("people/data.html", person=person, may_change=may_change_data(g.user, person))


@bp.post("/people/<int:user_id>/data")
@allow(handles_requests, load=anybody_by_id)
def copy(person: User) -> Response:
    note_look(g.user, person, restricted_data(g.user, person))
    return packed(person)


def packed(person: User) -> Response:
    """The copy as a download. That it was made is told; an officer also gets what is held back."""
    content = copy_of(person, with_held_back=person.id != g.user.id)
    write(lambda: record("account.copy", person, by=g.user, readers=OFFICE))
    name = f"personal-data-{person.id}-{clock.today().isoformat()}.zip"
    return FlaskResponse(content, mimetype="application/zip", headers=attachment(name))


@bp.route("/people/<int:user_id>/correct", methods=["GET", "POST"])
@allow(may_change_data, load=anybody_by_id)
def correct(person: User) -> Response:
    form, by = CorrectionForm(name=person.name, email=person.email, phone=person.phone), g.user
    if not carried_out(form, lambda: actions.correct(person, form.name.data, form.email.data, form.phone.data,
                                                     form.reason.data, by=by)):  # fmt: skip
        return page("people/correct.html", person=person, form=form, errors=form.error_list(), status=422 if form.errors else 200)
    flash("The account is corrected, and the person is told.")
    return redirect(url_for(".data", user_id=person.id), 303)


@bp.get("/people/<int:user_id>/erase")
@allow(handles_requests, load=anybody_by_id)
def erasure(person: User) -> Response:
    """The dry run: what would go, what stays and why."""
    return show_erasure(person, EraseForm())


@bp.post("/people/<int:user_id>/erase")
@allow(may_change_data, load=anybody_by_id)
def erase(person: User) -> Response:
    form, by, plan = EraseForm(), g.user, plan_erasure(person)
    if not carried_out(form, lambda: actions.erase(person, plan, form.reason.data, by=by)):
        return show_erasure(person, form)
    flash("The person is erased. What stays is on this page.")
    return redirect(url_for(".erasure", user_id=person.id), 303)


def show_erasure(person: User, form: EraseForm) -> Response:
    return page("people/erase.html", person=person, plan=plan_erasure(person), form=form, errors=form.error_list(),
                may_erase=may_change_data(g.user, person), status=422 if form.errors else 200)  # fmt: skip

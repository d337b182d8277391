"""Accounts as the office looks after them: disabled and opened, their work handed over; new providers admitted or refused."""

from flask import flash, g, redirect, url_for
from werkzeug.wrappers import Response

from portal.core.access import allow
from portal.core.db import db, write
from portal.core.forms import carried_out
from portal.core.page import page
from portal.core.problems import NotFound
from portal.people import actions
from portal.people.actions.requests import organisation_like
from portal.people.forms import ReasonForm, TakeOverForm
from portal.people.lists import person_by_id, request_by_id
from portal.people.models import AccountRequest, User
from portal.people.policy import is_officer, manages_people, may_shut
from portal.people.views.blueprint import bp
from portal.people.work import hand_over, work_of


@bp.route("/people/<int:user_id>/disable", methods=["GET", "POST"])
@allow(may_shut, load=person_by_id)
def disable(person: User) -> Response:
    return with_reason(person, "disable", "The account of {} is shut, and they are signed out everywhere.")


@bp.route("/people/<int:user_id>/open", methods=["GET", "POST"])
@allow(may_shut, load=person_by_id)
def open_again(person: User) -> Response:
    return with_reason(person, "open_again", "The account of {} is open again.")


def with_reason(person: User, verb: str, done: str) -> Response:
    form, by = ReasonForm(), g.user
    if not carried_out(form, lambda: getattr(actions, verb)(person, form.reason.data, by=by)):
        return page(f"people/{verb}.html", person=person, form=form, errors=form.error_list(), status=422 if form.errors else 200)
    flash(done.format(person))
    return redirect(url_for(".work", user_id=person.id) if verb == "disable" else url_for(".person", user_id=person.id), 303)


@bp.get("/people/<int:user_id>/waiting")
@allow(manages_people, load=person_by_id)
def work(person: User) -> Response:
    """Everything that waits for a person, on one page."""
    return page("people/work.html", person=person, work=work_of(person, g.user), may_hand_over=is_officer(g.user))


@bp.route("/people/<int:user_id>/waiting/<key>", methods=["GET", "POST"])
@allow(is_officer, load=person_by_id)
def take_over(person: User, key: str) -> Response:
    wanted = next((each for each in work_of(person, g.user) if each.key == key), None)
    if wanted is None:
        raise NotFound("This is done or handed over already.")
    form, by = TakeOverForm(wanted.options), g.user
    if not carried_out(form, lambda: hand_over(wanted, db.session.get_one(User, int(form.taker.data)), by=by)):
        return page("people/take_over.html", person=person, work=wanted, form=form, errors=form.error_list(),
                    status=422 if form.errors else 200)  # fmt: skip
    flash(f"{dict(wanted.options)[form.taker.data]} has been asked to take it over.")
    return redirect(url_for(".work", user_id=person.id), 303)


@bp.get("/people/requests/<int:request_id>")
@allow(is_officer, load=request_by_id)
def account_request(found: AccountRequest) -> Response:
    return page("people/request.html", request_=found, there=organisation_like(found) if found.answered_at is None else None)


@bp.post("/people/requests/<int:request_id>/admit")
@allow(is_officer, load=request_by_id)
def admit(found: AccountRequest) -> Response:
    write(actions.admit, found, by=g.user)
    flash(f"{found.organisation_name} is admitted, and {found.name} is invited as its administrator.")
    return redirect(url_for(".index"), 303)


@bp.route("/people/requests/<int:request_id>/refuse", methods=["GET", "POST"])
@allow(is_officer, load=request_by_id)
def refuse(found: AccountRequest) -> Response:
    form, by = ReasonForm(), g.user
    if not carried_out(form, lambda: actions.refuse(found, form.reason.data, by=by)):
        return page("people/refuse.html", request_=found, form=form, errors=form.error_list(), status=422 if form.errors else 200)
    flash(f"{found.organisation_name} is refused, and {found.name} is told why.")
    return redirect(url_for(".index"), 303)

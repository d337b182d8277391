"""Roles of the office: giving and ending them, the second administrator's word, and the page of who may do what."""

from flask import flash, g, redirect, url_for
from werkzeug.wrappers import Response

from portal.core import clock
from portal.core.access import allow
from portal.core.db import write
from portal.core.forms import carried_out
from portal.core.page import page
from portal.people import actions
from portal.people.forms import EndRoleForm, GiveRoleForm
from portal.people.lists import appointment_of, change_by_id, person_by_id
from portal.people.matrix import role_matrix
from portal.people.models import Appointment, RoleChange, User
from portal.people.policy import is_administrator, may_answer, may_change_roles, may_end_role
from portal.people.views.blueprint import bp
from portal.people.words import GRAVE, OfficeRole


@bp.get("/people/roles")
@allow(is_administrator)
def matrix() -> Response:
    return page("people/matrix.html", matrix=role_matrix(), grave=GRAVE)


@bp.route("/people/<int:user_id>/roles/give", methods=["GET", "POST"])
@allow(may_change_roles, load=person_by_id)
def give_role(person: User) -> Response:
    form = GiveRoleForm()

    def give() -> None:
        role = OfficeRole(form.role.data)
        actions.give_role(person, role, form.from_on.data or clock.today(), form.to_on.data, form.reason.data, by=g.user)

    if not carried_out(form, give):
        return page(
            "people/give_role.html", person=person, form=form, errors=form.error_list(), status=422 if form.errors else 200
        )
    flash(said(OfficeRole(form.role.data), f"{person} has the role now.", "has been asked to agree. Until then nothing changes."))
    return redirect(url_for(".person", user_id=person.id), 303)


@bp.route("/people/<int:user_id>/roles/<int:appointment_id>/end", methods=["GET", "POST"])
@allow(may_end_role, load=appointment_of)
def end_role(appointment: Appointment) -> Response:
    form, role, user_id = EndRoleForm(), appointment.role, appointment.user_id
    if not carried_out(form, lambda: actions.end_role(appointment, form.last_day, form.reason.data, by=g.user)):
        return page("people/end_role.html", appointment=appointment, form=form, errors=form.error_list(),
                    needs_two=role in GRAVE, status=422 if form.errors else 200)  # fmt: skip
    flash(said(role, "The role ends.", "has been asked to agree. Until then nothing changes."))
    return redirect(url_for(".person", user_id=user_id), 303)


def said(role: OfficeRole, done: str, asked: str) -> str:
    return f"Another administrator {asked}" if role in GRAVE else done


@bp.get("/people/changes/<int:change_id>")
@allow(is_administrator, load=change_by_id)
def change(change: RoleChange) -> Response:
    return page("people/change.html", change=change, may_answer=may_answer(g.user, change))


@bp.post("/people/changes/<int:change_id>/confirm")
@allow(may_answer, load=change_by_id)
def confirm_change(change: RoleChange) -> Response:
    write(actions.answer, change, True, by=g.user)
    flash("You have agreed. The change is made.")
    return redirect(url_for(".person", user_id=change.user_id), 303)


@bp.post("/people/changes/<int:change_id>/refuse")
@allow(is_administrator, load=change_by_id)
def refuse_change(change: RoleChange) -> Response:
    """The one who asked takes it back here; the others refuse."""
    write(actions.answer, change, False, by=g.user)
    flash("The change is not made.")
    return redirect(url_for(".person", user_id=change.user_id), 303)

"""The list of people, and a page for each."""

from flask import g, request
from werkzeug.wrappers import Response

from portal.core.access import allow
from portal.core.exports import as_csv, as_xlsx
from portal.core.page import page
from portal.people.lists import PersonList, person_by_id, waiting_changes
from portal.people.models import User
from portal.people.policy import is_administrator, may_change_roles, sees_people
from portal.people.views.blueprint import bp


def listed() -> PersonList:
    return PersonList(request.args, user=g.user)


@bp.get("/people/")
@allow(sees_people)
def index() -> Response:
    changes = waiting_changes() if is_administrator(g.user) else []
    return page("people/index.html", "results", listing=listed(), changes=changes)


@bp.get("/people/export.csv")
@allow(sees_people)
def export_csv() -> Response:
    return as_csv(listed(), "people.csv")


@bp.get("/people/export.xlsx")
@allow(sees_people)
def export_xlsx() -> Response:
    return as_xlsx(listed(), "people.xlsx")


@bp.get("/people/<int:user_id>")
@allow(sees_people, load=person_by_id)
def person(person: User) -> Response:
    waiting = [each for each in waiting_changes() if each.user_id == person.id] if is_administrator(g.user) else []
    return page("people/person.html", person=person, waiting=waiting, may_change_roles=may_change_roles(g.user, person))

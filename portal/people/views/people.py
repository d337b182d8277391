"""The list of people, and a page for each."""

from typing import Any

from flask import current_app, g, request
from werkzeug.wrappers import Response

from portal.core.access import allow
from portal.core.exports import as_csv, as_xlsx
from portal.core.page import is_fragment_request, page
from portal.people.actions.directory import is_connected
from portal.people.lists import (
    ColleagueList,
    PersonList,
    open_invitations,
    people_of,
    person_by_id,
    unanswered_requests,
    waiting_changes,
)
from portal.people.models import User
from portal.people.policy import (
    handles_requests,
    is_administrator,
    manages_people,
    may_change_rights,
    may_change_roles,
    may_shut,
    reads_histories,
    sees_people,
)
from portal.people.views.blueprint import bp


def listed() -> PersonList | ColleagueList:
    return people_of(request.args, g.user)


@bp.get("/people/")
@allow(sees_people)
def index() -> Response:
    """What waits, and below it everybody. Only the whole page asks what waits."""
    waits: dict[str, Any] = {} if is_fragment_request() else {
        "changes": waiting_changes() if is_administrator(g.user) else [],
        "invitations": open_invitations(g.user),
        "requests": unanswered_requests(g.user),
    }  # fmt: skip
    return page("people/index.html", "results", listing=listed(), **waits)


@bp.get("/people/export.csv")
@allow(sees_people)
def export_csv() -> Response:
    return as_csv(listed(), "people.csv")


@bp.get("/people/export.xlsx")
@allow(sees_people)
def export_xlsx() -> Response:
    return as_xlsx(listed(), "people.xlsx")


def has_work_account(person: User) -> bool:
    """Asked by administrators only, and only where there is single sign-on."""
    return may_shut(g.user, person) and current_app.extensions["settings"].has_sso and is_connected(person)


@bp.get("/people/<int:user_id>")
@allow(sees_people, load=person_by_id)
def person(person: User) -> Response:
    waiting = [each for each in waiting_changes() if each.user_id == person.id] if is_administrator(g.user) else []
    return page("people/person.html", person=person, waiting=waiting, may_change_roles=may_change_roles(g.user, person),
                may_shut=may_shut(g.user, person), may_change_rights=may_change_rights,
                manages_people=manages_people(g.user), reads_history=reads_histories(g.user),
                handles_data=handles_requests(g.user), work_account=has_work_account(person))  # fmt: skip

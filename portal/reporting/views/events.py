"""The auditor's search over events, one event, and the history of one person."""

from flask import g, request, url_for
from werkzeug.wrappers import Response

from portal.core.access import allow
from portal.core.audit import Event, note_look
from portal.core.exports import as_csv
from portal.core.page import page
from portal.people.lists import anybody_by_id
from portal.people.models import User
from portal.people.policy import reads_histories, restricted_history, sees_people
from portal.reporting.events import PARTS, EventList, by_number
from portal.reporting.history import step_of
from portal.reporting.panels import is_auditor
from portal.reporting.views.blueprint import bp


@bp.get("/history")
@allow(is_auditor)
def events() -> Response:
    return page("reporting/events.html", "results", listing=EventList(request.args, g.user))


@bp.get("/history/export.csv")
@allow(is_auditor)
def events_csv() -> Response:
    return as_csv(EventList(request.args, g.user), "events.csv")


@bp.get("/history/<int:number>")
@allow(reads_histories, load=by_number)
def event(event: Event) -> Response:
    actor = anybody_by_id(g.user, event.actor_id or 0)
    return page("reporting/event.html", event=event, step=step_of(event), actor=actor, searches=is_auditor(g.user))


@bp.get("/people/<int:user_id>/history")
@allow(reads_histories, load=anybody_by_id)
def person_history(person: User) -> Response:
    note_look(g.user, person, restricted_history(g.user, person))
    part = request.args.get("part", "")
    shown = part if part in PARTS else "told"
    tabs = [(label, url_for(".person_history", user_id=person.id, part=key), key == shown) for key, (label, _) in PARTS.items()]
    listing = PARTS[shown][1](request.args, g.user, person)
    return page("reporting/person_history.html", "results", person=person, listing=listing, tabs=tabs,
                sees_person=sees_people(g.user))  # fmt: skip

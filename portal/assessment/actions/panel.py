"""Verbs of the panel: bids sent to it, and what becomes of those that it does not recommend at once."""

from typing import Any

from sqlalchemy import func, select

from portal.applications.models import Application
from portal.applications.models import Stage as BidStage
from portal.applications.workflow import LIFE as BID
from portal.assessment.actions.locks import hold, note_change
from portal.assessment.actions.moderating import check, take_only_score
from portal.core import outbox
from portal.core.db import db
from portal.core.db import hold as lock
from portal.core.problems import Refused
from portal.people.lists import holders_of
from portal.people.models import OfficeRole, User

LAST_PLACE = 999


def to_panel(application: Application, *, by: User) -> None:
    """Put a bid with an agreed score before the panel, for the first time or once its question is answered."""
    hold(application)
    check(application, "to_panel")
    if application.stage is BidStage.IN_ASSESSMENT:
        take_only_score(application)
    BID.advance(application, "to_panel", by=by)
    note_change(application)


def defer(application: Application, question: str, *, by: User) -> None:
    """The panel cannot say yet: what it asks goes to the officers."""
    hold(application)
    if not question:
        raise Refused("Say what must be answered first", "reason")
    BID.advance(application, "defer", by=by, reason=question)
    application.panel_note = question
    note_change(application)
    outbox.send("assessment/deferred", to=holders_of(OfficeRole.GRANTS_OFFICER), case=application.ref,
                application=application, question=question)  # fmt: skip


def hold_in_reserve(application: Application, place: int, reason: str, *, by: User) -> None:
    """Keep a bid in case money comes free. Refused where another bid of the round stands in that place."""
    lock(application.round)  # two bids never take one place
    hold(application)
    check(application, "hold_in_reserve")
    if not 1 <= place <= LAST_PLACE:
        raise Refused(f"Enter a place from 1 to {LAST_PLACE}", "place")
    if (other := in_place(application, place)) is not None:
        raise Refused(f"{other} stands in that place. Choose another, such as {next_place(application)}", "place")
    if not reason:
        raise Refused("Say why it is kept in reserve", "reason")
    application.reserve_place, application.panel_note = place, reason
    BID.advance(application, "hold_in_reserve", by=by, place=place, reason=reason)
    note_change(application)


def in_place(application: Application, place: int) -> str | None:
    """The reference of the bid that stands in this place of the reserve list."""
    taken = select(Application.ref).where(*in_reserve(application), Application.reserve_place == place)
    return db.session.scalar(taken.limit(1))


def next_place(application: Application) -> int:
    last = db.session.scalar(select(func.max(Application.reserve_place)).where(*in_reserve(application)))
    return (last or 0) + 1


def in_reserve(application: Application) -> tuple[Any, ...]:
    return Application.round_id == application.round_id, Application.stage == BidStage.RESERVE

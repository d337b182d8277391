"""Changing the time that a round takes bids in: pausing, going on, giving more time to all or to one applicant."""

from datetime import datetime
from typing import Any

from portal.core import clock, money
from portal.core.db import db
from portal.core.problems import NotNow, Refused
from portal.funds.actions.rounds import end_pause, hold_numbers
from portal.funds.models import Extension, Round
from portal.funds.workflow import LIFE
from portal.people.models import Organisation


def pause(round_: Round, reason: str, *, by: Any) -> None:
    """Take no bids for a while, with the reason. Who has a draft is told."""
    hold_numbers(round_)
    if not reason:
        raise Refused("Say why the round is paused", "reason")
    if round_.closes_at is not None and round_.closes_at <= clock.now():
        raise NotNow(f"{round_} closed on {clock.read_moment(round_.closes_at)}.")
    round_.pause_reason = reason
    LIFE.advance(round_, "pause", by=by, reason=reason)


def resume(round_: Round, *, by: Any) -> None:
    """Take bids again. Refused once the closing time has passed: then only more time helps."""
    hold_numbers(round_)
    if round_.closes_at is not None and round_.closes_at <= clock.now():
        raise NotNow(f"The closing time, {clock.read_moment(round_.closes_at)}, passed during the pause. Give more time instead.")
    end_pause(round_)
    LIFE.advance(round_, "resume", by=by)


def extend(round_: Round, until: datetime, reason: str, *, only: Organisation | None = None, by: Any) -> None:
    """Give more time, with the reason: to one applicant `only`, or to everybody; then a paused or closed round is open again."""
    hold_numbers(round_)
    note_extension(round_, only, until, reason, by=by)
    if only is not None:
        LIFE.advance(round_, "extend_for", by=by, organisation=only.name, until=clock.read_moment(until), reason=reason)
        return
    round_.closes_at, round_.closed_at = until, None
    end_pause(round_)
    LIFE.advance(round_, "extend", by=by, until=clock.read_moment(until), reason=reason)


def set_pot(round_: Round, pence: int, reason: str, *, by: Any) -> None:
    """Change how much there is in a round that runs, with the reason. Whoever knows of grants refuses less than is promised."""
    hold_numbers(round_)
    if not reason:
        raise Refused("Say why it is changed", "reason")
    if round_.cap_pence is not None and pence < round_.cap_pence:
        raise Refused(f"One bid may ask for {money.show(round_.cap_pence)}: enter that or more", "pot_pence")
    before, round_.pot_pence = round_.pot_pence, pence
    LIFE.advance(round_, "set_pot", by=by, before_pence=before or 0, after_pence=pence, reason=reason)


def note_extension(round_: Round, organisation: Organisation | None, until: datetime, reason: str, *, by: Any) -> None:
    if not reason:
        raise Refused("Say why more time is given", "reason")
    if organisation is not None and round_.accepts and organisation.kind.value not in round_.accepts:
        raise Refused(f"{round_.fund} is not open to {organisation}.", "whom")
    if round_.closes_at is None:
        raise NotNow(f"{round_} has no closing time, so there is nothing to put off.")
    before = round_.closes_at if organisation is None else round_.closes_for(organisation.id) or round_.closes_at
    if until <= before:
        raise Refused(f"Choose a time after {clock.read_moment(before)}, when it closes now", "closes")
    if until <= clock.now():
        raise Refused("Choose a time that is still to come", "closes")
    round_.extensions.append(
        Extension(organisation_id=organisation.id if organisation else None, closes_at=until, reason=reason,
                  given_at=clock.now(), given_by_id=by.id)
    )  # fmt: skip
    db.session.flush()

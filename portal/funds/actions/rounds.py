"""A round's life: numbers, checking, opening, closing."""

from typing import Any

from sqlalchemy import select

from portal.core import clock
from portal.core.db import db
from portal.core.problems import NotNow
from portal.funds import judging
from portal.funds.models import Round, RoundKind, RoundStage
from portal.funds.workflow import LIFE
from portal.people.models import SYSTEM


def hold_numbers(round_: Round) -> Round:
    """Lock a round's row, so that no number is given twice and nobody begins twice with one press."""
    return db.session.scalars(
        select(Round).where(Round.id == round_.id).with_for_update().execution_options(populate_existing=True)
    ).one()


def next_reference(round_: Round) -> str:
    """The next number of a round, such as SCF26-0042; the round's row is locked."""
    locked = hold_numbers(round_)
    locked.last_number += 1
    return f"{locked.code}-{locked.last_number:04d}"


def check(round_: Round, *, by: Any) -> None:
    """Say that nothing is missing. Refused with what is."""
    if missing := missing_from(round_):
        raise NotNow(f"{round_} cannot be checked yet: {'; '.join(missing)}.")
    round_.checked_by_id = by.id
    LIFE.advance(round_, "check", by=by)


def missing_from(round_: Round) -> list[str]:
    """What keeps a round from being opened, as the ends of a sentence."""
    missing = []
    if round_.kind is not RoundKind.DIRECT:
        if round_.question_version_id is None:
            missing.append("it has no questions")
        missing.extend(judging.missing_from(round_))
        if round_.cap_pence is None:
            missing.append("it has no limit for a bid")
    if not round_.fund.contact:
        missing.append("its fund has no contact")
    return missing


def open_round(round_: Round, *, by: Any) -> None:
    """Open for bids. The person who checked it may not; before its hour nobody may."""
    if clock.now() < round_.opens_at:
        raise NotNow(f"{round_} opens on {clock.read_moment(round_.opens_at)}, not before.")
    if missing := missing_from(round_):
        raise NotNow(f"{round_} cannot be opened: {'; '.join(missing)}.")
    LIFE.advance(round_, "open", by=by)


def close_overdue() -> list[Round]:
    """Close every round whose deadline has passed. Safe to run again."""
    overdue = db.session.scalars(
        select(Round).where(Round.stage == RoundStage.OPEN, Round.closes_at.is_not(None), Round.closes_at <= clock.now())
    ).all()
    for round_ in overdue:
        LIFE.advance(round_, "close", by=SYSTEM)
    return list(overdue)

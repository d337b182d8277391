"""A round's life: numbers, checking, opening, closing, archiving."""

from typing import Any

from sqlalchemy import select

from portal.core import clock
from portal.core.db import db
from portal.core.problems import Incomplete, NotNow, Refused
from portal.funds.missing import missing_from
from portal.funds.models import Round, RoundStage
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


def next_test_reference(round_: Round) -> str:
    """The next number of a test, such as TEST-SCF26-0001: counted apart, so that live bids have no gaps."""
    locked = hold_numbers(round_)
    locked.last_test_number += 1
    return f"TEST-{locked.code}-{locked.last_test_number:04d}"


def check(round_: Round, *, by: Any) -> None:
    """Say that nothing is missing. Refused with what is, each with its place."""
    hold_numbers(round_)
    if missing := missing_from(round_):
        raise Incomplete([(f"{each.sentence[0].upper()}{each.sentence[1:]}", each.url) for each in missing])
    round_.checked_by_id = by.id
    LIFE.advance(round_, "check", by=by)


def change(round_: Round, *, by: Any) -> None:
    """Take a checked round back to a draft. It has to be checked and agreed again."""
    hold_numbers(round_)
    LIFE.advance(round_, "change", by=by)
    round_.checked_by_id = round_.agreed_by_id = None


def open_round(round_: Round, *, by: Any, at_once: bool = False) -> None:
    """Open for bids. The person who checked it may not; before its hour only where that is asked for."""
    hold_numbers(round_)
    now = clock.now()
    if round_.opens_at is None or round_.stage is not RoundStage.CHECKED:
        raise NotNow(f"{round_} is {round_.stage.label.lower()}: only a checked round can be opened.")
    if round_.closes_at is not None and round_.closes_at <= now:
        raise NotNow(f"{round_} would be closed already: it closes on {clock.read_moment(round_.closes_at)}. Change its dates.")
    if now < round_.opens_at and not at_once:
        raise NotNow(f"{round_} opens on {clock.read_moment(round_.opens_at)}, not before.")
    if missing := missing_from(round_):
        raise NotNow(f"{round_} cannot be opened: {'; '.join(each.sentence for each in missing)}.")
    LIFE.advance(round_, "open", by=by)
    round_.opens_at = min(round_.opens_at, now)


def agree_opening(round_: Round, *, by: Any) -> None:
    """Agree that a checked round opens by itself at its hour."""
    hold_numbers(round_)
    LIFE.advance(round_, "agree", by=by, opens_at=clock.read_moment(round_.opens_at))
    round_.agreed_by_id = by.id


def open_due() -> list[Round]:
    """Open every round whose hour has come and whose opening was agreed. Safe to run again."""
    now = clock.now()
    due = select(Round).where(Round.stage == RoundStage.CHECKED, Round.agreed_by_id.is_not(None), Round.opens_at <= now)
    opened = [each for each in locked(due) if each.closes_at is None or each.closes_at > now]
    for round_ in opened:
        LIFE.advance(round_, "open", by=SYSTEM)
    return opened


def locked(due: Any) -> list[Round]:
    """The rounds that still stand so once their rows are ours."""
    return list(db.session.scalars(due.order_by(Round.id).with_for_update().execution_options(populate_existing=True)))


def close(round_: Round, reason: str, *, by: Any) -> None:
    """Close before the time, with the reason. Who has a draft is told."""
    hold_numbers(round_)
    if not reason:
        raise Refused("Say why the round closes early", "reason")
    LIFE.advance(round_, "close", by=by, reason=reason)
    end_pause(round_)


def close_overdue() -> list[Round]:
    """Close every round whose deadline has passed. Safe to run again."""
    running = Round.stage.in_((RoundStage.OPEN, RoundStage.PAUSED))
    overdue = locked(select(Round).where(running, Round.closes_at.is_not(None), Round.closes_at <= clock.now()))
    for round_ in overdue:
        LIFE.advance(round_, "close", by=SYSTEM)
        end_pause(round_)
    return overdue


def end_pause(round_: Round) -> None:
    """What closes or goes on is not paused any more."""
    if round_.paused_at is not None and (round_.resumed_at is None or round_.resumed_at < round_.paused_at):
        round_.resumed_at = clock.now()


def archive(round_: Round, *, by: Any) -> None:
    """Put away. Refused while a bid of it is under way: whoever knows of bids follows this move."""
    hold_numbers(round_)
    LIFE.advance(round_, "archive", by=by)

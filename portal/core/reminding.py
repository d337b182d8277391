"""Reminders of a day: which of them has come, and which rows wait for theirs. Each is told once."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, false, or_

from portal.core import clock


def step_for(day: date, steps: Sequence[int]) -> int | None:
    """The reminder whose time has come: so many days before the day, below 0 after it. Those missed before it are left out."""
    left = (day - clock.today()).days
    return min((step for step in steps if left <= step), default=None)


def is_time(day: Any, told: Any, steps: Sequence[int]) -> ColumnElement[bool]:
    """The rows for which a reminder has come that was not told; `told` is the column with the last one."""
    today = clock.today()
    return or_(false(), *(and_(day <= today + timedelta(days=step), or_(told.is_(None), told > step)) for step in steps))


def in_words(day: date) -> str:
    """How far off a day is, as the end of a sentence."""
    left = (day - clock.today()).days
    return {0: "today", 1: "tomorrow"}.get(left, f"in {left} days")

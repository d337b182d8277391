"""Bank holidays: data that an administrator keeps, so that working days are counted as the office counts them."""

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from flask import g, has_request_context
from sqlalchemy import select
from sqlalchemy.orm import Mapped, mapped_column

from portal.core import bank_holiday_rules, clock
from portal.core.db import Base, db

PUBLISHED = Path(__file__).with_name("bank_holidays.json")  # England and Wales, as announced


class BankHoliday(Base):
    """A day on which nobody works in England."""

    __tablename__ = "bank_holiday"
    on: Mapped[date] = mapped_column(unique=True)
    name: Mapped[str]


def known() -> frozenset[date]:
    """All of them; asked for once in a request."""
    if not has_request_context():
        return frozenset(db.session.scalars(select(BankHoliday.on)))
    if "bank_holidays" not in g:
        g.bank_holidays = frozenset(db.session.scalars(select(BankHoliday.on)))
    return g.bank_holidays


def load() -> int:
    """Write down the announced holidays that are missing; how many were new. Safe to run again."""
    there = known()
    new = [BankHoliday(on=on, name=name) for on, name in announced() if on not in there]
    db.session.add_all(new)
    return len(new)


def announced() -> list[tuple[date, str]]:
    """Those that were announced, and for this year and two more those that the rules give where none has been yet."""
    known = [(date.fromisoformat(on), name) for on, name in json.loads(PUBLISHED.read_text()).items()]
    later = range(known[-1][0].year + 1, clock.today().year + 3)
    return known + [row for year in later for row in bank_holiday_rules.in_year(year).items()]


def working_day_after(start: date, days: int) -> date:
    """The day so many working days after another."""
    return clock.add_working_days(start, days, known())


def working_days_between(start: date, end: date) -> int:
    """Working days from the day after `start` up to `end`."""
    return clock.working_days_between(start, end, known())


def from_this_year() -> Sequence[BankHoliday]:
    """Those of this year and later, in their order."""
    first = date(clock.today().year, 1, 1)
    return db.session.scalars(select(BankHoliday).where(BankHoliday.on >= first).order_by(BankHoliday.on)).all()


def by_id(_user: Any, holiday_id: int) -> BankHoliday | None:
    return db.session.get(BankHoliday, holiday_id)

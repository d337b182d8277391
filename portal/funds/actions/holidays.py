"""Keeping the bank holidays."""

from datetime import date
from typing import Any

from portal.core.audit import OFFICE, record
from portal.core.constraints import explain
from portal.core.db import db
from portal.core.holidays import BankHoliday

explain(uq_bank_holiday_on="This day is a bank holiday already.")


def add_holiday(on: date, name: str, *, by: Any) -> BankHoliday:
    made = BankHoliday(on=on, name=name)
    db.session.add(made)
    record("holiday.add", made, by=by, readers=OFFICE, on=on, name=name)
    return made


def remove_holiday(holiday: BankHoliday, *, by: Any) -> None:
    record("holiday.remove", holiday, by=by, readers=OFFICE, on=holiday.on, name=holiday.name)
    db.session.delete(holiday)

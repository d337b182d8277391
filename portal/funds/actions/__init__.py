"""Verbs of funds."""

from portal.funds.actions.clarifications import answer, ask, set_aside
from portal.funds.actions.holidays import add_holiday, remove_holiday
from portal.funds.actions.money import commit, release
from portal.funds.actions.rounds import (
    agree_opening,
    archive,
    change,
    check,
    close,
    close_overdue,
    hold_numbers,
    next_reference,
    next_test_reference,
    open_due,
    open_round,
)
from portal.funds.actions.window import extend, pause, resume
from portal.funds.actions.writing import begin, bring, invite, save
from portal.funds.missing import missing_from

__all__ = [
    "add_holiday",
    "agree_opening",
    "answer",
    "archive",
    "ask",
    "begin",
    "bring",
    "change",
    "check",
    "close",
    "close_overdue",
    "commit",
    "extend",
    "hold_numbers",
    "invite",
    "missing_from",
    "next_reference",
    "next_test_reference",
    "open_due",
    "open_round",
    "pause",
    "release",
    "remove_holiday",
    "resume",
    "save",
    "set_aside",
]

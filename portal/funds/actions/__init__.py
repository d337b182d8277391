"""Verbs of funds."""

from portal.funds.actions.entry import add_check, add_question, change_check, change_question, copy_entry
from portal.funds.actions.holding import Overtaken, check_not_fixed, fix_rules, move_row, remove_row
from portal.funds.actions.judging import (
    add_criterion,
    change_criterion,
    copy_judging,
    save_points,
    save_scheme,
    save_weights,
    set_threshold,
)
from portal.funds.actions.money import commit, committed_to_area, release
from portal.funds.actions.rounds import check, close_overdue, hold_numbers, missing_from, next_reference, open_round

__all__ = [
    "Overtaken",
    "add_check",
    "add_criterion",
    "add_question",
    "change_check",
    "change_criterion",
    "change_question",
    "check",
    "check_not_fixed",
    "close_overdue",
    "commit",
    "committed_to_area",
    "copy_entry",
    "copy_judging",
    "fix_rules",
    "hold_numbers",
    "missing_from",
    "move_row",
    "next_reference",
    "open_round",
    "release",
    "remove_row",
    "save_points",
    "save_scheme",
    "save_weights",
    "set_threshold",
]

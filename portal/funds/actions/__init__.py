"""Verbs of funds."""

from portal.funds.actions.budgets import allocated_in, approve, propose, refuse
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
from portal.funds.actions.setting_up import (
    answer_checklist,
    change_envelope,
    change_fund,
    choose_applicants,
    choose_objectives,
    create_envelope,
    create_fund,
    record_step,
)
from portal.funds.actions.sources import add_source, attach, carry_over, change_source, detach, set_year, succeed

__all__ = [
    "Overtaken",
    "add_check",
    "add_criterion",
    "add_question",
    "add_source",
    "allocated_in",
    "answer_checklist",
    "approve",
    "attach",
    "carry_over",
    "change_check",
    "change_criterion",
    "change_envelope",
    "change_fund",
    "change_question",
    "change_source",
    "check",
    "check_not_fixed",
    "choose_applicants",
    "choose_objectives",
    "close_overdue",
    "commit",
    "committed_to_area",
    "copy_entry",
    "copy_judging",
    "create_envelope",
    "create_fund",
    "detach",
    "fix_rules",
    "hold_numbers",
    "missing_from",
    "move_row",
    "next_reference",
    "open_round",
    "propose",
    "record_step",
    "refuse",
    "release",
    "remove_row",
    "save_points",
    "save_scheme",
    "save_weights",
    "set_threshold",
    "set_year",
    "succeed",
]

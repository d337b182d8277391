"""Verbs of funds."""

from portal.funds.actions.budgets import allocated_in, approve, propose, refuse
from portal.funds.actions.clarifications import answer, ask, set_aside
from portal.funds.actions.entry import add_check, add_question, change_check, change_question, copy_entry
from portal.funds.actions.holding import Overtaken, check_not_fixed, fix_rules, move_row, remove_row
from portal.funds.actions.holidays import add_holiday, remove_holiday
from portal.funds.actions.judging import (
    add_criterion,
    change_criterion,
    copy_judging,
    save_points,
    save_scheme,
    save_weights,
    set_threshold,
)
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
from portal.funds.actions.window import extend, pause, resume
from portal.funds.actions.writing import begin, bring, invite, save
from portal.funds.missing import missing_from

__all__ = [
    "Overtaken",
    "add_check",
    "add_criterion",
    "add_holiday",
    "add_question",
    "add_source",
    "agree_opening",
    "allocated_in",
    "answer",
    "answer_checklist",
    "approve",
    "archive",
    "ask",
    "attach",
    "begin",
    "bring",
    "carry_over",
    "change",
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
    "close",
    "close_overdue",
    "commit",
    "copy_entry",
    "copy_judging",
    "create_envelope",
    "create_fund",
    "detach",
    "extend",
    "fix_rules",
    "hold_numbers",
    "invite",
    "missing_from",
    "move_row",
    "next_reference",
    "next_test_reference",
    "open_due",
    "open_round",
    "pause",
    "propose",
    "record_step",
    "refuse",
    "release",
    "remove_holiday",
    "remove_row",
    "resume",
    "save",
    "save_points",
    "save_scheme",
    "save_weights",
    "set_aside",
    "set_threshold",
    "set_year",
    "succeed",
]

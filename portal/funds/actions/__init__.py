"""Verbs of funds."""

from portal.funds.actions.budgets import allocated_in, approve, propose, refuse
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
    "add_source",
    "allocated_in",
    "answer_checklist",
    "approve",
    "attach",
    "carry_over",
    "change_envelope",
    "change_fund",
    "change_source",
    "check",
    "choose_applicants",
    "choose_objectives",
    "close_overdue",
    "commit",
    "committed_to_area",
    "create_envelope",
    "create_fund",
    "detach",
    "hold_numbers",
    "missing_from",
    "next_reference",
    "open_round",
    "propose",
    "record_step",
    "refuse",
    "release",
    "set_year",
    "succeed",
]

"""Verbs of funds."""

from portal.funds.actions.money import commit, committed_to_area, release
from portal.funds.actions.rounds import check, close_overdue, hold_numbers, missing_from, next_reference, open_round

__all__ = [
    "check",
    "close_overdue",
    "commit",
    "committed_to_area",
    "hold_numbers",
    "missing_from",
    "next_reference",
    "open_round",
    "release",
]

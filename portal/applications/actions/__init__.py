"""Verbs of bids. Each names its actor; none commits."""

from portal.applications.actions.answering import (
    add_line,
    attach,
    detach,
    remove_line,
    restore_line,
    save_answer,
    save_page,
    save_section,
)
from portal.applications.actions.entering import answer_eligibility
from portal.applications.actions.handing_in import ask, missing_answers, submit, withdraw
from portal.applications.actions.rounds import forwardable, take_forward
from portal.applications.actions.starting import start, try_out

__all__ = [
    "add_line",
    "answer_eligibility",
    "ask",
    "attach",
    "detach",
    "forwardable",
    "missing_answers",
    "remove_line",
    "restore_line",
    "save_answer",
    "save_page",
    "save_section",
    "start",
    "submit",
    "take_forward",
    "try_out",
    "withdraw",
]

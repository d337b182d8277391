"""Verbs of returns: falling due, filling in, sending, checking."""

from portal.monitoring.actions.checking import accept, query, waive
from portal.monitoring.actions.due import count_overdue, recount_overdue, schedule_returns
from portal.monitoring.actions.filling import (
    add_line,
    detach,
    remove_line,
    restore_line,
    save_answer,
    save_figures,
    save_section,
    start,
)
from portal.monitoring.actions.reminding import remind_of_returns
from portal.monitoring.actions.sending import answer_queries, file_return

__all__ = [
    "accept",
    "add_line",
    "answer_queries",
    "count_overdue",
    "detach",
    "file_return",
    "query",
    "recount_overdue",
    "remind_of_returns",
    "remove_line",
    "restore_line",
    "save_answer",
    "save_figures",
    "save_section",
    "schedule_returns",
    "start",
    "waive",
]

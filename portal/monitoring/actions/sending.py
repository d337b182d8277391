"""Sending a return: certified by who may, and its questions from the office answered first."""

from collections.abc import Mapping

from portal.core import clock
from portal.core.db import hold
from portal.core.problems import Incomplete, NotNow, Refused
from portal.monitoring import letters, lists
from portal.monitoring.account import missing_from
from portal.monitoring.actions.due import settle_overdue
from portal.monitoring.models import Return, Stage
from portal.monitoring.workflow import LIFE
from portal.people.models import User
from portal.questions import actions as answering


def file_return(return_: Return, *, early_reason: str = "", by: User) -> None:
    """Certify and send in one step: who certifies also sends. Refused whole while something is missing.

    Before its period ends a return is taken only with the reason why nothing more will change.
    """
    hold(return_)
    if sentence := LIFE.may("certify").why_not_now(return_):
        raise NotNow(sentence)
    if missing := missing_from(return_):
        raise Incomplete(missing)
    if return_.is_early and not early_reason:
        raise Refused(f"Say why nothing more will change before {clock.read_day(return_.period_to)}", "early_reason")
    return_.early_reason = early_reason if return_.is_early else ""
    answering.hand_in(lists.sheet_of(return_), by=by)
    return_.certified_by_id = by.id
    LIFE.advance(return_, "certify", by=by)
    LIFE.advance(return_, "submit", by=by, spent_pence=lists.spent(return_))
    settle_overdue(return_)
    letters.tell_received(return_)


def answer_queries(return_: Return, answers: Mapping[int, str], *, by: User) -> None:
    """Answer what the office asked: query id → text. Each answer may be written again until the return is sent."""
    hold(return_)
    if return_.stage is not Stage.QUERIED:
        raise NotNow("The office has no open question about this return.")
    if not any(answers.get(query.id) for query in return_.queries):
        raise Refused("Write your answer", f"query-{return_.queries[-1].id}")
    last = return_.queries[-1]
    for query in return_.queries:
        if (text := answers.get(query.id)) and (query.is_open or query is last):
            query.answer, query.answered_at = text, clock.now()

"""What the office does with a return: asks about it, accepts it, or does without it."""

from datetime import timedelta

from portal.awards.actions import note_progress, note_spend
from portal.core import clock
from portal.core.db import hold
from portal.core.problems import NotNow, Refused
from portal.monitoring import letters, lists
from portal.monitoring.account import account_of
from portal.monitoring.actions.due import settle_overdue
from portal.monitoring.actions.reminding import note_told
from portal.monitoring.models import Query, Return
from portal.monitoring.workflow import LIFE
from portal.people.models import User
from portal.plan.models import Rag, direction_between

ANSWER_DAYS = 14  # at least so long to answer, whenever the return was due


def query(return_: Return, about: str, question: str, *, by: User) -> None:
    """Ask about one part of a return; it goes back to the applicant."""
    hold(return_)
    if not about:
        raise Refused("Choose what you ask about", "about")
    if not question:
        raise Refused("Write your question", "question")
    LIFE.advance(return_, "query", by=by, about=about, question=question)
    return_.queries.append(Query(about=about, question=question, asked_by_id=by.id, asked_at=clock.now()))
    return_.due_on = max(return_.due_on, clock.today() + timedelta(days=ANSWER_DAYS))
    note_told(return_)
    letters.tell_queried(return_, question)


def accept(return_: Return, delivery: Rag, spend: Rag, reason: str, *, by: User) -> None:
    """Accept a return; the officer's readings stand on the award. Another reading than the applicant's needs a reason."""
    hold(return_)
    if (delivery, spend) != (return_.delivery_rag, return_.spend_rag) and not reason:
        raise Refused("Say why you read it differently from the applicant", "reason")
    check_order(return_)
    award = return_.award
    LIFE.advance(return_, "accept", by=by, delivery=delivery.value, spend=spend.value)
    return_.agreed_delivery, return_.agreed_spend, return_.agreed_reason = delivery, spend, reason
    direction = direction_between(award.delivery_rag if award.rag_on else None, delivery)
    note_progress(award, delivery=delivery, spend=spend, direction=direction, reason=reason or return_.rag_reason)
    note_spend(award, lists.spent(return_))
    letters.tell_accepted(return_)


def check_order(return_: Return) -> None:
    """Figures count from the start of the grant, so returns are accepted in order and never fall behind the one before."""
    if (open_one := lists.open_before(return_)) is not None:
        raise NotNow(f"Accept or waive {open_one.ref} first: the figures of this return build on it.")
    if wrong := account_of(return_).problems():
        raise NotNow(f"The figures no longer agree with the return before: {wrong[0][0]}. Ask about them.")


def waive(return_: Return, reason: str, *, by: User) -> None:
    """Do without a return, with the reason."""
    hold(return_)
    if not reason:
        raise Refused("Say why the return is waived", "reason")
    return_.waived_reason = reason
    LIFE.advance(return_, "waive", by=by, reason=reason)
    settle_overdue(return_)
    letters.tell_waived(return_)

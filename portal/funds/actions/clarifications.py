"""Questions about a round: anybody asks, an officer answers, and everybody reads the same."""

from typing import Any

from portal.core import clock, outbox
from portal.core.db import db, hold
from portal.core.problems import NotNow, Refused
from portal.funds.models import Clarification, Round
from portal.funds.workflow import LIFE
from portal.people.lists import holders_of
from portal.people.models import OfficeRole

LONGEST = 1_000  # characters of a question


def ask(round_: Round, question: str, *, by: Any) -> Clarification:
    """Put a question to the office; `by` is None for the public."""
    if not question:
        raise Refused("Write your question", "question")
    if len(question) > LONGEST:
        raise Refused(f"Use {LONGEST:,} characters or fewer", "question")
    if not round_.takes_questions:
        raise NotNow(f"{round_} is closed, so questions about it are no longer answered here.")
    made = Clarification(round_id=round_.id, question=question, asked_at=clock.now(), asked_by_id=by.id if by else None)
    db.session.add(made)
    outbox.send("funds/asked", to=holders_of(OfficeRole.GRANTS_OFFICER), case=round_.code, round=round_, question=question)
    return made


def answer(asked: Clarification, question: str, words: str, *, by: Any) -> None:
    """Publish the answer, with the question as it may be read by all. Drafts' leads are told, whoever asked."""
    hold(asked.round)
    db.session.refresh(asked, with_for_update=True)
    if not asked.is_waiting:
        raise NotNow("This question has been answered or set aside already.")
    for name, text in (("question", question), ("answer", words)):
        if not text:
            raise Refused(f"Write the {name}", name)
    asked.question, asked.answer = question, words
    asked.published_at, asked.answered_by_id = clock.now(), by.id
    db.session.flush()
    LIFE.advance(asked.round, "answer", by=by, question=question, answer=words)


def set_aside(asked: Clarification, *, by: Any) -> None:
    """Leave a question unanswered that asks nothing about the round. It stays with the office."""
    db.session.refresh(asked, with_for_update=True)
    if not asked.is_waiting:
        raise NotNow("This question has been answered or set aside already.")
    asked.set_aside_at, asked.answered_by_id = clock.now(), by.id

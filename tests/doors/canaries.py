"""Canaries: whatever is written while the world of the doors is told carries a mark of the place it was written to."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from portal.applications.models import Application, ApplicationObjective, Request
from portal.assessment.models import Assignment, GateResult, Moderated, Score
from portal.awards.models import Award, AwardLine, AwardMeasure, Decision
from portal.core import audit, outbox
from portal.core.db import db
from portal.core.files import StoredFile
from portal.funds.models import Clarification, Extension, RoundInvitation
from portal.monitoring.models import LineSpend, MeasureReading, Query, Return
from portal.questions.models import Answer, Question

FREE_TEXTS = {
    Application: ("summary", "recommendation", "panel_note"),  # the title is an answer
    ApplicationObjective: ("how",),
    Assignment: ("interest",),
    Award: ("rag_reason", "note"),
    AwardLine: ("description",),
    AwardMeasure: ("name", "method"),
    Clarification: ("question", "answer"),
    Decision: ("reasons", "conditions", "not_funded", "feedback", "interests"),
    Extension: ("reason",),
    GateResult: ("note",),
    LineSpend: ("comment",),
    MeasureReading: ("comment",),
    Moderated: ("note",),
    Query: ("question", "answer"),
    Request: ("reason",),
    Return: ("rag_reason", "agreed_reason", "waived_reason", "early_reason"),
    RoundInvitation: ("justification",),
    Score: ("justification",),
    StoredFile: ("name",),
}
MARK = re.compile(r"Zq([a-z]+)Z([a-z]+)Z([a-z]+)Qz", re.IGNORECASE)  # searches fold the letters
_case = ["none"]


@contextmanager
def telling_of(case: str) -> Iterator[None]:
    """What is written in this block belongs to this case."""
    _case.append(case)
    yield
    _case.pop()


def mark(table: str, column: str) -> str:
    """Letters alone, so that no escaping, quoting or cleaning can hide it."""
    plain = [re.sub("[^a-z]", "", part.lower().replace("z", "s").replace("q", "k")) for part in (_case[-1], table, column)]
    return f"Zq{plain[0]}Z{plain[1]}Z{plain[2]}Qz"


def marked(text: Any, table: str, column: str) -> Any:
    return f"{text} {mark(table, column)}" if isinstance(text, str) and text and not MARK.search(text) else text


def found_in(text: str) -> set[tuple[str, str]]:
    """The places that a text gives away: (place, case)."""
    return {(f"{table}.{column}".lower(), case.lower()) for case, table, column in MARK.findall(text)}


@contextmanager
def set_out() -> Iterator[None]:
    """Mark every text that is written until the block ends: in a column, in an event, in a letter."""
    listening = [(getattr(model, column), listener(model.__tablename__, column)) for model, columns in FREE_TEXTS.items()
                 for column in columns] + [(Answer.raw, mark_answer)]  # fmt: skip
    as_event, send = audit.as_event, outbox.send
    for attribute, fn in listening:
        event.listen(attribute, "set", fn, retval=True)
    audit.as_event = marked_event(as_event)
    outbox.send = marked_letter(send)
    try:
        yield
    finally:
        audit.as_event, outbox.send = as_event, send
        for attribute, fn in listening:
            event.remove(attribute, "set", fn)


def listener(table: str, column: str) -> Any:
    def mark_value(_thing: Any, value: Any, *_rest: Any) -> Any:
        if column == "name" and table == "stored_file" and isinstance(value, str):
            return f"{mark(table, column)}-{value}"  # its ending stays
        return marked(value, table, column)

    return mark_value


def mark_answer(answer: Answer, value: Any, *_rest: Any) -> Any:
    with db.session.no_autoflush:
        question = db.session.get_one(Question, answer.question_id)
    if question.kind not in ("short_text", "long_text") or answer.file_id is not None:
        return value
    shown = "shown" if question.is_shown_to_assessors and not question.is_personal else "hidden"
    return marked(value, "answer", "title" if question.code == "title" else shown)


def marked_event(as_event: Any) -> Any:
    def wrapped(telling: Any, number: int) -> Any:
        telling.facts = {name: marked(value, "event", f"{telling.verb}{name}") for name, value in telling.facts.items()}
        return as_event(telling, number)

    return wrapped


def marked_letter(send: Any) -> Any:
    def wrapped(template: str, *, to: Any, case: str = "", **context: Any) -> None:
        texts = {name: marked(value, "letter", template) for name, value in context.items()}
        send(template, to=to, case=case, **texts)

    return wrapped

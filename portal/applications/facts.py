"""Core facts: columns of a bid that answers write to, so that lists and reports never dig in answers.

A form says which question is which fact (`writes_to`), whatever the question is called. `partners`, `budget` and
`measures` are facts that are read when they are needed, see `portal/applications/lines.py`.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

from sqlalchemy import delete, select

from portal.applications.models import Application, ApplicationObjective
from portal.core.db import db
from portal.people.models import Organisation
from portal.questions.models import Question
from portal.questions.sheet import Sheet

Setter = Callable[[Application, Sheet, Question], None]


def text_of(column: str, longest: int) -> Setter:
    """The text as far as lists and headings can show it."""

    def set_text(application: Application, sheet: Sheet, question: Question) -> None:
        setattr(application, column, sheet.item(question).raw[:longest])

    return set_text


def value_of(column: str, read: Callable[[Any], Any] = lambda value: value) -> Setter:
    """NULL until the answer can be read."""

    def set_value(application: Application, sheet: Sheet, question: Question) -> None:
        value = sheet.item(question).value
        setattr(application, column, None if value is None else read(value))

    return set_value


def set_accountable_body(application: Application, sheet: Sheet, question: Question) -> None:
    key = sheet.item(question).value
    found = db.session.scalar(select(Organisation).where(Organisation.key == key)) if key else None
    application.accountable_body_id = found.kept.id if found else None


def set_objectives(application: Application, sheet: Sheet, question: Question) -> None:
    """One row for each objective named, however often; in the order of the form."""
    db.session.execute(delete(ApplicationObjective).where(ApplicationObjective.application_id == application.id))
    db.session.add_all(
        ApplicationObjective(application_id=application.id, objective_id=objective_id, how=how)
        for objective_id, how in objectives_in(sheet, question).items()
    )


def objectives_in(sheet: Sheet, question: Question) -> dict[int, str]:
    """The objectives that were chosen, each with what was said about it where the form asks for that."""
    named: dict[int, str] = {}
    if question.kind == "group":
        for line in sheet.group(question.code):
            if "objective" in line and (chosen := line["objective"].value) is not None:
                named.setdefault(int(chosen), line["how"].raw if "how" in line else "")
        return named
    value = sheet.value(question.code) or []
    return dict.fromkeys(map(int, [value] if isinstance(value, str) else value), "")


SETTERS: dict[str, Setter] = {
    "title": text_of("title", 140),
    "summary": text_of("summary", 2000),
    "requested_pence": value_of("requested_pence"),
    "starts_on": value_of("starts_on", date.fromisoformat),
    "ends_on": value_of("ends_on", date.fromisoformat),
    "accountable_body": set_accountable_body,
    "objectives": set_objectives,
}


KINDS_OF = {  # the types of question that a fact can be read from; another type writes nothing
    "title": ("short_text", "long_text"), "summary": ("short_text", "long_text"), "requested_pence": ("money",),
    "starts_on": ("date",), "ends_on": ("date",), "accountable_body": ("organisation",),
    "objectives": ("group", "objective", "objectives"),
}  # fmt: skip


def write_fact(application: Application, sheet: Sheet, question: Question) -> None:
    """Let an answer, or any cell of its group, write the fact it belongs to."""
    owner = sheet.owner(question)
    if owner.writes_to is not None and owner.kind in KINDS_OF.get(owner.writes_to, ()):
        SETTERS[owner.writes_to](application, sheet, owner)

"""Writes a form from its data: sections, questions, and the columns of groups."""

from typing import Any

from portal.core import clock
from portal.core.db import db
from portal.questions.models import Question, QuestionSet, QuestionVersion, Section


def write_form(facts: dict[str, Any]) -> None:
    """One published version of a question set."""
    version = QuestionVersion(question_set=QuestionSet(key=facts["key"], name=facts["name"]), number=facts["version"],
                              minutes=facts["minutes"], published_at=clock.now())  # fmt: skip
    db.session.add(version)
    for number, part in enumerate(facts["sections"]):
        section = Section(position=number, code=part["code"], title=part["title"], guidance=part["guidance"])
        version.sections.append(section)
        db.session.flush()
        for position, row in enumerate(part["questions"]):
            write_question(section, row, position)


def write_question(section: Section, row: dict[str, Any], position: int) -> None:
    question = Question(
        section_id=section.id, position=position, number=row["number"], code=row["code"], kind=row["kind"], label=row["label"],
        hint=row["hint"], guidance=row["guidance"], is_required=row["required"], settings=without_columns(row["settings"]),
        writes_to=row["writes_to"], shown_when=row["shown_when"], is_shown_to_assessors=row["shown_to_assessors"],
        is_public=row["public"], is_personal=row["personal"],
    )  # fmt: skip
    db.session.add(question)
    db.session.flush()
    for number, column in enumerate(row["settings"].get("columns", [])):
        db.session.add(
            Question(section_id=section.id, group_id=question.id, position=number, code=column["code"], kind=column["kind"],
                     label=column["label"], hint=column["hint"], is_required=column["required"], settings=column["settings"],
                     is_shown_to_assessors=row["shown_to_assessors"], is_public=row["public"], is_personal=column["personal"])
        )  # fmt: skip


def without_columns(settings: dict[str, Any]) -> dict[str, Any]:
    """What stays with the group itself; its columns are questions of their own."""
    return {name: wish for name, wish in settings.items() if name != "columns"}

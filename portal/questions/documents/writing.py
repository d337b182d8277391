"""The document of a form: everything that its version holds, in one order, so that it can be compared as text."""

import json
from typing import Any

from portal.questions.models import Question, QuestionVersion, Section

FORMAT = 1


def as_document(version: QuestionVersion, sections: list[Section] | None = None) -> dict[str, Any]:
    """With `sections`, where they have been read already."""
    return {
        "format": FORMAT,
        "key": version.question_set.key,
        "name": version.question_set.name,
        "version": version.number,
        "minutes": version.minutes,
        "sections": [section_as(section) for section in sections or version.sections],
    }


def as_text(version: QuestionVersion) -> str:
    return text_of(as_document(version))


def text_of(document: dict[str, Any]) -> str:
    """The document as a file."""
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def section_as(section: Section) -> dict[str, Any]:
    columns: dict[int, list[Question]] = {}
    for question in section.questions:
        if question.group_id is not None:
            columns.setdefault(question.group_id, []).append(question)
    asked = [question for question in section.questions if question.group_id is None]
    return {
        "code": section.code,
        "title": section.title,
        "guidance": section.guidance,
        "questions": [question_as(question, columns.get(question.id, [])) for question in asked],
    }


def question_as(question: Question, columns: list[Question]) -> dict[str, Any]:
    settings = dict(question.settings)
    if question.kind == "group":
        settings["columns"] = [column_as(column) for column in columns]
    return {
        "number": question.number,
        "code": question.code,
        "kind": question.kind,
        "label": question.label,
        "hint": question.hint,
        "guidance": question.guidance,
        "example": question.example,
        "required": question.is_required,
        "settings": settings,
        "writes_to": question.writes_to,
        "filled_from": question.filled_from,
        "shown_when": question.shown_when,
        "shown_to_assessors": question.is_shown_to_assessors,
        "public": question.is_public,
        "personal": question.is_personal,
    }


def column_as(column: Question) -> dict[str, Any]:
    return {
        "code": column.code,
        "kind": column.kind,
        "label": column.label,
        "hint": column.hint,
        "required": column.is_required,
        "settings": column.settings,
        "personal": column.is_personal,
    }

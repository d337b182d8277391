"""Reads a form's document and keeps it as a new version: whole, or not at all."""

import json
from typing import Any, NoReturn

from sqlalchemy import func, select

from portal.core import clock
from portal.core.audit import OFFICE, record
from portal.core.db import db
from portal.core.problems import Refused
from portal.questions.documents.checking import Fault, faults_in
from portal.questions.models import Question, QuestionSet, QuestionVersion, Section

Row = dict[str, Any]
LARGEST = 2 * 1024 * 1024
DEEPEST = 16


class Faulty(Refused):
    """The document cannot be kept. Holds every fault with its place."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__(f"The form has {len(faults)} fault{'s' if len(faults) > 1 else ''}, so nothing was saved.")
        self.faults = faults


def parse(content: bytes) -> Any:
    """What the file holds. Raises `Faulty` when it is no JSON, too large or too deep."""
    if len(content) > LARGEST:
        refuse(f"It is too large: a form may have {LARGEST // 1024 // 1024} MB")
    try:
        document = json.loads(content.decode("utf-8-sig"), parse_constant=not_a_number)
    except UnicodeDecodeError:
        refuse("It is not UTF-8. Save it as UTF-8 and try again")
    except json.JSONDecodeError as error:
        refuse(f"It is no JSON: line {error.lineno}, column {error.colno}: {error.msg}")
    except (ValueError, RecursionError):
        refuse("It holds numbers or nested parts that no form has")
    if is_too_deep(document):
        refuse("Its parts are nested deeper than those of any form")
    return document


def not_a_number(text: str) -> NoReturn:
    raise ValueError(text)


def is_too_deep(document: Any) -> bool:
    level = [document]
    for _ in range(DEEPEST):
        level = [part for each in level if isinstance(each, dict | list)
                 for part in (each.values() if isinstance(each, dict) else each)]  # fmt: skip
    return any(isinstance(each, dict | list) for each in level)


def refuse(sentence: str) -> NoReturn:
    raise Faulty([Fault("The file", sentence)])


def bring_in(document: Any, *, publish: bool = False, by: Any) -> QuestionVersion:
    """Keep a document as a new version of its form, and tell the history."""
    version = store(document)
    version.published_at = clock.now() if publish else None
    record("form.import", version, by=by, readers=OFFICE, form=version.question_set.name, number=version.number)
    return version


def store(document: Any) -> QuestionVersion:
    """Keep a document as a draft version. A number that its form has already used gives way to the next one."""
    if faults := faults_in(document):
        raise Faulty(faults)
    version = new_version(document)
    for position, part in enumerate(document["sections"]):
        section = Section(position=position, code=part["code"], title=part["title"], guidance=part.get("guidance", ""))
        version.sections.append(section)
        db.session.flush()
        for place, facts in enumerate(part["questions"]):
            keep_question(section, facts, place)
    db.session.flush()
    return version


def new_version(document: dict[str, Any]) -> QuestionVersion:
    known = db.session.scalar(select(QuestionSet).where(QuestionSet.key == document["key"]))
    question_set = known or QuestionSet(key=document["key"], name=document["name"])
    question_set.name = document["name"]
    db.session.add(question_set)
    db.session.flush()
    last = db.session.scalar(select(func.max(QuestionVersion.number)).where(QuestionVersion.set_id == question_set.id)) or 0
    version = QuestionVersion(question_set=question_set, number=max(document.get("version", 1), last + 1),
                              minutes=document.get("minutes", 0))  # fmt: skip
    db.session.add(version)
    return version


def keep_question(section: Section, facts: Row, position: int) -> None:
    question = Question(section_id=section.id, **row_of(facts, position))
    db.session.add(question)
    columns = rows_of_columns(facts)
    if columns:
        db.session.flush()
    db.session.add_all(Question(section_id=section.id, group_id=question.id, **column) for column in columns)


def row_of(facts: Row, position: int = 0) -> Row:
    """What a question is made of, as its document says it; it stands in no section yet."""
    settings = {name: wish for name, wish in facts.get("settings", {}).items() if (facts["kind"], name) != ("group", "columns")}
    return {
        "position": position, "number": facts.get("number", ""), "code": facts["code"], "kind": facts["kind"],
        "label": facts["label"], "hint": facts.get("hint", ""), "guidance": facts.get("guidance", ""), "settings": settings,
        "example": facts.get("example", ""), "is_required": facts.get("required", True), "writes_to": facts.get("writes_to"),
        "filled_from": facts.get("filled_from"), "shown_when": facts.get("shown_when"),
        "is_shown_to_assessors": facts.get("shown_to_assessors", True), "is_public": facts.get("public", False),
        "is_personal": facts.get("personal", False),
    }  # fmt: skip


def rows_of_columns(facts: Row) -> list[Row]:
    """The columns of a group; none for any other question. They are read by whoever reads the group."""
    of_group = {name: facts[name] for name in ("shown_to_assessors", "public") if name in facts}
    columns = facts["settings"]["columns"] if facts["kind"] == "group" else []
    return [row_of(column | of_group, place) for place, column in enumerate(columns)]

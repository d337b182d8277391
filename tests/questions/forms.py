"""A small form of every kind of question, made for a test and answered without a bid around it."""

from datetime import date
from typing import Any

from portal.core.db import db, write
from portal.questions import actions
from portal.questions.around import Around
from portal.questions.models import AnswerSet, Question, QuestionSet, QuestionVersion, Section
from portal.questions.sheet import Sheet

TODAY = date(2026, 6, 9)


class Limits(Around):
    """What surrounds the forms of these tests."""

    cap_pence = 500_000
    longest_months = 12
    objectives = [("7", "Prevention: fewer thefts"), ("8", "Trust: more reports")]
    hosts = [("fenland", "Fenland District Council")]
    facts = {"applicant": "Fenland CSP"}
    areas = [("E07000010", "Fenland", "district"), ("E07000008", "Cambridge", "district")]
    today = TODAY


LAID_OUT = {  # settings of a table or a grid
    "rows": [["staff", "Staff"], ["venue", "Venue"]],
    "years": ["2026-27", "2027-28"],
}
COLUMNS = [{"code": "n", "kind": "number", "label": "Count"}, {"code": "m", "kind": "money", "label": "Cost"}]
OF_TABLES = {"table": {"rows": [["r1", "Row one"], ["r2", "Row two"]], "columns": COLUMNS}, "grid": LAID_OUT}


def a_question(kind: str, code: str = "", **facts: Any) -> Question:
    """A question that stands in no database."""
    settings = facts.pop("settings", OF_TABLES.get(kind) or {"choices": [["a", "First"], ["b", "Second"]], "text": "I agree"})
    return Question(code=code or kind, kind=kind, label=f"What is the {code or kind}?", settings=settings, **facts)


def a_form(*questions: Question, groups: dict[str, list[Question]] | None = None) -> AnswerSet:
    """An unpublished form with one section of these questions, and an empty answer set for it."""

    def make() -> AnswerSet:
        section = Section(position=0, code="only", title="The only section")
        db.session.add(QuestionVersion(number=1, question_set=QuestionSet(key="of-a-test", name="Of a test"), sections=[section]))
        for position, question in enumerate(questions):
            question.position = position
            section.questions.append(question)
        db.session.flush()
        for question in questions:
            for position, column in enumerate((groups or {}).get(question.code, [])):
                column.position, column.group_id, column.section_id = position, question.id, section.id
                db.session.add(column)
        db.session.flush()
        return actions.new_answer_set(section.version_id)

    return write(make)


def sheet_of(answers: AnswerSet) -> Sheet:
    return Sheet(answers, Limits())


def answer(answers: AnswerSet, by: Any, row: int = 0, **said: Any) -> Sheet:
    """Type these answers, by the questions' codes, over whatever is there."""

    def save() -> None:
        sheet = sheet_of(answers)
        for code, values in said.items():
            for question in sheet.questions.values():
                if question.code == code:
                    values = values if isinstance(values, list) else [values]
                    actions.save(sheet, question, row, values, edition=None, by=by)

    write(save)
    return sheet_of(answers)

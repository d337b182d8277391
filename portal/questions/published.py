"""Forms as they were published. They never change from then on, so each is read once, not with every request."""

from collections.abc import Iterable, Mapping
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import select
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session, joinedload, selectinload
from sqlalchemy.orm.attributes import set_committed_value

from portal.core.db import db
from portal.core.problems import NotFound
from portal.questions.conditions import Shown
from portal.questions.models import Question, Section
from portal.questions.rules import codes_in


class Form:
    """One version: its sections and questions, by id and by code."""

    def __init__(self, sections: list[Section]) -> None:
        self.sections = sections
        self.questions = {question.id: question for section in sections for question in section.questions}
        self.by_code = {question.code: question for question in self.questions.values() if question.group_id is None}
        self.conditions = {question.code: question.shown_when for question in self.by_code.values() if question.shown_when}
        self.writers = {each.writes_to: each for each in self.by_code.values() if each.writes_to}  # by the core fact
        self.counted_in: dict[str, list[Question]] = {}  # the figures that are worked out from an answer
        for question in self.by_code.values():
            for name in question.settings["of"] if question.kind == "calculated" else ():
                self.counted_in.setdefault(name.split(".")[0], []).append(question)
        asked_for = [each for each in self.by_code.values() if each.settings.get("at_most_cap")]
        self.requested_as = {each.settings.get("equals_sum_of") for each in asked_for}
        self.columns: dict[int, list[Question]] = {}
        for question in self.questions.values():
            if question.group_id is not None:
                self.columns.setdefault(question.group_id, []).append(question)

    def section(self, code: str) -> Section:
        for section in self.sections:
            if section.code == code:
                return section
        raise NotFound("There is no such section in this form.")

    def question(self, question_id: int) -> Question:
        if (found := self.questions.get(question_id)) is None:
            raise NotFound("There is no such question in this form.")
        return found

    def shown(self, answers: Mapping[str, Any]) -> set[str]:
        """The codes of the questions that these typed values, by code, show: for many bids at once."""
        judge = Shown(self.conditions, answers.get)
        return {code for code in self.by_code if judge(code)}

    def owner(self, question: Question) -> Question:
        """The group that a column belongs to, or the question itself."""
        return self.questions[question.group_id] if question.group_id else question

    def figures_of(self, question: Question) -> list[Question]:
        """The figures on the same page that are worked out from this answer, or from figures that are."""
        found: list[Question] = []
        waiting = [self.owner(question).code]
        while waiting:
            for each in self.counted_in.get(waiting.pop(), []):
                if each not in found and each.section_id == question.section_id:
                    found.append(each)
                    waiting.append(each.code)
        return found

    def needed_for(self, questions: Iterable[Question]) -> set[int]:
        """These questions, the figures that they count in, and all that rules and conditions of these look at."""
        found: set[int] = set()
        asked = list(questions)
        waiting = asked + [figure for each in asked for figure in self.figures_of(each)]
        while waiting:
            question = waiting.pop()
            if question.id not in found:
                found.add(question.id)
                group_id = question.group_id or question.id
                waiting += self.columns.get(group_id, [])
                waiting += [self.by_code[code] for code in codes_in(question) if code in self.by_code]
                if question.group_id is not None:
                    waiting.append(self.questions[question.group_id])
        return found


KNOWN: WeakKeyDictionary[Engine, dict[int, Form]] = WeakKeyDictionary()


def form_of(version_id: int) -> Form:
    """The form of this version. Its questions belong to no session: they are for reading, by any request."""
    known = KNOWN.setdefault(db.engine, {})
    if version_id not in known:
        with Session(db.engine) as session:
            sections = read_sections(session, version_id)
            session.expunge_all()
        if not sections or sections[0].version.published_at is None:
            return Form(read_sections(db.session(), version_id))
        known[version_id] = Form(sections)
    return known[version_id]


def read_sections(session: Session, version_id: int) -> list[Section]:
    """The sections of a version with their questions, each of which knows its section."""
    found = select(Section).where(Section.version_id == version_id).order_by(Section.position)
    sections = list(session.scalars(found.options(selectinload(Section.questions), joinedload(Section.version))))
    for section in sections:
        for question in section.questions:
            set_committed_value(question, "section", section)
    return sections


def sections_of(version_id: int) -> list[Section]:
    return form_of(version_id).sections

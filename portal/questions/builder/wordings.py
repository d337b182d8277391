"""Wordings: a form as its pages show it, whether it is a draft or was published; and who uses what in it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, cast

from sqlalchemy import inspect
from sqlalchemy.orm.attributes import set_committed_value

from portal.questions import sentences
from portal.questions.builder.parts import Facts
from portal.questions.documents import Fault, faults_in
from portal.questions.documents.reading import row_of, rows_of_columns
from portal.questions.models import FormDraft, Question, QuestionVersion, Section
from portal.questions.published import Form
from portal.questions.rules import codes_in


@dataclass
class Wording:
    """One form, one document: of a draft (`draft`), or of a version that was published (`version`)."""

    document: Facts
    draft: FormDraft | None = None
    version: QuestionVersion | None = None

    @property
    def name(self) -> str:
        return str(self.document["name"])

    @property
    def at(self) -> dict[str, Any]:
        """What names it in an address."""
        return {"key": self.document["key"], "version": "draft" if self.draft else str(self.document["version"])}

    @property
    def state(self) -> str:
        return "Draft" if self.draft else f"Version {self.document['version']}"

    @property
    def drafted(self) -> FormDraft:
        """The draft, where the address leads to nothing else."""
        return cast("FormDraft", self.draft)

    @cached_property
    def form(self) -> Form:
        return form_from(self.document)

    def is_laid_out_as(self, seen: Facts) -> bool:
        """True when an earlier edition has the same sections in the same order."""
        return [each["code"] for each in seen["sections"]] == [each.code for each in self.form.sections]

    def changed_since(self, seen: Facts) -> list[Section]:
        """The sections that say something else than in an edition which has them all."""
        pairs = zip(self.form.sections, self.document["sections"], seen["sections"], strict=True)
        return [section for section, now, before in pairs if now != before]

    def says(self, question: Question) -> list[str]:
        """Its conditions and rules as sentences."""
        return sentences.of_question(question, self.form.by_code)


def form_from(document: Facts) -> Form:
    """The form that a document describes, in no database: its questions are numbered as they come."""
    sections, number = [], 0
    for position, part in enumerate(document["sections"]):
        section = Section(
            id=position + 1, position=position, code=part["code"], title=part["title"], guidance=part.get("guidance", "")
        )
        questions: list[Question] = []
        for place, facts in enumerate(part["questions"]):
            number += 1
            group_id = number
            questions.append(only_read(id=number, section=section, group_id=None, **row_of(facts, place)))
            for column in rows_of_columns(facts):
                number += 1
                questions.append(only_read(id=number, section=section, group_id=group_id, **column))
        set_committed_value(section, "questions", questions)
        sections.append(section)
    return Form(sections)


def only_read(**facts: Any) -> Question:
    """A question that is never kept: without what SQLAlchemy does for one that may be, which took most of a page’s time."""
    question: Question = inspect(Question).class_manager.new_instance()
    question.__dict__.update(facts)
    return question


def users_of(form: Form, codes: set[str]) -> Iterator[Question]:
    """The questions outside of `codes` whose rules, conditions or figures look at one of them."""
    for question in form.by_code.values():
        if question.code not in codes and codes.intersection(codes_in(question)):
            yield question


def faults_told(document: Facts, before: Facts) -> list[str]:
    """What is wrong with a document that had no fault before, with questions called by their words instead of their codes."""
    labels = {each["code"]: each["label"] for section in document["sections"] for each in section["questions"]}
    return [in_words(fault, labels) for fault in faults_in(document, before)]


def in_words(fault: Fault, labels: dict[str, str]) -> str:
    """A fault for people who chose and never saw a code."""

    def named(match: re.Match[str]) -> str:
        code, _, column = match[1].partition(".")
        return f"“{labels[code]}{f' ({column})' if column else ''}”" if code in labels else match[0]

    place = re.match(r"Section \d+, question \d+ \(“([^”]+)”\)", fault.place)
    label = labels.get(place[1]) if place else None
    sentence = re.sub(r"“([^”]+)”", named, fault.sentence)
    return f"“{label}”: {sentence}." if label else f"{fault.place}: {sentence}."

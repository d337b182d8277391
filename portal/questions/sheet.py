"""A form with its answers: what is shown, what it says, what is still missing. Read once, asked often."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from portal.core.db import db
from portal.questions.around import Around
from portal.questions.kinds import Kind, kind_of
from portal.questions.models import Answer, AnswerSet, GroupRow, Question, Section
from portal.questions.rules import broken_rule


@dataclass
class Item:
    """One question as it stands: in a group, one cell of one row."""

    question: Question
    row: int
    answers: list[Answer]
    sheet: "Sheet" = field(repr=False)

    @property
    def key(self) -> str:
        """What names it in a page and in a form: `17`, or `17-2` in the second row of a group."""
        return f"{self.question.id}-{self.row}" if self.row else str(self.question.id)

    @property
    def kind(self) -> Kind:
        return kind_of(self.question)

    @property
    def answer(self) -> Answer | None:
        return self.answers[0] if self.answers else None

    @property
    def raw(self) -> str:
        return self.answer.raw if self.answer else ""

    @property
    def value(self) -> Any:
        return self.answer.value if self.answer else None

    @property
    def edition(self) -> int:
        return self.answer.edition if self.answer else 0

    @property
    def shown(self) -> str:
        """The answer as people read it; what does not parse is shown as it was typed."""
        if self.question.kind == "shown":
            return self.sheet.around.facts.get(self.question.settings.get("of", ""), "")
        if self.question.kind == "file":
            return ", ".join(answer.raw for answer in self.answers)
        return self.raw if self.value is None else self.kind.show(self.value, self.question, self.sheet.around)

    @property
    def warning(self) -> str | None:
        """What is wrong with what was typed; None for an empty answer, which is only missing."""
        if not self.raw or self.question.kind == "file":
            return None
        try:
            self.kind.read(self.raw, self.question, self.sheet.around)
        except ValueError as error:
            return str(error)
        return broken_rule(self, self.sheet)

    @property
    def is_missing(self) -> bool:
        return self.kind.is_answered and self.question.is_required and not self.raw

    @property
    def problem(self) -> str | None:
        """What keeps the form from being handed in."""
        if self.is_missing:
            return f"Answer: {self.question.label}"
        return self.warning


class Sheet:
    """A version's questions with one answer set's answers."""

    def __init__(self, answer_set: AnswerSet, around: Around | None = None) -> None:
        self.answer_set = answer_set
        self.around = around or Around()
        self.sections = sections_of(answer_set.version_id)
        questions = [question for section in self.sections for question in section.questions]
        self.questions = {question.id: question for question in questions}
        self.by_code = {question.code: question for question in questions if question.group_id is None}
        self.columns: dict[int, list[Question]] = {}
        for question in questions:
            if question.group_id is not None:
                self.columns.setdefault(question.group_id, []).append(question)
        self.load()

    def load(self) -> None:
        """Read what has been answered by now."""
        self.answers: dict[tuple[int, int], Answer] = {}
        self.uploads: dict[int, list[Answer]] = {}
        found = select(Answer).where(Answer.answer_set_id == self.answer_set.id).order_by(Answer.row)
        for answer in db.session.scalars(found):
            question = self.questions.get(answer.question_id)
            if question is not None and question.kind == "file":
                self.uploads.setdefault(answer.question_id, []).append(answer)
            else:
                self.answers[answer.question_id, answer.row] = answer
        self.rows_of: dict[int, list[int]] = {}
        rows = select(GroupRow).where(GroupRow.answer_set_id == self.answer_set.id, GroupRow.removed_at.is_(None))
        for row in db.session.scalars(rows.order_by(GroupRow.row)):
            self.rows_of.setdefault(row.question_id, []).append(row.row)

    # Asking for one thing

    def item(self, question: Question, row: int = 0) -> Item:
        if question.kind == "file":
            return Item(question, 0, self.uploads.get(question.id, []), self)
        answer = self.answers.get((question.id, row))
        return Item(question, row, [answer] if answer else [], self)

    def value(self, code: str) -> Any:
        """The typed value of a question that is shown; None when it is hidden, unanswered or unreadable."""
        question = self.by_code.get(code)
        return self.item(question).value if question is not None and self.is_shown(question) else None

    def group(self, code: str) -> list[dict[str, Item]]:
        """The rows of a group, each by the codes of its columns."""
        question = self.by_code.get(code)
        if question is None or not self.is_shown(question):
            return []
        return [{cell.question.code: cell for cell in cells} for cells in self.lines(question)]

    def lines(self, group: Question) -> list[list[Item]]:
        """The rows of a group as cells in the order of its columns; at least as many as it must have."""
        return [[self.item(column, row) for column in self.columns.get(group.id, [])] for row in self.rows(group)]

    def rows(self, group: Question) -> list[int]:
        """The numbers of its rows. One that nothing was written into yet exists as soon as the form asks for it."""
        known = self.rows_of.get(group.id, [])
        least = group.settings.get("min_rows", 0)
        return known or list(range(1, least + 1))

    def total(self, group_code: str, column: str) -> int:
        """The sum of a column's values; cells that cannot be read count nothing."""
        return sum(row[column].value or 0 for row in self.group(group_code) if column in row)

    def cell_value(self, item: Item, code: str) -> Any:
        """The value of another cell in the same row."""
        for column in self.columns.get(item.question.group_id or 0, []):
            if column.code == code:
                return self.item(column, item.row).value
        return None

    def is_shown(self, question: Question) -> bool:
        """False while a condition on an earlier answer hides it."""
        when = question.shown_when
        if not when:
            return True
        chosen = self.value(when["question"])
        return bool(set(chosen if isinstance(chosen, list) else [chosen]) & set(when["is"]))

    # Asking for all

    def top_items(self, section: Section) -> Iterator[Item]:
        """The questions of a section that are shown, without the columns of groups."""
        for question in section.questions:
            if question.group_id is None and self.is_shown(question):
                yield self.item(question)

    def all_items(self, section: Section) -> Iterator[Item]:
        """The same with every cell of every row."""
        for item in self.top_items(section):
            yield item
            if item.question.kind == "group":
                for line in self.lines(item.question):
                    yield from line

    def problems(self, section: Section) -> list[tuple[Item, str]]:
        found = []
        for item in self.all_items(section):
            is_group = item.question.kind == "group"
            sentence = self.wrong_number_of_rows(item.question) if is_group else item.problem
            if sentence:
                found.append((item, sentence))
        return found

    def wrong_number_of_rows(self, group: Question) -> str | None:
        count, settings = len(self.rows(group)), group.settings
        name = settings.get("row_name", "line")
        if count < settings.get("min_rows", 0):
            return f"Add at least {settings['min_rows']} {name}"
        most = settings.get("max_rows")
        return f"Keep {most} at the most: {name}" if most and count > most else None

    def status(self, section: Section) -> str:
        """`complete`, `started` or `not_started`, for the task list."""
        if not self.problems(section):
            return "complete"
        return "started" if any(item.answers for item in self.all_items(section)) else "not_started"

    @cached_property
    def is_complete(self) -> bool:
        return not any(self.problems(section) for section in self.sections)

    def snapshot(self) -> list[dict[str, Any]]:
        """Everything as it reads now, to be kept for good: labels with answers, in order."""
        return [
            {
                "section": section.title,
                "code": section.code,
                "items": [self.frozen(item) for item in self.top_items(section)],
            }
            for section in self.sections
        ]

    def frozen(self, item: Item) -> dict[str, Any]:
        question = item.question
        kept = {"question": question.id, "number": question.number, "code": question.code, "label": question.label,
                "kind": question.kind, "assessors": question.is_shown_to_assessors, "personal": question.is_personal}  # fmt: skip
        if question.kind == "group":
            columns = self.columns.get(question.id, [])
            kept["columns"] = [column.label for column in columns]
            kept["rows"] = [[cell.shown for cell in line] for line in self.lines(question)]
        elif question.kind == "file":
            kept["files"] = [[answer.file_id, answer.raw] for answer in item.answers]
        else:
            kept["shown"] = item.shown
        return kept


def sections_of(version_id: int) -> list[Section]:
    """The sections of a version with their questions, in two queries."""
    found = select(Section).where(Section.version_id == version_id).order_by(Section.position)
    return list(db.session.scalars(found.options(selectinload(Section.questions))))

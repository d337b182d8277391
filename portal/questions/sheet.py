"""A form with its answers: what is shown, what it says, what is still missing. Read once, asked often."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import cached_property
from typing import Any

from sqlalchemy import select

from portal.core import clock
from portal.core.db import db
from portal.questions.around import Around
from portal.questions.conditions import Condition, Shown, codes_of, for_page, holds
from portal.questions.frozen import frozen
from portal.questions.item import Item
from portal.questions.kinds import Table, kind_of
from portal.questions.models import Answer, AnswerSet, GroupRow, Question, Section
from portal.questions.published import Form, form_of

UNDO_FOR = clock.DAY


class Sheet:
    """A version's questions with one answer set's answers."""

    def __init__(self, answer_set: AnswerSet, around: Around | None = None, only: Iterable[Question] = (),
                 form: Form | None = None) -> None:  # fmt: skip
        """With `only`, the answers to these questions and to those that they depend on; that is much faster for one of many."""
        self.answer_set = answer_set
        self.judge: Shown | None = None
        self.around = around or Around()
        self.form = form or form_of(answer_set.version_id)
        self.wanted = self.form.needed_for(only)
        self.sections, self.questions = self.form.sections, self.form.questions
        self.by_code, self.columns = self.form.by_code, self.form.columns
        self.section, self.question, self.owner = self.form.section, self.form.question, self.form.owner
        self.load()

    def load(self) -> None:
        """Read what has been answered by now."""
        self.answers: dict[tuple[int, int], Answer] = {}
        self.uploads: dict[int, list[Answer]] = {}
        found = select(Answer).where(Answer.answer_set_id == self.answer_set.id).order_by(Answer.row)
        if self.wanted:
            found = found.where(Answer.question_id.in_(self.wanted))
        for answer in db.session.scalars(found):
            if (asked := self.questions.get(answer.question_id)) is None:
                continue  # it was carried over from a version that still asked this
            if asked.kind == "file":
                self.uploads.setdefault(answer.question_id, []).append(answer)
            else:
                self.answers[answer.question_id, answer.row] = answer
        self.savers = {answer.saved_by_id for answer in self.answers.values()}
        self.rows_of: dict[int, list[int]] = {}
        self.removed: dict[int, dict[int, datetime]] = {}
        if not self.columns.keys() & (self.wanted or self.columns.keys()):
            return
        rows = select(GroupRow).where(GroupRow.answer_set_id == self.answer_set.id)
        for row in db.session.scalars(rows.order_by(GroupRow.row)):
            if row.removed_at is None:
                self.rows_of.setdefault(row.question_id, []).append(row.row)
            else:
                self.removed.setdefault(row.question_id, {})[row.row] = row.removed_at

    # Asking for one thing

    def item(self, question: Question, row: int = 0) -> Item:
        if question.kind == "file":
            return Item(question, 0, self.uploads.get(question.id, []), self)
        answer = self.answers.get((question.id, row))
        return Item(question, row, [answer] if answer else [], self)

    def item_of_earlier(self, question: Question, row: int = 0) -> Item:
        """The same for a question that only an earlier version asked: its answers are kept, and not read with the others."""
        kept = select(Answer).where(
            Answer.answer_set_id == self.answer_set.id, Answer.question_id == question.id, Answer.row == row
        )
        return Item(question, row, list(db.session.scalars(kept)), self)

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
        return [self.line(group, row) for row in self.rows(group)]

    def rows(self, group: Question) -> list[int]:
        """The numbers of its rows. One that nothing was written into yet exists as soon as the form asks for it."""
        if group.id in self.rows_of or group.id in self.removed:
            return self.rows_of.get(group.id, [])
        return list(range(1, group.settings.get("min_rows", 0) + 1))

    def is_full(self, group: Question) -> bool:
        most: int | None = group.settings.get("max_rows")
        return most is not None and len(self.rows(group)) >= most

    def slots(self, group: Question) -> list[tuple[int, bool]]:
        """The rows with those taken out of late, which can still be put back, each where it stands or stood."""
        late = clock.now() - UNDO_FOR
        gone = [row for row, at in self.removed.get(group.id, {}).items() if at > late]
        return sorted([(row, True) for row in self.rows(group)] + [(row, False) for row in gone])

    def line(self, group: Question, row: int) -> list[Item]:
        """The cells of one row, in the order of the columns."""
        return [self.item(column, row) for column in self.columns.get(group.id, [])]

    def line_says(self, group: Question, row: int) -> str:
        """A row in a few words."""
        return ", ".join(cell.shown for cell in self.line(group, row) if cell.raw)[:100]

    def total(self, code: str, column: str = "") -> int:
        """The sum of a column of a group or a table, or of all of a table; cells that cannot be read count nothing."""
        question = self.by_code.get(code)
        if question is not None and isinstance(kind := kind_of(question), Table):
            return kind.total(self.value(code), column)
        return sum(row[column].value or 0 for row in self.group(code) if column in row)

    def figure(self, name: str) -> int | None:
        """What rules reckon with: an answer by its code, or the sum of a column as `group.column`."""
        code, _, column = name.partition(".")
        question = self.by_code.get(code)
        if question is not None and (column or isinstance(kind_of(question), Table)):
            return self.total(code, column)
        return value if isinstance(value := self.value(code), int) else None

    def cell_value(self, item: Item, code: str) -> Any:
        """The value of another cell in the same row."""
        for column in self.columns.get(item.question.group_id or 0, []):
            if column.code == code:
                return self.item(column, item.row).value
        return None

    def is_shown(self, question: Question) -> bool:
        """False while a condition on earlier answers hides it."""
        if not question.shown_when:
            return True
        if self.judge is not None:  # a figure that a condition asks for asks on
            return self.judge(question.code)
        self.judge = Shown(self.form.conditions, self.typed)
        try:
            return self.judge(question.code)
        finally:
            self.judge = None  # the next answer may change it

    def typed(self, code: str) -> Any:
        """The typed value of a question, shown or not."""
        question = self.by_code.get(code)
        return self.item(question).value if question is not None else None

    def shown_when(self, question: Question) -> dict[str, Any] | None:
        """What the page must see to show the question at once; None when no answer of its own section counts."""
        condition, here = question.shown_when, question.section
        if condition is None or not any(self.by_code[code].section is here for code in codes_of(condition)):
            return None

        def known(test: Condition) -> dict[str, Any]:
            asked = self.by_code[test["question"]]
            if asked.section is not here:
                return {"holds": holds(test, self.value)}
            scale = kind_of(asked).scale or 1  # a worked-out figure stands in the page as it is compared
            return {**test, "question": asked.id,
                    **{name: test[name] / scale for name in ("at_least", "at_most") if name in test}}  # fmt: skip

        return for_page(condition, known)

    # Asking for all

    def top_items(self, section: Section) -> Iterator[Item]:
        """The questions of a section that are shown, without the columns of groups."""
        for question in section.questions:
            if question.group_id is None and self.is_shown(question):
                yield self.item(question)

    def asked_items(self, section: Section) -> Iterator[Item]:
        """The same with those that an answer in this section may still show."""
        here = {question.code for question in section.questions if question.group_id is None}
        for question in section.questions:
            waits_here = bool(here.intersection(codes_of(question.shown_when)))
            if question.group_id is None and (waits_here or self.is_shown(question)):
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
        return "started" if self.is_begun(section) else "not_started"

    def is_begun(self, section: Section) -> bool:
        return any(item.answers for item in self.all_items(section))

    @cached_property
    def is_complete(self) -> bool:
        return not any(self.problems(section) for section in self.sections)

    def snapshot(self, *only: Section) -> list[dict[str, Any]]:
        """Everything as it reads now, to be kept for good: labels with answers, in order. Or only some sections of it."""
        return [
            {
                "section": section.title,
                "code": section.code,
                "items": [frozen(item) for item in self.top_items(section) if item.kind.is_told],
            }
            for section in only or self.sections
        ]

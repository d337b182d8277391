"""Verbs of answering. Saving never refuses: the raw text is kept always, the value when it can be read."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select

from portal.core import clock
from portal.core.db import db, explain
from portal.core.files import Kept
from portal.core.problems import NotFound, NotNow, Problem
from portal.questions.kinds import Upload, kind_of
from portal.questions.models import Answer, AnswerEdition, AnswerSet, GroupRow, Question
from portal.questions.sheet import Item, Sheet

explain(one_answer_each="Somebody else answered this question at the same moment. Look at their answer, then save yours again.")


class Overtaken(Problem):
    """A colleague saved the same answer first. Holds both texts, so that nothing is lost."""

    status = 409

    def __init__(self, item: Item, mine: str) -> None:
        super().__init__("A colleague has changed this answer since you opened it.")
        self.item, self.mine = item, mine


def save(sheet: Sheet, question: Question, row: int, values: Sequence[str], *, edition: int | None, by: Any) -> Item:
    """Keep what was typed. `edition` is the one that the page showed; None saves over whatever is there.

    Raises `Overtaken` when the answer has moved on to another text since then.
    """
    raw = kind_of(question).join(values)
    item = sheet.item(question, row)
    if item.raw == raw:
        return item
    if edition is not None and edition != item.edition:
        raise Overtaken(item, raw)
    if question.group_id is not None:
        keep_row(sheet, question.group_id, row)
    answer = item.answer or Answer(answer_set_id=sheet.answer_set.id, question_id=question.id, row=row, edition=0)
    if item.answer is not None:
        keep_edition(answer)
    else:
        db.session.add(answer)
    answer.raw, answer.edition = raw, answer.edition + 1
    answer.saved_by_id, answer.saved_at = by.id, clock.now()
    sheet.answers[question.id, row] = answer
    answer.value = value_of(sheet.item(question, row))
    return sheet.item(question, row)


def value_of(item: Item) -> Any:
    """What the text reads as; None when it is empty or cannot be read."""
    if not item.raw:
        return None
    try:
        return item.kind.read(item.raw, item.question, item.sheet.around)
    except ValueError:
        return None


def keep_edition(answer: Answer) -> None:
    db.session.add(
        AnswerEdition(answer_id=answer.id, edition=answer.edition, raw=answer.raw,
                      saved_by_id=answer.saved_by_id, saved_at=answer.saved_at)
    )  # fmt: skip


def keep_row(sheet: Sheet, group_id: int, row: int) -> None:
    """Make sure of the row that a cell is written into. A row that was removed takes nothing more."""
    group = sheet.questions[group_id]
    if sheet.rows_of.get(group_id):
        if row not in sheet.rows_of[group_id]:
            raise NotNow("That line has been removed. Reload the page to see the lines there are.")
        return
    if row not in sheet.rows(group):
        raise NotFound("There is no such line.")
    for number in sheet.rows(group):
        add_numbered(sheet, group, number)


def add_row(sheet: Sheet, group: Question, *, by: Any) -> int:
    """Add a line to a group; its number. Refused when the group is full."""
    if not sheet.rows_of.get(group.id):
        for number in sheet.rows(group):
            add_numbered(sheet, group, number)
    most = group.settings.get("max_rows")
    if most and len(sheet.rows(group)) >= most:
        raise NotNow(f"There can be {most} at the most.")
    last = db.session.scalar(
        select(func.max(GroupRow.row)).where(GroupRow.answer_set_id == sheet.answer_set.id, GroupRow.question_id == group.id)
    )
    return add_numbered(sheet, group, (last or 0) + 1)


def add_numbered(sheet: Sheet, group: Question, number: int) -> int:
    db.session.add(GroupRow(answer_set_id=sheet.answer_set.id, question_id=group.id, row=number))
    db.session.flush()
    sheet.rows_of.setdefault(group.id, []).append(number)
    return number


def remove_row(sheet: Sheet, group: Question, row: int, *, by: Any) -> None:
    """Take a line out. Its answers stay in the history; undoing puts it back. Refused for the last that must be there."""
    least = group.settings.get("min_rows", 0)
    if len(sheet.rows(group)) <= least:
        raise NotNow(f"There must be at least {least}. Change this one instead of removing it.")
    set_removed(sheet, group, row, clock.now())
    sheet.load()


def restore_row(sheet: Sheet, group: Question, row: int, *, by: Any) -> None:
    """Undo taking a line out."""
    set_removed(sheet, group, row, None)
    sheet.load()


def set_removed(sheet: Sheet, group: Question, row: int, at: Any) -> None:
    if not sheet.rows_of.get(group.id):
        for number in sheet.rows(group):
            add_numbered(sheet, group, number)
    found = db.session.scalar(
        select(GroupRow).where(
            GroupRow.answer_set_id == sheet.answer_set.id, GroupRow.question_id == group.id, GroupRow.row == row
        )
    )
    if found is None:
        raise NotFound("There is no such line.")
    found.removed_at = at
    db.session.flush()


def attach(sheet: Sheet, question: Question, kept: Kept, *, by: Any) -> Item:
    """Add a checked and stored file to an answer. Refused when there are as many as may be."""
    held = sheet.uploads.setdefault(question.id, [])
    most = question.settings.get("max_files", 1)
    if not isinstance(kind_of(question), Upload):
        raise NotFound("This question takes no files.")
    if len(held) >= most:
        raise NotNow(f"There can be {most} file{'s' if most > 1 else ''} at the most. Remove one first.")
    stored = kept.as_row(by.id)
    db.session.add(stored)
    db.session.flush()
    row = max((answer.row for answer in held), default=0) + 1
    answer = Answer(answer_set_id=sheet.answer_set.id, question_id=question.id, row=row, raw=kept.name, value=kept.name,
                    file_id=stored.id, edition=1, saved_by_id=by.id, saved_at=clock.now())  # fmt: skip
    db.session.add(answer)
    held.append(answer)
    return sheet.item(question)


def detach(sheet: Sheet, question: Question, row: int, *, by: Any) -> Item:
    """Take a file off an answer."""
    for answer in list(sheet.uploads.get(question.id, [])):
        if answer.row == row:
            sheet.uploads[question.id].remove(answer)
            db.session.delete(answer)
    return sheet.item(question)


def new_answer_set(version_id: int) -> AnswerSet:
    answer_set = AnswerSet(version_id=version_id)
    db.session.add(answer_set)
    db.session.flush()
    return answer_set

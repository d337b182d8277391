"""Verbs of answering. Saving never refuses: the raw text is kept always, the value when it can be read."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import func, select

from portal.core import clock
from portal.core.constraints import explain
from portal.core.db import db
from portal.core.files import Kept
from portal.core.problems import NotFound, NotNow, Problem
from portal.people.actions import hand_in_bank_details
from portal.questions.item import Item
from portal.questions.kinds import Upload, kind_of
from portal.questions.models import Answer, AnswerEdition, AnswerSet, GroupRow, Question
from portal.questions.sheet import Sheet

explain(one_answer_each="Somebody else answered this question at the same moment. Look at their answer, then save yours again.")


class Overtaken(Problem):
    """A colleague saved the same answer first. Holds both texts, so that nothing is lost."""

    status = 409

    def __init__(self, item: Item, mine: str, edition: int) -> None:
        super().__init__("A colleague has changed this answer since you opened it.")
        self.item, self.mine, self.edition = item, mine, edition

    @property
    def mine_shown(self) -> str:
        """My text as people read it."""
        return self.item.show(self.mine)


def save(sheet: Sheet, question: Question, row: int, values: Sequence[str], *, edition: int | None, by: Any) -> Item:
    """Keep what was typed. `edition` is the one that the page showed; None saves over whatever is there.

    Raises `Overtaken` when somebody else has saved another text since then.
    """
    if not kind_of(question).is_typed or (question.group_id is None) != (row == 0):
        raise NotFound("There is no such question to answer.")
    kind, item = kind_of(question), sheet.item(question, row)
    raw = kind.join(values)
    if kind.leaves(raw, item.raw):
        return item
    if edition is not None and item.answer is not None and is_overtaken(item.answer, edition, by):
        raise Overtaken(item, kind.veil(raw), edition)
    if question.group_id is not None:
        keep_row(sheet, sheet.questions[question.group_id], row)
    answer = item.answer or Answer(answer_set_id=sheet.answer_set.id, question_id=question.id, row=row, edition=0)
    if item.answer is not None:
        keep_edition(answer)
    answer.raw, answer.edition = kind.keep(raw, item.raw, sheet.around, by), answer.edition + 1
    answer.saved_by_id, answer.saved_at, answer.filled_from = by.id, clock.now(), None
    db.session.add(answer)  # only now: loading `by` flushes, and would have met half an answer
    sheet.answers[question.id, row] = answer
    answer.value = value_of(sheet.item(question, row))
    return sheet.item(question, row)


def fill_in(sheet: Sheet, question: Question, raw: str, whence: str, *, by: Any) -> None:
    """Answer an open question beforehand, where the text can be read. Whoever writes is told whence it is, to check it."""
    answer = Answer(answer_set_id=sheet.answer_set.id, question_id=question.id, raw=raw, filled_from=whence,
                    saved_by_id=by.id, saved_at=clock.now(), edition=1, row=0)  # fmt: skip
    answer.value = value_of(Item(question, 0, [answer], sheet))
    if answer.value is not None:
        db.session.add(answer)
        sheet.answers[question.id, 0] = answer


def save_all(sheet: Sheet, answers: Mapping[tuple[int, int], tuple[Sequence[str], int | None]], *, by: Any) -> list[Overtaken]:
    """Keep a whole page: (question, row) → what was typed and over which edition. Returns what colleagues had changed;
    each answer stands for itself, so the others are saved."""
    overtaken = []
    for (question_id, row), (values, edition) in answers.items():
        try:
            save(sheet, sheet.questions[question_id], row, values, edition=edition, by=by)
        except Overtaken as problem:
            overtaken.append(problem)
    return overtaken


def is_overtaken(answer: Answer, edition: int, by: Any) -> bool:
    """True when somebody else saved since `edition`. One's own save whose answer was lost on the way is no conflict."""
    if edition == answer.edition:
        return False
    since = select(AnswerEdition.saved_by_id).where(AnswerEdition.answer_id == answer.id, AnswerEdition.edition > edition)
    return {answer.saved_by_id, *db.session.scalars(since)} != {by.id}


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


def keep_row(sheet: Sheet, group: Question, row: int) -> None:
    """Make sure of the row that a cell is written into. One that was taken out keeps what comes late, for whoever undoes that."""
    number_rows(sheet, group)
    if row not in sheet.rows(group) and row not in sheet.removed.get(group.id, {}):
        raise NotFound("There is no such line.")


def number_rows(sheet: Sheet, group: Question) -> None:
    """Write down the rows that a group begins with, before one of them is filled, added to or taken out."""
    if group.id not in sheet.rows_of and group.id not in sheet.removed:
        for number in sheet.rows(group):
            add_numbered(sheet, group, number)


def add_row(sheet: Sheet, group: Question, *, by: Any) -> int:
    """Add a line to a group; its number. Refused when the group is full."""
    check_group(group)
    number_rows(sheet, group)
    if sheet.is_full(group):
        raise NotNow(f"There can be {group.settings['max_rows']} at the most.")
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
    """Take a line out. Its answers are kept; undoing puts it back. That too few are left is only told when handing in."""
    set_removed(sheet, group, row, clock.now())


def restore_row(sheet: Sheet, group: Question, row: int, *, by: Any) -> None:
    """Undo taking a line out. Refused when the group has become full meanwhile."""
    if row not in sheet.rows(group) and sheet.is_full(group):
        raise NotNow(f"There can be {group.settings['max_rows']} at the most. Remove another one first.")
    set_removed(sheet, group, row, None)


def set_removed(sheet: Sheet, group: Question, row: int, at: Any) -> None:
    check_group(group)
    number_rows(sheet, group)
    found = db.session.scalar(
        select(GroupRow).where(
            GroupRow.answer_set_id == sheet.answer_set.id, GroupRow.question_id == group.id, GroupRow.row == row
        )
    )
    if found is None:
        raise NotFound("There is no such line.")
    found.removed_at = at
    db.session.flush()
    sheet.load()


def check_group(question: Question) -> None:
    if question.kind != "group":
        raise NotFound("This question has no lines.")


def attach(sheet: Sheet, question: Question, kept: Kept, *, by: Any) -> Item:
    """Add a checked and stored file to an answer. Refused when there are as many as may be."""
    if not isinstance(kind_of(question), Upload):
        raise NotFound("This question takes no files.")
    held = sheet.uploads.setdefault(question.id, [])
    most = question.settings.get("max_files", 1)
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


def hand_in(sheet: Sheet, *, by: Any) -> None:
    """What is kept outside of the answers stays as it is from now on."""
    given = [sheet.value(question.code) for question in sheet.by_code.values() if question.kind == "bank_account"]
    if any(given):
        hand_in_bank_details([value["account"] for value in given if value], by=by)

"""Filling in a return: answers, lines, files and figures. Never refused for what they say, only when it is locked."""

from collections.abc import Mapping, Sequence

from portal.core import clock, money
from portal.core.db import hold
from portal.core.files import Kept
from portal.core.forms import clean, read_whole
from portal.core.problems import Conflict, NotNow
from portal.monitoring import lists
from portal.monitoring.models import LineSpend, MeasureReading, Return
from portal.monitoring.workflow import LIFE
from portal.people.models import User
from portal.plan.models import Rag
from portal.questions import actions as answering
from portal.questions.item import Stand
from portal.questions.pages import Answers, Page, Saved, keep_page, press
from portal.questions.published import form_of
from portal.questions.sheet import Sheet

Figures = Mapping[int, tuple[int | str | None, str]]  # measure or budget line → a number or what was typed, and a comment


def start(return_: Return, *, by: User) -> None:
    """Open the return with a row for every measure and every budget line that the grant pays for."""
    hold(return_)
    LIFE.advance(return_, "start", by=by)
    for measure in return_.award.measures:
        return_.measures.append(MeasureReading(measure_id=measure.id, measure=measure))
    for line in return_.award.lines:
        if line.pence:
            return_.spending.append(LineSpend(line_id=line.id, line=line))


def open_sheet(return_: Return) -> Sheet:
    """The form, to be written in: the stage is held, so that nothing is saved into a return being sent."""
    check_open(return_)
    return lists.sheet_of(return_)


def check_open(return_: Return) -> None:
    hold(return_)
    if not return_.is_writable:
        raise NotNow(f"{return_} is {return_.stage.label.lower()}, so it cannot be changed now.")


def save_answer(return_: Return, question_id: int, row: int, values: Sequence[str], *, edition: int | None, by: User) -> Stand:
    """Keep what was typed in answer to one question."""
    check_open(return_)
    question = form_of(return_.answer_set.version_id).question(question_id)
    return answering.save(lists.sheet_of(return_, [question]), question, row, values, edition=edition, by=by).stand


def save_section(return_: Return, answers: Answers, files: Sequence[tuple[int, Kept]] = (), *, by: User) -> Saved:
    """Keep a whole page at once, with the files that came along."""
    sheet = open_sheet(return_)
    return keep_page(sheet, Page(answers, files), sheet.question, by=by)


def add_line(return_: Return, group_id: int, page: Page, *, by: User) -> Saved:
    """Keep the page that the button stood on, then add a line."""
    sheet = open_sheet(return_)
    return press(sheet, group_id, page, lambda sheet, group: answering.add_row(sheet, group, by=by), sheet.question, by=by)


def remove_line(return_: Return, group_id: int, row: int, page: Page, *, by: User) -> Saved:
    sheet = open_sheet(return_)
    return press(
        sheet, group_id, page, lambda sheet, group: answering.remove_row(sheet, group, row, by=by), sheet.question, by=by
    )


def restore_line(return_: Return, group_id: int, row: int, page: Page, *, by: User) -> Saved:
    sheet = open_sheet(return_)
    return press(
        sheet, group_id, page, lambda sheet, group: answering.restore_row(sheet, group, row, by=by), sheet.question, by=by
    )


def detach(return_: Return, question_id: int, row: int, page: Page, *, by: User) -> Saved:
    sheet = open_sheet(return_)
    return press(sheet, question_id, page, lambda sheet, asked: answering.detach(sheet, asked, row, by=by), sheet.question, by=by)


def save_figures(
    return_: Return, measures: Figures, spending: Figures, delivery: Rag | None, spend: Rag | None, reason: str, *,
    edition: int | None, by: User,
) -> None:  # fmt: skip
    """Keep the figures as typed, complete or not. Raises `Conflict` when a colleague has saved others since `edition`."""
    check_open(return_)
    before = figures_of(return_)
    is_overtaken = edition is not None and edition != return_.figures_edition
    for reading in return_.measures:
        keep_reached(reading, *measures.get(reading.measure_id, (reading.typed, reading.comment)))
    for line in return_.spending:
        keep_spent(line, *spending.get(line.line_id, (line.typed, line.comment)))
    return_.delivery_rag, return_.spend_rag, return_.rag_reason = delivery, spend, reason
    if figures_of(return_) == before:
        return
    if is_overtaken:
        raise Conflict("A colleague has saved other figures since you opened this page.")
    return_.figures_edition += 1
    return_.figures_saved_at, return_.figures_saved_by_id = clock.now(), by.id


def figures_of(return_: Return) -> list[object]:
    """What the figures say now: the same list is the same figures."""
    reached = [(reading.typed, reading.comment) for reading in return_.measures]
    spent = [(line.typed, line.comment) for line in return_.spending]
    return [*reached, *spent, return_.delivery_rag, return_.spend_rag, return_.rag_reason]


def keep_reached(reading: MeasureReading, value: int | str | None, comment: str) -> None:
    """NULL until what was typed reads as a number."""
    reading.typed = "" if value is None else clean(str(value))
    reading.comment = comment
    try:
        reading.achieved = read_whole(reading.typed) if reading.typed else None
    except ValueError:
        reading.achieved = None


def keep_spent(line: LineSpend, value: int | str | None, comment: str) -> None:
    """NULL until what was typed reads as an amount. A number is pence."""
    line.typed = money.plain(value) if isinstance(value, int) else clean(value)
    line.comment = comment
    try:
        line.spent_pence = money.parse(line.typed) if line.typed else None
    except ValueError:
        line.spent_pence = None

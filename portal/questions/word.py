"""A form as a Word document, to be read, printed and drafted in before it is filled in on its pages. Needs the extra `word`."""

import re
from collections.abc import Iterable
from io import BytesIO
from typing import Any

from portal.core.problems import NotNow
from portal.questions.around import Around
from portal.questions.filling import SOURCES
from portal.questions.kinds import OneOf, Table, kind_of
from portal.questions.kinds.boxes import Boxes
from portal.questions.models import Question, QuestionVersion
from portal.questions.published import form_of
from portal.questions.sentences import of_question

Paper = Any  # a docx.document.Document: the package may be absent
TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MISSING = (
    "Word documents cannot be made here. Ask the operator to install the portal with its extra “word”; the pages can be printed."
)
UNREADABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # what no XML may hold
MOST_LINES, MOST_CHOICES = 3, 40  # blank lines of a group; choices of a long list that are printed
TICK = "☐"


def as_word(version: QuestionVersion) -> bytes:
    """The whole form, with boxes to write into. Raises `NotNow` where python-docx is not installed."""
    try:
        from docx import Document  # type: ignore[import-not-found,unused-ignore]
    except ImportError:
        raise NotNow(MISSING) from None
    paper, form = Document(), form_of(version.id)
    paper.core_properties.title = safe(version.question_set.name)
    paper.add_heading(safe(version.question_set.name), 0)
    paper.add_paragraph(
        "To draft in. The answers count once they stand in the portal, where rules and sums are checked as you type."
    )
    for section in form.sections:
        paper.add_heading(safe(section.title), 1)
        note(paper, section.guidance)
        for question in section.questions:
            if question.group_id is None:
                ask(paper, question, form.columns.get(question.id, []), of_question(question, form.by_code))
    out = BytesIO()
    paper.save(out)
    return out.getvalue()


def ask(paper: Paper, question: Question, columns: list[Question], rules: Iterable[str]) -> None:
    kind = kind_of(question)
    if question.kind == "guidance":
        note(paper, question.settings["text"])
        return
    number = f"{question.number}. " if question.number else ""
    optional = " (optional)" if kind.is_answered and not question.is_required else ""
    paper.add_heading(safe(f"{number}{question.label}{optional}"), 2)
    words = question.settings.get("words")
    example = f"For example: {question.example}" if question.example else ""
    filled = f"Filled in from {SOURCES[question.filled_from].whence}: check it there." if question.filled_from else ""
    limit = f"Up to {words} words." if words else ""
    for text in (question.hint, question.guidance, example, limit, filled, *rules):
        note(paper, text)
    leave_room(paper, question, columns)


def leave_room(paper: Paper, question: Question, columns: list[Question]) -> None:
    """Boxes to write into, lines to fill, choices to tick."""
    kind = kind_of(question)
    if question.kind == "group":
        grid(paper, [column.label for column in columns], [[""] * len(columns)] * MOST_LINES)
    elif isinstance(kind, Table):
        lay_out(paper, kind, question)
    elif isinstance(kind, OneOf):
        tick(paper, [label for _, label in kind.options(question, Around())])
    elif question.kind == "declaration":
        tick(paper, [question.settings.get("text", "")])
    elif isinstance(kind, Boxes):
        grid(paper, [], [[box.label, ""] for box in kind.boxes])
    elif kind.is_answered:
        grid(paper, [], [["\n" * (6 if question.settings.get("words") else 0)]])


def lay_out(paper: Paper, kind: Table, question: Question) -> None:
    for heading, across in kind.bands(question):
        note(paper, heading)
        rows = [[label, *[""] * len(across)] for _, label in kind.rows(question)]
        grid(paper, ["", *(column.label for column in across)], rows)


def note(paper: Paper, text: str) -> None:
    if text:
        paper.add_paragraph(safe(text))


def tick(paper: Paper, labels: list[str]) -> None:
    for label in labels[:MOST_CHOICES]:
        paper.add_paragraph(safe(f"{TICK} {label}"))
    if not labels or len(labels) > MOST_CHOICES:
        paper.add_paragraph("The list to choose from is in the portal.")


def grid(paper: Paper, head: list[str], rows: list[list[str]]) -> None:
    lines: list[list[str]] = [head, *rows] if head else rows
    table: Any = paper.add_table(len(lines), len(lines[0]), style="Table Grid")
    for row, texts in zip(table.rows, lines, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = safe(text)
    paper.add_paragraph()


def safe(text: str) -> str:
    return UNREADABLE.sub("", text)

"""An answer as a snapshot keeps it: how it read, and besides what a machine can use, its figures, days and codes."""

from typing import Any

from portal.questions.calculated import unit_of
from portal.questions.item import Item
from portal.questions.kinds import KINDS, OneOf, Table
from portal.questions.kinds.figures import Day
from portal.questions.models import Question

Kept = dict[str, Any]


def frozen(item: Item) -> Kept:
    question = item.question
    kept: Kept = {
        "question": question.id, "number": question.number, "code": question.code, "label": question.label,
        "kind": question.kind, "assessors": question.is_shown_to_assessors, "personal": question.is_personal,
    }  # fmt: skip
    if question.kind == "group":
        return kept | frozen_lines(item)
    if question.kind == "file":
        return kept | {"files": [[answer.file_id, answer.raw] for answer in item.answers]}
    kept["shown"] = item.shown
    if (plain := plain_of(item)) is not None:
        kept["value"] = plain
    if item.value is not None and isinstance(item.kind, Table):
        kept["tables"] = item.kind.told(item.value, question, item.sheet.around)
    return kept


def frozen_lines(item: Item) -> Kept:
    columns, lines = item.sheet.columns.get(item.question.id, []), item.sheet.lines(item.question)
    return {
        "columns": [column.label for column in columns],
        "rows": [[cell.shown for cell in line] for line in lines],
        "values": [[plain_of(cell) for cell in line] for line in lines],
    }


def plain_of(item: Item) -> int | str | None:
    """A figure as it is stored, a day, or the code of what was chosen; None where the text says it all."""
    if item.value is None:
        return None
    kind = item.kind
    if isinstance(kind, OneOf):
        return kind.code(item.value)
    return item.value if is_plain(item.question) else None


def is_plain(question: Question) -> bool:
    return isinstance(KINDS[kind_read_as(question)], Day) or KINDS[kind_read_as(question)].scale is not None


def kind_read_as(question: Question) -> str:
    """A figure that is worked out reads as its unit."""
    return unit_of(question) if question.kind == "calculated" else question.kind

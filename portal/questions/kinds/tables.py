"""Questions that are tables: rows the form names, columns of one type each, and their totals."""

from collections.abc import Sequence
from contextlib import suppress
from typing import Any, ClassVar

from portal.questions.around import Around
from portal.questions.kinds.boxes import MOST_CELLS, join_cells
from portal.questions.kinds.choices import Select
from portal.questions.kinds.figures import Money, Number, Percentage
from portal.questions.kinds.texts import Kind
from portal.questions.models import Question

CELLS: dict[str, Kind] = {
    "short_text": Kind(), "number": Number(), "money": Money(), "percentage": Percentage(), "select": Select(),
}  # fmt: skip
ADDED_UP = ("number", "money")
QUARTERS = ("Apr–Jun", "Jul–Sep", "Oct–Dec", "Jan–Mar")


class Table(Kind):
    """A row for each name in `rows`, columns with a type each. The value is {row: {column: value}}, without empty cells."""

    template = "table"
    first_box = "-1"
    settings: ClassVar[dict[str, str]] = {"rows": "choices", "columns": "columns", "totals": "flag"}

    def rows(self, question: Question) -> list[tuple[str, str]]:
        return [(code, label) for code, label in question.settings["rows"]]

    def columns(self, question: Question) -> list[Question]:
        return [
            Question(code=each["code"], label=each["label"], kind=each["kind"], settings=each.get("settings", {}))
            for each in question.settings["columns"]
        ]

    def bands(self, question: Question) -> list[tuple[str, list[Question]]]:
        """The columns as they are shown: one table below the other, each with a heading of its own."""
        return [("", self.columns(question))]

    def has_totals(self, question: Question) -> bool:
        return bool(question.settings.get("totals", True)) and any(each.kind in ADDED_UP for each in self.columns(question))

    def join(self, values: Sequence[str]) -> str:
        return join_cells(values)

    def moved(self, raw: str, was: Question, now: Question) -> str:
        """Each cell goes with its row and its column, wherever these stand now."""
        typed = dict(self.by_place(raw, was))
        return join_cells([typed.get(place, "") for place, _ in self.by_place("", now)])

    def by_place(self, raw: str, question: Question) -> list[tuple[tuple[str, str], str]]:
        return [((code, column.code), text) for _, rows in self.cells(raw, question) for code, _, cells in rows
                for column, text in cells]  # fmt: skip

    def cells(self, raw: str, question: Question) -> list[tuple[str, list[tuple[str, str, list[tuple[Question, str]]]]]]:
        """What a page shows: for each band its rows, each with its columns and what was typed."""
        texts = iter([*raw.split("\n"), *[""] * MOST_CELLS])
        return [
            (heading, [(code, label, [(column, next(texts)) for column in columns]) for code, label in self.rows(question)])
            for heading, columns in self.bands(question)
        ]

    def read(self, raw: str, question: Question, around: Around) -> dict[str, dict[str, Any]]:
        value: dict[str, dict[str, Any]] = {}
        for _, rows in self.cells(raw, question):
            for code, label, cells in rows:
                for column, text in cells:
                    if text:
                        value.setdefault(code, {})[column.code] = read_cell(text, label, column, around)
        return value

    def readable(self, raw: str, question: Question, around: Around) -> dict[str, dict[str, Any]]:
        """The same without the cells that cannot be read: what a page adds up while somebody fills it in."""
        value: dict[str, dict[str, Any]] = {}
        for _, rows in self.cells(raw, question):
            for code, label, cells in rows:
                for column, text in cells:
                    with suppress(ValueError):
                        value.setdefault(code, {})[column.code] = read_cell(text or "0", label, column, around)
        return value

    def show(self, value: Any, question: Question, around: Around) -> str:
        columns, lines = self.columns(question), []
        for code, label in self.rows(question):
            said = (value or {}).get(code, {})
            cells = [f"{each.label} {show_cell(said[each.code], each, around)}" for each in columns if each.code in said]
            lines += [f"{label}: {', '.join(cells)}"] if cells else []
        return "\n".join(lines)

    def told(self, value: Any, question: Question, around: Around) -> list[dict[str, Any]]:
        """What a snapshot keeps: for each band its heading, the head of its table, the rows, and the totals below."""
        return [
            {
                "heading": heading,
                "head": [column.label for column in columns],
                "rows": [
                    [label, *(show_cell((value or {}).get(code, {}).get(each.code), each, around) for each in columns)]
                    for code, label in self.rows(question)
                ],
                "foot": self.foot(value, question, columns, around),
            }
            for heading, columns in self.bands(question)
        ]

    def foot(self, value: Any, question: Question, columns: list[Question], around: Around) -> list[str]:
        if not self.has_totals(question):
            return []
        sums = [show_cell(self.total(value, each.code), each, around) if each.kind in ADDED_UP else "" for each in columns]
        return ["Total", *sums]

    def total(self, value: Any, column: str = "") -> int:
        """The sum of a column, or of all that can be added up."""
        return sum(
            cell for row in (value or {}).values() for code, cell in row.items() if isinstance(cell, int) and column in ("", code)
        )

    def compared(self, value: Any) -> Any:
        return value or {}

    def code(self, value: Any) -> str:
        return ""


class Grid(Table):
    """Money or counts by category, quarter and year. A column's code is its year and quarter: `2027-28 Q1`."""

    settings: ClassVar[dict[str, str]] = {"rows": "choices", "years": "texts", "unit": "unit", "totals": "flag"}

    def bands(self, question: Question) -> list[tuple[str, list[Question]]]:
        unit = question.settings.get("unit", "money")
        return [
            (year, [Question(code=f"{year} Q{number}", label=label, kind=unit, settings={"min": 0, "min_pence": 0})
                    for number, label in enumerate(QUARTERS, start=1)])
            for year in question.settings["years"]
        ]  # fmt: skip

    def columns(self, question: Question) -> list[Question]:
        return [column for _, columns in self.bands(question) for column in columns]

    def show(self, value: Any, question: Question, around: Around) -> str:
        labels, unit = dict(self.rows(question)), self.columns(question)[:1]
        sums = [(labels.get(code, code), sum(row.values())) for code, row in (value or {}).items()]
        return "\n".join(f"{label}: {show_cell(total, column, around)}" for label, total in sums for column in unit)


def read_cell(text: str, row: str, column: Question, around: Around) -> Any:
    try:
        return CELLS[column.kind].read(text, column, around)
    except ValueError as error:
        raise ValueError(f"{row}, {column.label}: {error}") from None


def show_cell(value: Any, column: Question, around: Around) -> str:
    return CELLS[column.kind].show(value, column, around) if value is not None else ""

"""What a bid says of its money, its measures and its partners, whatever its form calls the questions that ask for them."""

from dataclasses import dataclass

from portal.applications.models import Application
from portal.questions.item import Item
from portal.questions.models import Question
from portal.questions.sheet import Sheet

Cells = dict[str, Item]


@dataclass(frozen=True)
class BudgetLine:
    category: str
    description: str
    asked_pence: int


@dataclass(frozen=True)
class Measure:
    name: str
    baseline: int
    target: int
    method: str


def writer_of(sheet: Sheet, fact: str) -> Question | None:
    """The question that says it; None where the form has none, or it is not asked."""
    question = sheet.form.writers.get(fact)
    return question if question is not None and sheet.is_shown(question) else None


def cells_of(sheet: Sheet, fact: str) -> list[Cells]:
    question = writer_of(sheet, fact)
    return sheet.group(question.code) if question is not None else []


def budget_of(application: Application, sheet: Sheet) -> list[BudgetLine]:
    """The lines that the grant is asked to pay. A form without lines has one, of all that is asked for."""
    question = writer_of(sheet, "budget")
    amount = question.settings.get("total_of", "") if question is not None else ""
    asked = [
        BudgetLine(text_in(line, "category"), text_in(line, "description"), line[amount].value)
        for line in cells_of(sheet, "budget") if amount in line and line[amount].value
    ]  # fmt: skip
    whole = application.requested_pence or 0
    return asked or ([BudgetLine("", application.name, whole)] if whole else [])


def measures_of(sheet: Sheet) -> list[Measure]:
    return [
        Measure(text_in(line, "name"), whole_in(line, "baseline"), whole_in(line, "target"), text_in(line, "method"))
        for line in cells_of(sheet, "measures")
    ]


def text_in(line: Cells, code: str) -> str:
    return line[code].shown if code in line else ""


def whole_in(line: Cells, code: str) -> int:
    value = line[code].value if code in line else None
    return value if isinstance(value, int) else 0

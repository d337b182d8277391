"""Sums and figures as a page shows them beside the answers, and which of them an answer changes."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from portal.questions.kinds import Table, kind_of
from portal.questions.models import Question

if TYPE_CHECKING:
    from portal.questions.item import Item
    from portal.questions.sheet import Sheet


@dataclass(frozen=True)
class Total:
    """What the lines of a group come to. Those that make up the amount asked for have a limit."""

    id: int
    figure: int
    shown: str
    is_request: bool
    cap_pence: int | None


@dataclass(frozen=True)
class Figure:
    """One that is worked out from answers: as it is read, and as conditions compare it."""

    id: int
    shown: str
    value: int | None


def total_of(sheet: "Sheet", group: Question) -> Total | None:
    code = group.settings.get("total_of")
    column = next((each for each in sheet.columns.get(group.id, []) if each.code == code), None)
    if column is None:
        return None
    total = sheet.total(group.code, column.code)
    is_request = f"{group.code}.{column.code}" in sheet.form.requested_as
    cap = sheet.around.cap_pence if is_request else None
    return Total(group.id, total, kind_of(column).show(total, column, sheet.around), is_request, cap)


def totals_after(item: "Item") -> list[Total]:
    """The total of the group in whose line the answer stands."""
    owner = item.sheet.owner(item.question)
    found = total_of(item.sheet, owner) if owner is not item.question else None
    return [found] if found else []


def sums_of(item: "Item") -> dict[str, str]:
    """The totals below a table, of all cells that can be read, by the places where the page shows them."""
    kind, question, around = item.kind, item.question, item.sheet.around
    if not isinstance(kind, Table) or not kind.has_totals(question):
        return {}
    value = kind.readable(item.raw, question, around)
    return {
        f"sum-{item.key}-{band}-{place}": text
        for band, (_, columns) in enumerate(kind.bands(question))
        for place, text in enumerate(kind.foot(value, question, columns, around)[1:])
    }


def figure_of(item: "Item") -> Figure:
    return Figure(item.question.id, item.shown, item.value)


def figures_after(item: "Item") -> list[Figure]:
    return [figure_of(item.sheet.item(each)) for each in item.sheet.form.figures_of(item.question)]

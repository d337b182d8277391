"""Figures worked out from other answers: sums, differences, shares. They are shown and compared, and never stored."""

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from portal.questions.models import Question
    from portal.questions.sheet import Sheet

Figures = list[int | None]


def added(figures: Figures) -> int | None:
    return sum(figure or 0 for figure in figures)


def difference(figures: Figures) -> int | None:
    first, *others = figures
    return None if first is None else first - sum(other or 0 for other in others)


def share(figures: Figures) -> int | None:
    """The first as a share of the second, in hundredths of a percent."""
    part, whole = figures[:2]
    return None if part is None or not whole else round(part * 10_000 / whole)


RECKONINGS: dict[str, Callable[[Figures], int | None]] = {"sum": added, "difference": difference, "share": share}
UNITS = ("money", "number", "percentage")


def unit_of(question: "Question") -> str:
    """What the figure reads as."""
    return "percentage" if question.settings["reckon"] == "share" else str(question.settings.get("unit", "money"))


def figure_of(question: "Question", sheet: "Sheet") -> int | None:
    return RECKONINGS[question.settings["reckon"]]([sheet.figure(name) for name in question.settings["of"]])

"""What lists are made of: columns and filters, and how their values read."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import EnumType, StrEnum
from functools import cached_property
from typing import Any

from markupsafe import Markup, escape

from portal.core import clock


def as_text(value: Any) -> str:
    """How a value reads where a column says nothing else."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, StrEnum):
        return str(getattr(value, "label", value))
    if isinstance(value, datetime):
        return clock.read_moment(value)
    if isinstance(value, date):
        return clock.read_day(value)
    return f"{value:,}" if isinstance(value, int) else str(value)


@dataclass(frozen=True)
class Column:
    """A heading and the SQL expression under it; `show` for people, `export` for spreadsheets."""

    label: str
    value: Any
    show: Callable[[Any], Any] = as_text
    export: Callable[[Any], Any] | None = None
    sort: bool = False
    order: Any = None  # what orders the list by it, where that is not the value itself
    numeric: bool = False
    short: bool = False  # no line break within a cell: references, days

    @cached_property
    def key(self) -> str:
        return re.sub(r"\W+", "_", self.label.lower()).strip("_")

    @cached_property
    def opening(self) -> Markup:
        """What each of its cells begins with. On a narrow screen a row is a card, and each cell says what it is."""
        kind = "numeric" if self.numeric else "short" if self.short else ""
        return Markup('<td role="cell" data-label="{}"{}>').format(self.label, Markup(f' class="{kind}"' if kind else ""))  # nosec B704

    @property
    def sorted_by(self) -> Any:
        return self.value if self.order is None else self.order

    @property
    def is_sortable(self) -> bool:
        return self.sort


@dataclass(frozen=True)
class Choice:
    """A filter: one of the words of an enumeration, or of what a query gives."""

    name: str
    label: str
    column: Any
    words: type[StrEnum] | Callable[[], list[tuple[str, str]]]
    where: Callable[[str], Any] | None = None  # the condition, where it is not that the column is the word

    def condition(self, value: str) -> Any:
        return self.where(value) if self.where else self.column == self.column.type.python_type(value)

    def options(self) -> list[tuple[str, str]]:
        if isinstance(self.words, EnumType):
            return [(word.value, as_text(word)) for word in self.words]
        return self.words()


@dataclass(frozen=True)
class Filter:
    """A choice as one page shows it."""

    name: str
    label: str
    options: list[tuple[str, str]]
    value: str


def cells(columns: Iterable[Column], values: Iterable[Any]) -> Markup:
    """The cells of a row. Here and not in a template, because a page has hundreds of them."""
    parts = [f"{column.opening}{escape(value)}</td>" for column, value in zip(columns, values, strict=True)]
    return Markup("".join(parts))  # nosec B704


@dataclass(frozen=True)
class Line:
    """One row as a page shows it."""

    cells: list[Any]
    url: str | None

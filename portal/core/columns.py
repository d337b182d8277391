"""What lists are made of: columns and filters, and how their values read."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import EnumType, StrEnum
from functools import cached_property, partial
from typing import Any

from markupsafe import Markup, escape
from sqlalchemy import Dialect, type_coerce
from sqlalchemy.orm import Bundle
from sqlalchemy.types import NullType

from portal.core import clock

MOST_REMEMBERED = 5000


def as_text(value: Any) -> str:
    """How a value reads where a column says nothing else."""
    if type(value) is str:  # as most are; a word of an enumeration is more
        return value
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
        return Markup('<td role="cell" data-label="{}"{}>').format(self.label, self.kind)  # nosec B704

    @cached_property
    def row_opening(self) -> Markup:
        """What each row begins with where this column heads it."""
        return Markup('<th scope="row" role="rowheader"{}>').format(self.kind)

    @property
    def unread(self) -> "Column":
        """The same with values as the database gives them: exports read each of them once, however often it comes."""
        return self if isinstance(self.value, Bundle) else replace(self, value=type_coerce(self.value, NullType()).label(None))

    def reader(self, dialect: Dialect) -> Callable[[Any], Any] | None:
        """What makes such a value one of ours."""
        return None if isinstance(self.value, Bundle) else self.value.type.dialect_impl(dialect).result_processor(dialect, None)

    @property
    def kind(self) -> Markup:
        return Markup(' class="numeric"' if self.numeric else ' class="short"' if self.short else "")  # nosec B704

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
        return self.known if isinstance(self.words, EnumType) else self.words()

    @cached_property
    def known(self) -> list[tuple[str, str]]:
        """The words of its enumeration."""
        return [(word.value, as_text(word)) for word in self.words]  # type: ignore[union-attr]


@dataclass(frozen=True)
class Filter:
    """A choice as one page shows it."""

    name: str
    label: str
    options: list[tuple[str, str]]
    value: str


class Remembered(dict[Any, Any]):
    """What each value of a column becomes. Most come again and again; of long columns only the last are kept."""

    def __init__(self, becomes: Callable[[Any], Any]) -> None:
        self.becomes = becomes

    def __missing__(self, value: Any) -> Any:
        if len(self) >= MOST_REMEMBERED:
            self.clear()
        found = self[value] = self.becomes(value)
        return found

    def each(self, values: Sequence[Any]) -> list[Any]:
        try:
            return list(map(self.__getitem__, values))
        except TypeError:  # what the database keeps as JSON cannot be looked up
            return list(map(self.becomes, values))


def shown_in(column: Column, value: Any) -> Markup:
    return escape(column.show(value))


def body(columns: Sequence[Column], links: Sequence[str | None], rows: Sequence[Sequence[Any]]) -> Markup:
    """The rows of a table: where each leads, and its values. Not in a template, because a page has hundreds of cells."""
    if not rows:
        return Markup("")
    by_column = zip(columns, zip(*rows, strict=True), strict=True)
    shown = [Remembered(partial(shown_in, column)).each(values) for column, values in by_column]
    parts: list[str] = []
    for url, name, *cells in zip(links, *shown, strict=True):
        link = f'<a class="govuk-link" href="{escape(url)}">{name}</a>' if url else name
        parts.append(f'<tr role="row">{columns[0].row_opening}{link}</th>')
        parts += [f"{column.opening}{cell}</td>" for column, cell in zip(columns[1:], cells, strict=True)]
        parts.append("</tr>\n")
    return Markup("".join(parts))  # nosec B704

"""One list: its page, its fragment, its count and its pager from one declaration. Exports are in `exports.py`."""

import base64
import binascii
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import EnumType, StrEnum
from functools import cached_property
from typing import Any, ClassVar
from urllib.parse import urlencode

from flask import request
from sqlalchemy import Select, Tuple, func, literal, or_, select, tuple_
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from portal.core import clock
from portal.core.db import db

MOST_COUNTED = 1000
Values = dict[str, Any]


def as_text(value: Any) -> str:
    """How a value reads where a column says nothing else."""
    if value is None:
        return ""
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
    numeric: bool = False

    @property
    def key(self) -> str:
        return re.sub(r"\W+", "_", self.label.lower()).strip("_")

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


@dataclass(frozen=True)
class Line:
    """One row as a page shows it."""

    cells: list[Any]
    url: str | None


class Listing:
    """A list of what this person may see. Subclasses say what it is; `rows_of` pages and exports ask the same query."""

    caption: ClassVar[str] = ""
    noun: ClassVar[tuple[str, str]] = ("row", "rows")
    entity: ClassVar[Any]
    search: ClassVar[tuple[Any, ...]] = ()
    filters: ClassVar[tuple[Choice, ...]] = ()
    columns: ClassVar[tuple[Column, ...]] = ()
    more_columns: ClassVar[tuple[Column, ...]] = ()  # in exports only
    default_sort: ClassVar[str] = ""  # the key of a sortable column, with - for descending
    size: ClassVar[int] = 50

    def __init__(self, args: MultiDict[str, str], user: Any) -> None:
        self.args, self.user = args, user
        self.q = args.get("q", "").strip()[:200]

    def base(self) -> Select[Any]:
        """The rows this person may see, with the joins that the columns need."""
        raise NotImplementedError(type(self).__name__)

    def url(self, values: Values) -> str | None:
        """Where the first cell leads."""
        return None

    # The query

    @property
    def path(self) -> str:
        return request.path

    @cached_property
    def choices(self) -> list[Filter]:
        return [Filter(known.name, known.label, known.options(), self.chosen(known)) for known in self.filters]

    def chosen(self, choice: Choice) -> str:
        value = self.args.get(choice.name, "")
        return value if value and value in dict(choice.options()) else ""

    @property
    def is_filtered(self) -> bool:
        return bool(self.q or any(choice.value for choice in self.choices))

    def filtered(self) -> Select[Any]:
        query = self.base()
        if self.q:
            pattern = "%" + re.sub(r"([%_\\])", r"\\\1", self.q) + "%"
            query = query.where(or_(*(column.ilike(pattern, escape="\\") for column in self.search)))
        for choice, shown in zip(self.filters, self.choices, strict=True):
            if shown.value:
                query = query.where(choice.column == shown.value)
        return query

    @cached_property
    def sort(self) -> tuple[Column, bool]:
        """The column that orders the list, and whether it descends. An unknown wish falls back to the default."""
        wish = self.args.get("sort", self.default_sort)
        known = {column.key: column for column in self.columns if column.sort}
        if wish.lstrip("-") not in known:
            wish = self.default_sort
        return known[wish.lstrip("-")], wish.startswith("-")

    def page_of(self, session: Session, *, size: int, after: Any = None, before: Any = None, last: bool = False,
                columns: tuple[Column, ...] | None = None) -> list[Any]:  # fmt: skip
        """Up to `size` rows as (id, sort value, *columns), after or before a place, in the list's order."""
        columns = columns or self.columns
        column, descending = self.sort
        backwards = last or before is not None
        order = [column.value, self.entity.id]
        query = self.filtered().with_only_columns(
            self.entity.id, column.value, *(each.value for each in columns), maintain_column_froms=True
        )
        if place := before or after:
            here: Tuple = tuple_(literal(place[0], column.value.type), literal(place[1]))
            there = tuple_(*order)
            query = query.where(there < here if descending != backwards else there > here)
        ordered = [each.desc() if descending != backwards else each.asc() for each in order]
        rows = list(session.execute(query.order_by(None).order_by(*ordered).limit(size)))
        return rows[::-1] if backwards else rows

    def batches(self, session: Session, size: int = 2000) -> Iterator[list[Any]]:
        """Every row, for exports: batch after batch, however many there are."""
        after = None
        while rows := self.page_of(session, size=size, after=after, columns=self.columns + self.more_columns):
            yield rows
            after = (rows[-1][1], rows[-1][0])

    # The page

    @cached_property
    def found(self) -> tuple[list[Any], bool, bool]:
        """The rows of this page, whether there are earlier ones, whether there are later ones."""
        after, before = place_of(self.args.get("after"), self.sort[0]), place_of(self.args.get("before"), self.sort[0])
        last = "last" in self.args
        rows = self.page_of(db.session(), size=self.size + 1, after=after, before=before, last=last)
        more = len(rows) > self.size
        if before or last:
            return rows[-self.size :], more, before is not None
        return rows[: self.size], after is not None, more

    @cached_property
    def rows(self) -> list[Line]:
        lines = []
        for row in self.found[0]:
            values = dict(zip([column.key for column in self.columns], row[2:], strict=True)) | {"id": row[0]}
            lines.append(Line([column.show(values[column.key]) for column in self.columns], self.url(values)))
        return lines

    @cached_property
    def count(self) -> int:
        """How many there are, counted no further than a thousand and one."""
        within = self.filtered().with_only_columns(self.entity.id, maintain_column_froms=True).order_by(None)
        return db.session.scalar(select(func.count()).select_from(within.limit(MOST_COUNTED + 1).subquery())) or 0

    @property
    def count_text(self) -> str:
        if self.count > MOST_COUNTED:
            return f"More than {MOST_COUNTED:,} {self.noun[1]}"
        return f"{self.count:,} {self.noun[self.count != 1]}"

    # Its addresses

    def address(self, path: str | None = None, **changes: str | None) -> str:
        kept = {name: value for name, value in self.args.items() if name in self.kept_names and value}
        kept.update({name: value for name, value in changes.items() if value})
        return (path or self.path) + (f"?{urlencode(kept)}" if kept else "")

    @property
    def kept_names(self) -> set[str]:
        return {"q", "sort", *(choice.name for choice in self.filters)}

    def sort_url(self, column: Column) -> str:
        descending = self.sorted_by(column) == "ascending"
        return self.address(sort=f"{'-' if descending else ''}{column.key}")

    def sorted_by(self, column: Column) -> str | None:
        if column != self.sort[0]:
            return None
        return "descending" if self.sort[1] else "ascending"

    @property
    def first_url(self) -> str | None:
        return self.address() if self.found[1] else None

    @property
    def previous_url(self) -> str | None:
        rows, earlier, _ = self.found
        return self.address(before=token(rows[0])) if rows and earlier else None

    @property
    def next_url(self) -> str | None:
        rows, _, later = self.found
        return self.address(after=token(rows[-1])) if rows and later else None

    @property
    def last_url(self) -> str | None:
        return self.address(last="1") if self.found[2] else None

    @property
    def clear_url(self) -> str:
        return self.path

    @property
    def csv_url(self) -> str:
        return self.address(f"{self.path.rstrip('/')}/export.csv")

    @property
    def xlsx_url(self) -> str:
        return self.address(f"{self.path.rstrip('/')}/export.xlsx")


def token(row: Any) -> str:
    """A place in the list, as an address carries it."""
    value = row[1].isoformat() if isinstance(row[1], date) else row[1]
    return base64.urlsafe_b64encode(json.dumps([value, row[0]]).encode()).decode().rstrip("=")


def place_of(text: str | None, column: Column) -> tuple[Any, int] | None:
    """Read a place back. A damaged one is the first page, not an error."""
    if not text:
        return None
    try:
        value, number = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        kind = column.value.type.python_type
        if issubclass(kind, date):
            value = kind.fromisoformat(value)
        return (value, int(number)) if isinstance(value, kind) else None
    except (ValueError, TypeError, binascii.Error, UnicodeDecodeError):
        return None

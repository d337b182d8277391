"""One list: its page, its fragment, its count and its pager from one declaration. Exports are in `exports.py`."""

import re
from collections.abc import Iterator
from functools import cached_property
from typing import Any, ClassVar
from urllib.parse import urlencode

from flask import request
from markupsafe import Markup
from sqlalchemy import ColumnElement, Select, Tuple, func, literal, or_, select, tuple_
from sqlalchemy.orm import Bundle, Session
from werkzeug.datastructures import MultiDict

from portal.core.columns import Choice, Column, Filter, body
from portal.core.cursor import place_of, token
from portal.core.db import db
from portal.core.forms import clean
from portal.core.planning import in_order
from portal.core.search import Searchable, found, is_common, says

MOST_COUNTED = 1000
Values = dict[str, Any]


class Listing:
    """A list of what this person may see. Subclasses say what it is; `rows_of` pages and exports ask the same query."""

    caption: ClassVar[str] = ""
    noun: ClassVar[tuple[str, str]] = ("row", "rows")
    entity: ClassVar[Any]
    joined_to: ClassVar[Any] = None  # what `base` begins with, where that is not the entity
    search: ClassVar[tuple[Any, ...]] = ()  # columns, for a list that stays short
    search_in: ClassVar[type[Searchable] | None] = None  # what is found by its words, for one that grows
    filters: ClassVar[tuple[Choice, ...]] = ()
    columns: ClassVar[tuple[Column, ...]] = ()
    more_columns: ClassVar[tuple[Column, ...]] = ()  # in exports only
    exports: ClassVar[tuple[str, ...]] = ("csv", "xlsx")
    default_sort: ClassVar[str] = ""  # the key of a sortable column, with - for descending
    size: ClassVar[int] = 50
    known_count: int | None = None  # where the page has counted all rows already

    def __init__(self, args: MultiDict[str, str], user: Any) -> None:
        self.args, self.user = args, user
        self.q = clean(args.get("q"))[:200]

    def base(self) -> Select[Any]:
        """The rows this person may see, with the joins that the columns need."""
        raise NotImplementedError(type(self).__name__)

    def seen(self) -> Select[Any]:
        """The same without the joins that only columns need, where conditions need none of them: quicker to count."""
        return self.base()

    def url(self, values: Values) -> str | None:
        """Where the first cell leads."""
        return None

    # The query

    @property
    def path(self) -> str:
        return request.path

    @cached_property
    def choices(self) -> list[Filter]:
        return [self.as_filter(known) for known in self.filters]

    def as_filter(self, choice: Choice) -> Filter:
        """A choice with its options, asked for once, and what was chosen; an unknown wish is none."""
        options, wish = [("", "All"), *choice.options()], self.args.get(choice.name, "")
        return Filter(choice.name, choice.label, options, wish if wish in dict(options) else "")

    @property
    def is_filtered(self) -> bool:
        return bool(self.q or any(choice.value for choice in self.choices))

    def filtered(self, query: Select[Any] | None = None, most_hits: int | None = None) -> Select[Any]:
        """The rows that are searched for and chosen. `most_hits`: of what the search finds only so many are looked at."""
        query = self.base() if query is None else query
        if self.q:
            query = query.where(self.searched(most_hits))
        return query.where(*self.chosen) if self.chosen else query

    @cached_property
    def chosen(self) -> list[ColumnElement[bool]]:
        chosen = zip(self.filters, self.choices, strict=True)
        return [choice.condition(shown.value) for choice, shown in chosen if shown.value]

    def searched(self, most_hits: int | None) -> ColumnElement[bool]:
        if self.search_in is None:
            pattern = "%" + re.sub(r"([%_\\])", r"\\\1", self.q) + "%"
            return or_(*(column.ilike(pattern, escape="\\") for column in self.search))
        if self.finds_many and most_hits is None:
            return says(self.search_in, self.q)
        return found(self.search_in, self.q, most_hits)

    @cached_property
    def finds_many(self) -> bool:
        return bool(self.q) and self.search_in is not None and is_common(self.search_in, self.q)

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
        order = [column.sorted_by, self.entity.id]
        query = self.only(self.planned(), self.entity.id, column.sorted_by, *(each.value for each in columns))
        if place := before or after:
            here: Tuple = tuple_(literal(place[0], column.sorted_by.type), literal(place[1]))
            there = tuple_(*order)
            query = query.where(there < here if descending != backwards else there > here)
        ordered = [each.desc() if descending != backwards else each.asc() for each in order]
        has_bundles = any(isinstance(each.value, Bundle) for each in columns)  # which only a session puts together
        asked = session if has_bundles else session.connection()  # plain rows are quicker by half
        rows = list(asked.execute(query.order_by(None).order_by(*ordered).limit(size)).all())
        return rows[::-1] if backwards else rows

    def planned(self) -> Select[Any]:
        """The rows as the database does best: many are met in order until a page is full, few are found first and then sorted."""
        if self.count > MOST_COUNTED:
            return in_order(self.filtered())
        if not self.is_filtered:
            return self.base()
        return self.base().where(self.entity.id.in_(self.ids(max(self.count, 1))))  # which tells PostgreSQL how few they are

    def ids(self, most: int, most_hits: int | None = None) -> Select[Any]:
        """Up to so many of the rows, in no order."""
        return self.only(self.filtered(self.seen(), most_hits), self.entity.id).order_by(None).limit(most)

    def only(self, query: Select[Any], *columns: Any) -> Select[Any]:
        return query.select_from(self.joined_to or self.entity).with_only_columns(*columns)

    @property
    def export_columns(self) -> tuple[Column, ...]:
        return self.columns + self.more_columns

    def batches(self, session: Session, size: int = 2000) -> Iterator[list[Any]]:
        """Every row, for exports: batch after batch, however many there are; its values as the database gives them."""
        after, columns = None, tuple(column.unread for column in self.export_columns)
        while rows := self.page_of(session, size=size, after=after, columns=columns):
            yield rows
            after = (rows[-1][1], rows[-1][0])

    # The page

    @cached_property
    def found(self) -> tuple[list[Any], bool, bool]:
        """The rows of this page, whether there are earlier ones, whether there are later ones."""
        kind = self.sort[0].sorted_by.type.python_type
        after, before = place_of(self.args.get("after"), kind), place_of(self.args.get("before"), kind)
        last = "last" in self.args
        rows = self.page_of(db.session(), size=self.size + 1, after=after, before=before, last=last)
        more = len(rows) > self.size
        if before or last:
            return rows[-self.size :], more, before is not None
        return rows[: self.size], after is not None, more

    @cached_property
    def body(self) -> Markup:
        """The rows of this page as they stand in its table."""
        names, found = [column.key for column in self.columns], self.found[0]
        links = [self.url(dict(zip(names, row[2:], strict=True)) | {"id": row[0]}) for row in found]
        return body(self.columns, links, [row[2:] for row in found])

    @cached_property
    def count(self) -> int:
        """How many there are, counted no further than a thousand and one."""
        return self.count_up_to(MOST_COUNTED + 1)

    def count_up_to(self, most: int) -> int:
        if self.known_count is not None:
            return min(self.known_count, most)
        if self.finds_many and number_of(self.ids(most, most_hits=5 * most)) == most:
            return most  # the first hits are enough to tell
        return number_of(self.ids(most))

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
    def csv_url(self) -> str | None:
        return self.export_url("csv")

    @property
    def xlsx_url(self) -> str | None:
        return self.export_url("xlsx")

    def export_url(self, kind: str) -> str | None:
        return self.address(f"{self.path.rstrip('/')}/export.{kind}") if kind in self.exports else None


def number_of(ids: Select[Any]) -> int:
    return db.session.scalar(select(func.count()).select_from(ids.subquery())) or 0

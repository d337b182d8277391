"""Rows that wait to be inserted together: numbered here, so that those that belong together know each other at once."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Dialect, Table, func, select, text
from sqlalchemy.orm import Session
from sqlalchemy.schema import ColumnDefault

from portal.core.db import Base

Values = dict[str, Any]


class Rows:
    """The rows of one transaction, by table. They are inserted the driver's own way, four times as fast as statements are."""

    def __init__(self, session: Session) -> None:
        self.session, self.connection = session, session.connection()
        self.waiting: dict[str, list[Values]] = {}
        self.last: dict[str, int] = {}

    def number(self, model: type[Base]) -> int:
        """The next number of a table."""
        name = model.__tablename__
        if name not in self.last:
            self.last[name] = self.session.scalar(select(func.max(model.id))) or 0
        self.last[name] += 1
        return self.last[name]

    def add(self, model: type[Base], **values: Any) -> int:
        """Keep a row for later; its number. All rows of a table name the same columns."""
        if "id" not in values:
            values["id"] = self.number(model)
        self.waiting.setdefault(model.__tablename__, []).append(values)
        number: int = values["id"]
        return number

    def insert(self) -> None:
        """Parents before children."""
        self.session.flush()
        for table in Base.metadata.sorted_tables:
            if rows := self.waiting.pop(table.name, None):
                self.insert_into(table, rows)

    def insert_into(self, table: Table, rows: list[Values]) -> None:
        dialect = self.connection.dialect
        rest = defaults(table, rows[0])
        names = ", ".join(dialect.identifier_preparer.quote(name) for name in (*rows[0], *rest))
        quoted = dialect.identifier_preparer.format_table(table)
        lines = bound(table, rows, rest, dialect)
        if dialect.name == "postgresql":
            self.copy(f"COPY {quoted} ({names}) FROM STDIN", lines)
            self.note_number(quoted, self.last[table.name])
        else:
            places = ", ".join("?" * (len(rows[0]) + len(rest)))
            self.connection.exec_driver_sql(f"INSERT INTO {quoted} ({names}) VALUES ({places})", list(lines))  # nosec B608

    def copy(self, statement: str, lines: Iterator[tuple[Any, ...]]) -> None:
        with self.connection.connection.cursor() as cursor, cursor.copy(statement) as place:  # type: ignore[attr-defined]
            for line in lines:
                place.write_row(line)

    def note_number(self, quoted: str, number: int) -> None:
        """Tell PostgreSQL's sequence which numbers are taken; SQLite looks for itself."""
        sequence = text("SELECT setval(pg_get_serial_sequence(:name, 'id'), :number)")
        self.session.execute(sequence, {"name": quoted, "number": number})


def defaults(table: Table, row: Values) -> Values:
    """What the columns that the rows leave out begin with."""
    return {
        column.name: column.default.arg(None) if column.default.is_callable else column.default.arg
        for column in table.columns
        if isinstance(column.default, ColumnDefault) and column.name not in row
    }


def bound(table: Table, rows: list[Values], rest: Values, dialect: Dialect) -> Iterator[tuple[Any, ...]]:
    """The rows as the driver takes them, each value through its column's type."""
    types = [table.columns[name].type.dialect_impl(dialect) for name in (*rows[0], *rest)]
    processors = [type_.bind_processor(dialect) or as_it_is for type_ in types]
    for row in rows:
        values = (*row.values(), *rest.values())
        yield tuple([process(value) for process, value in zip(processors, values, strict=True)])


def as_it_is(value: Any) -> Any:
    return value

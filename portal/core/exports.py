"""A list as a spreadsheet: CSV streams whatever its length, XLSX is written row by row."""

import csv
import re
import tempfile
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime, time
from functools import partial
from io import StringIO
from itertools import chain
from typing import Any

import xlsxwriter
from flask import Response, current_app, stream_with_context
from sqlalchemy import Dialect
from sqlalchemy.orm import Session

from portal.core import money
from portal.core.clock import LONDON
from portal.core.columns import Column, Remembered, as_text
from portal.core.db import db
from portal.core.listing import Listing

RISKY = re.compile(r"^\s*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def exported(column: Column, value: Any) -> Any:
    """What a spreadsheet holds: numbers and days as such, everything else as text."""
    if value is None:
        return None
    if column.export is not None:
        return column.export(value)
    if isinstance(value, (int, date, datetime)) and not isinstance(value, bool):
        return value
    return as_text(value)


def as_cell(value: Any) -> str:
    """A CSV cell. Text that a spreadsheet would run as a formula is quoted as text; numbers stay numbers."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.astimezone(LONDON).strftime("%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str) and RISKY.match(value) and not re.fullmatch(r"-?\d+(\.\d+)?", value):
        return f"'{value}"
    return str(value)


def headings(listing: Listing) -> list[str]:
    return [column.label for column in listing.export_columns]


def batches(listing: Listing, session: Session, becomes: Callable[[Column, Any], Any] = exported) -> Iterator[list[Any]]:
    """Every row of the list as values for a spreadsheet, some thousands at a time. Column by column, as that is quickest."""
    dialect = session.get_bind().dialect
    known = [Remembered(reading(column, dialect, becomes)) for column in listing.export_columns]
    for rows in listing.batches(session):
        _ids, _places, *columns = zip(*rows, strict=True)
        yield list(zip(*(each.each(values) for each, values in zip(known, columns, strict=True)), strict=True))


def reading(column: Column, dialect: Dialect, becomes: Callable[[Column, Any], Any]) -> Callable[[Any], Any]:
    """From a value of the database to one of the spreadsheet."""
    read = column.reader(dialect)
    return (lambda value: becomes(column, read(value))) if read else partial(becomes, column)


def table(listing: Listing, session: Session) -> Iterator[Sequence[Any]]:
    """The same, row by row."""
    return chain.from_iterable(batches(listing, session))


def csv_cell(column: Column, value: Any) -> str:
    return as_cell(exported(column, value))


def as_csv(listing: Listing, name: str) -> Response:
    """Stream the whole list on a read connection of its own."""

    def lines() -> Iterator[str]:
        buffer = StringIO()
        writer = csv.writer(buffer)
        buffer.write("\ufeff")  # so that spreadsheets read it as UTF-8
        writer.writerow(headings(listing))
        with Session(db.engine) as session:
            for rows in batches(listing, session, csv_cell):
                writer.writerows(rows)
                yield buffer.getvalue()
                buffer.seek(0)
                buffer.truncate()
        yield buffer.getvalue()

    return Response(stream_with_context(lines()), mimetype="text/csv", headers=attachment(name))


def attachment(name: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="{name}"'}


def is_too_long(listing: Listing) -> bool:
    """True when a workbook of it is the worker's business, not a request's."""
    most: int = current_app.extensions["settings"].xlsx_rows_at_once
    return listing.count_up_to(most + 1) > most


def as_xlsx(listing: Listing, name: str) -> Response:
    with Session(db.engine) as session:
        content = workbook({listing.caption or "List": (headings(listing), table(listing, session))})
    return Response(content, mimetype=XLSX, headers=attachment(name))


def workbook(sheets: dict[str, tuple[list[str], Iterator[Sequence[Any]]]]) -> bytes:
    """A workbook with a sheet for each entry. Text is written as text, never as formula or link."""
    with tempfile.TemporaryFile() as place:
        book = xlsxwriter.Workbook(place, {"constant_memory": True, "in_memory": False})
        head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True})
        formats: dict[type, Any] = {
            date: book.add_format({"num_format": "d mmm yyyy"}),
            datetime: book.add_format({"num_format": "d mmm yyyy hh:mm"}),
        }
        pounds = book.add_format({"num_format": "#,##0.00"})
        for title, (labels, rows) in sheets.items():
            sheet = book.add_worksheet(re.sub(r"[\[\]:*?/\\']", " ", title)[:31])
            sheet.freeze_panes(1, 0)
            sheet.set_column(0, len(labels), 16)
            for column, label in enumerate(labels):
                sheet.write_string(0, column, label, head)
            for number, row in enumerate(rows, 1):
                for column, value in enumerate(row):
                    write_cell(sheet, number, column, value, formats, pounds)
        book.close()
        place.seek(0)
        return place.read()


def write_cell(sheet: Any, row: int, column: int, value: Any, formats: dict[type, Any], pounds: Any) -> None:
    if isinstance(value, Pounds):
        sheet.write_number(row, column, value.pence / 100, pounds)
    elif isinstance(value, (int, float)):
        sheet.write_number(row, column, value)
    elif isinstance(value, datetime):
        sheet.write_datetime(row, column, value.astimezone(UTC).astimezone(LONDON).replace(tzinfo=None), formats[datetime])
    elif isinstance(value, date):
        sheet.write_datetime(row, column, datetime.combine(value, time()), formats[date])
    elif value not in (None, ""):
        sheet.write_string(row, column, str(value)[:32767])


class Pounds:
    """Pence on their way into a spreadsheet: 1450.00 in a CSV, a number in a workbook."""

    def __init__(self, pence: int) -> None:
        self.pence = pence

    def __str__(self) -> str:
        return money.plain(self.pence)

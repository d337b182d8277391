"""Exports: page, CSV and workbook say the same, and no spreadsheet runs what somebody typed."""

import csv
from datetime import UTC, date, datetime
from io import BytesIO, StringIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from openpyxl import load_workbook

from portal.core import exports, money
from portal.core.db import write
from portal.core.exports import Pounds, as_cell, is_too_long, workbook
from tests.core.lists import RowList
from tests.core.rows import Colour, add

RISKY = [
    "=1+1",
    "+1",
    "@SUM(A1)",
    "-cmd|' /C calc'!A0",
    "\t=1",
    "\r=1",
    "\n=1",
    " =1",
    "  @x",
    "\uff1d1+1",
    "\uff0b1",
    "\uff0d1",
    "\uff20x",
    "\u3000=1",
]
HARMLESS = ["", "text", "a=1", "1-2", "-5", "-5.50", "'quoted", "12:30", "https://example.org", "<b>&amp;"]


@pytest.fixture
def exported(as_user):
    """`exported()`: the cells of the CSV and of the workbook, the headings first."""
    browser = as_user(None)

    def both(address="/stand-ins/list/export"):
        path, _, query = address.partition("?")
        texts = list(csv.reader(StringIO(browser.get(f"{path}.csv?{query}").data.decode("utf-8-sig"), newline="")))
        sheet = load_workbook(BytesIO(browser.get(f"{path}.xlsx?{query}").data)).active
        return texts, [list(row) for row in sheet.iter_rows()]

    return both


def fill(*rows):
    write(lambda: [add(**{"name": "row", **row}) for row in rows])


def test_the_columns_are_those_of_the_page_and_more(exported, rows, frozen):
    fill(
        {
            "name": "Bench",
            "number": 3,
            "pence": -145_000,
            "owner": "Ada",
            "on": date(2026, 3, 9),
            "at": frozen.now,
            "colour": Colour.GREEN,
        }
    )

    texts, cells = exported()

    assert texts[0] == [cell.value for cell in cells[0]] == ["Name", "Number", "Price", "Day", "Instant", "Colour", "Owner"]
    assert texts[1] == ["Bench", "3", "-1450.00", "2026-03-09", "2026-06-09 11:00", "green", "Ada"]
    assert [cell.value for cell in cells[1]] == [
        "Bench", 3, -1450, datetime(2026, 3, 9), datetime(2026, 6, 9, 11), "green", "Ada",  # noqa: DTZ001
    ]  # fmt: skip
    assert [cell.data_type for cell in cells[1]] == ["s", "n", "n", "d", "d", "s", "s"]


@given(some.lists(some.integers(-(10**11), 10**11), min_size=1, max_size=8))
@settings(max_examples=10)
def test_page_csv_and_workbook_agree_to_the_penny(exported, rows, amounts):
    fill(*({"name": "paid", "pence": pence} for pence in amounts))
    with_page = RowList({"sort": "name"}, None)

    texts, cells = exported()

    in_csv = [row[2] for row in texts[1:]]
    in_workbook = [round(row[2].value * 100) for row in cells[1:]]
    assert [round(float(text) * 100) for text in in_csv] == in_workbook
    assert [money.show(pence) for pence in in_workbook][: with_page.size] == [money.show(row[4]) for row in with_page.found[0]]


def test_what_is_not_known_is_an_empty_cell_and_not_nought(exported, rows):
    fill({"name": "Empty", "on": None, "at": None})
    texts, cells = exported()
    assert texts[1][3:5] == ["", ""]
    assert [cell.value for cell in cells[1][3:5]] == [None, None]
    assert exports.exported(RowList.columns[2], None) is None


@pytest.mark.parametrize("text", RISKY)
def test_text_that_a_spreadsheet_would_run_is_quoted(exported, rows, text):
    fill({"name": text})

    texts, cells = exported()

    assert texts[1][0] == f"'{text}"
    assert cells[1][0].data_type == "s"
    assert cells[1][0].hyperlink is None


@pytest.mark.parametrize("text", HARMLESS)
def test_harmless_text_stays_as_it_is(exported, rows, text):
    fill({"name": text})
    texts, cells = exported()
    assert texts[1][0] == (cells[1][0].value or "") == text


@given(some.text(some.characters(exclude_categories=["Cs", "Cc"]), max_size=40))
@settings(max_examples=10)
def test_any_text_is_the_same_in_both_but_for_the_quote(exported, rows, text):
    fill({"name": text, "owner": "z"})
    texts, cells = exported("/stand-ins/list/export?sort=-name")
    typed = [(row[0], cell[0].value or "") for row, cell in zip(texts[1:], cells[1:], strict=True)]
    assert text in [value for _, value in typed]
    assert all(plain in (value, f"'{value}") for plain, value in typed)


@pytest.mark.parametrize(("value", "cell"), [
    (None, ""), (-5, "-5"), (Pounds(-123), "-1.23"), (date(2026, 3, 9), "2026-03-09"),
    (datetime(2026, 1, 9, 23, 30, tzinfo=UTC), "2026-01-09 23:30"), ("=x", "'=x"),
])  # fmt: skip
def test_cells_of_a_csv(value, cell):
    assert as_cell(value) == cell


def test_an_export_holds_every_row_that_the_search_finds_however_many_pages(exported, rows, monkeypatch):
    fill(*({"name": f"row {number:02}"} for number in range(10)), {"name": "other"})
    batches = RowList.batches
    monkeypatch.setattr(RowList, "batches", lambda self, session: batches(self, session, size=4))

    texts, cells = exported("/stand-ins/list/export?q=row&sort=-name")

    assert [row[0] for row in texts[1:]] == [f"row {number:02}" for number in reversed(range(10))]
    assert len(cells) == 11


def test_exports_are_downloads_with_a_name(as_user, rows):
    fill({"name": "x"})
    for kind, media_type in (("csv", "text/csv; charset=utf-8"), ("xlsx", exports.XLSX)):
        reply = as_user(None).get(f"/stand-ins/list/export.{kind}")
        assert reply.headers["Content-Disposition"] == f'attachment; filename="rows.{kind}"'
        assert reply.headers["Content-Type"] == media_type


def test_a_workbook_too_long_for_a_request_is_known_as_such(app, rows, monkeypatch):
    fill({}, {}, {})
    monkeypatch.setattr(app.extensions["settings"], "xlsx_rows_at_once", 3)
    assert not is_too_long(RowList({}, None))
    monkeypatch.setattr(app.extensions["settings"], "xlsx_rows_at_once", 2)
    assert is_too_long(RowList({}, None))


def test_the_name_of_a_sheet_is_cut_to_what_spreadsheets_take():
    book = load_workbook(BytesIO(workbook({"Spend: [2025/26] by fund, source and year": (["A"], iter([["=x" * 40000]]))})))
    assert book.sheetnames == ["Spend   2025 26  by fund, sourc"]
    assert len(book.active["A2"].value) == 32767

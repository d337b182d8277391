"""The finance report as each of its readers gets it: the page, the CSV and the workbook, as numbers."""

import csv
import re
from dataclasses import dataclass
from io import BytesIO, StringIO

from openpyxl import load_workbook

AMOUNT = re.compile(r"-?£[\d,]+\.\d\d")
MONEY = ("Awarded", "Reported spend", "Spend not published", "Remaining")
WAYS = ("financial year", "fund", "partnership", "main objective", "funding source")


@dataclass(frozen=True)
class Sums:
    """Awarded, spent, spend not published, remaining: in pence."""

    awarded: int
    spent: int
    untold: int
    remaining: int


def pence(text: str) -> int:
    """£1,450.00, 1450.00 or nothing."""
    return int(re.sub(r"[£,.]", "", text)) if text else 0


def figures_of(page: str) -> Sums:
    """The headline of the page."""
    head = page.split('<dl class="figures">')[1].split("</dl>")[0]
    return Sums(*(pence(found) for found in AMOUNT.findall(head)))


def summary_of(page: str) -> tuple[str, Sums, Sums]:
    """The summary of the page: what it goes by, its lines added up, and its total as printed."""
    (table,) = (each for each in page.split("<table")[1:] if ">By " in each.partition("</caption>")[0])
    body, _, foot = table.partition("<tfoot")
    return re.search(r">By ([^<]+)<", table)[1], added(body), added(foot)


def added(html: str) -> Sums:
    amounts = [pence(each) for each in AMOUNT.findall(html)]
    return Sums(*(sum(amounts[place::4]) for place in range(4)))


def rows_of_csv(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(text.removeprefix("\ufeff"))))


def sums_of_csv(text: str) -> Sums:
    rows = rows_of_csv(text)
    return Sums(*(sum(pence(row[name]) for row in rows) for name in MONEY))


def sheets_of(content: bytes) -> dict[str, list[tuple]]:
    book = load_workbook(BytesIO(content), read_only=True)
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}


def sums_of_sheet(rows: list[tuple], first: int) -> Sums:
    """The four columns of money from column `first`, heading left out."""
    return Sums(*(sum(round((row[first + place] or 0) * 100) for row in rows[1:]) for place in range(4)))

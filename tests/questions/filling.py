"""Fills in any form as somebody would who answers everything that it asks."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from portal.core.files import Kept
from portal.questions import actions
from portal.questions.kinds.tables import Table
from portal.questions.models import Question
from portal.questions.sheet import Sheet
from tests.questions.forms import TODAY

PATTERNED = {"^([A-Z]{2})?[0-9]{6,7}$": "1234567", "^[A-Z0-9]{8}$": "01234567"}
PLAIN: dict[str, list[str]] = {
    "percentage": ["60"], "month": ["3", "2027"], "phone": ["01632 960 001"],
    "postcode": ["PE15 8NQ"], "web_address": ["www.fenland-csp.example"], "declaration": ["yes"],
    "bank_account": ["Fenland Test Council", "09-01-27", "12345678"], "address": ["1 High Street", "", "March", "", "PE15 8NQ"],
}  # fmt: skip


def fill(sheet: Sheet, place: int, *, by: Any) -> None:
    """Answer all that is shown, in order; `place` is which choice to make, 0 for the first and -1 for the last."""
    for section in sheet.sections:
        for question in section.questions:
            if question.group_id is None and sheet.is_shown(question):
                fill_one(sheet, question, place, by=by)


def fill_one(sheet: Sheet, question: Question, place: int, *, by: Any) -> None:
    if question.kind == "file":
        actions.attach(sheet, question, Kept(f"of-{question.id}", "policy.pdf", "application/pdf", 9, "0" * 64), by=by)
    elif question.kind == "group":
        row = next(iter(sheet.rows(question)), 0) or actions.add_row(sheet, question, by=by)
        for column in sorted(sheet.columns[question.id], key=lambda each: "row_sum_of" in each.settings):
            actions.save(sheet, column, row, said(sheet, column, row, place), edition=None, by=by)
    elif sheet.item(question).kind.is_typed:
        actions.save(sheet, question, 0, said(sheet, question, 0, place), edition=None, by=by)


def said(sheet: Sheet, question: Question, row: int, place: int) -> list[str]:
    item = sheet.item(question, row)
    if item.choices:
        return [item.choices[place][0]]
    if isinstance(item.kind, Table):
        return ["5" for column in item.kind.columns(question) for _ in item.kind.rows(question)]
    if question.kind in SAID:
        return SAID[question.kind](sheet, question, row)
    return PLAIN.get(question.kind) or ["Parson Drove"]


def a_text(sheet: Sheet, question: Question, row: int) -> list[str]:
    pattern = question.settings.get("pattern")
    return [PATTERNED[pattern] if pattern else f"Words on {question.code}"]


def an_amount(sheet: Sheet, question: Question, row: int) -> list[str]:
    wish = question.settings
    if "row_sum_of" in wish:
        item = sheet.item(question, row)
        pence = sum(sheet.cell_value(item, code) or 0 for code in wish["row_sum_of"])
    elif "equals_sum_of" in wish:
        pence = sheet.total(*wish["equals_sum_of"].split("."))
    else:
        pence = 10_00 if question.group_id else 5_000_00
    return [f"{pence / 100:.2f}"]


def a_day(sheet: Sheet, question: Question, row: int) -> list[str]:
    day = TODAY + timedelta(days=90 if "not_before" in question.settings else 30)
    return [str(day.day), str(day.month), str(day.year)]


def a_person(sheet: Sheet, question: Question, row: int) -> list[str]:
    return [f"Person {question.code}", "", "name@fenland-csp.example", ""]


SAID: dict[str, Callable[[Sheet, Question, int], list[str]]] = {
    "short_text": a_text, "long_text": a_text, "money": an_amount, "date": a_day, "person": a_person,
    "email": lambda sheet, question, row: [f"{question.code}@fenland-csp.example"],
    "number": lambda sheet, question, row: ["7"],
}  # fmt: skip

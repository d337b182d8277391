"""Questions that take a number, an amount or a day."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from portal.core import clock, money
from portal.core.forms import read_day_parts
from portal.questions.around import Around
from portal.questions.kinds.texts import Kind, one_line
from portal.questions.models import Question


class Number(Kind):
    template = "number"

    def read(self, raw: str, question: Question, around: Around) -> int:
        text = raw.replace(",", "").replace(" ", "")
        if not re.fullmatch(r"-?\d{1,12}", text, re.ASCII):
            raise ValueError("Enter a whole number, like 250")
        low, high = question.settings.get("min"), question.settings.get("max")
        number = int(text)
        if low is not None and number < low:
            raise ValueError(f"Enter {low:,} or more")
        if high is not None and number > high:
            raise ValueError(f"Enter {high:,} or less")
        return number

    def show(self, value: Any, question: Question, around: Around) -> str:
        return "" if value is None else f"{value:,}"


class Money(Kind):
    template = "money"

    def read(self, raw: str, question: Question, around: Around) -> int:
        pence = money.parse(raw)
        low, high = question.settings.get("min_pence"), question.settings.get("max_pence")
        if low is not None and pence < low:
            raise ValueError("Enter an amount above zero" if low == 1 else f"Enter {money.show(low)} or more")
        if high is not None and pence > high:
            raise ValueError(f"Enter {money.show(high)} or less")
        return pence

    def show(self, value: Any, question: Question, around: Around) -> str:
        return money.show(value)


class Day(Kind):
    template = "date"

    def join(self, values: Sequence[str]) -> str:
        parts = [*(one_line(part)[:40].strip() for part in values[:3]), "", "", ""][:3]
        if parts[0].count("/") == 2 and not any(parts[1:]):  # a whole day typed into the first box
            parts = parts[0].split("/")
        return "/".join(part.replace("/", ".") for part in parts) if any(parts) else ""

    def read(self, raw: str, question: Question, around: Around) -> str:
        day = read_day_parts(self.parts(raw))
        if day is None:
            raise ValueError("Enter a day, a month and a year, like 27 3 2027")
        return day.isoformat()

    @staticmethod
    def parts(raw: str) -> list[str]:
        return ([*raw.split("/"), "", "", ""])[:3] if raw else ["", "", ""]

    def show(self, value: Any, question: Question, around: Around) -> str:
        return clock.read_day(date.fromisoformat(value)) if value else ""

"""Questions that take a number, an amount or a day."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any, ClassVar

from portal.core import clock, money
from portal.core.forms import read_day_parts
from portal.questions.around import Around
from portal.questions.kinds.texts import Kind, one_line
from portal.questions.models import Question


class Number(Kind):
    template = "number"
    scale = 1
    settings: ClassVar[dict[str, str]] = {"min": "figure", "max": "figure"}

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

    def export(self, value: Any, question: Question, around: Around) -> str | int:
        return "" if value is None else int(value)


class Percentage(Kind):
    """A share, kept in hundredths of a percent: 12.5 % is 1250."""

    template = "percentage"
    scale = 100
    settings: ClassVar[dict[str, str]] = {"min": "whole", "max": "whole"}

    def read(self, raw: str, question: Question, around: Around) -> int:
        match = re.fullmatch(r"(\d{1,6})(?:\.(\d{1,2}))?\s*%?", raw, re.ASCII)
        if match is None:
            raise ValueError("Enter a percentage, like 12.5")
        share = int(match[1]) * 100 + int((match[2] or "0").ljust(2, "0"))
        low, high = question.settings.get("min") or 0, question.settings.get("max") or 100
        if not low * 100 <= share <= high * 100:
            raise ValueError(f"Enter a percentage from {low} to {high}")
        return share

    def show(self, value: Any, question: Question, around: Around) -> str:
        return f"{self.plain(value)}%" if value is not None else ""

    def export(self, value: Any, question: Question, around: Around) -> str | int:
        return self.plain(value) if value is not None else ""

    @staticmethod
    def plain(hundredths: int) -> str:
        sign, (whole, rest) = "-" if hundredths < 0 else "", divmod(abs(hundredths), 100)
        return f"{sign}{whole}.{rest:02}".rstrip("0").rstrip(".")


class Money(Kind):
    template = "money"
    scale = 100
    settings: ClassVar[dict[str, str]] = {"min_pence": "whole", "max_pence": "whole"}

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

    def export(self, value: Any, question: Question, around: Around) -> str | int:
        return money.plain(value)


class Day(Kind):
    template = "date"
    first_box = "-day"
    boxes: ClassVar[int] = 3
    settings: ClassVar[dict[str, str]] = {}

    def join(self, values: Sequence[str]) -> str:
        parts = [*(one_line(part)[:40].strip() for part in values[: self.boxes]), "", "", ""][: self.boxes]
        if parts[0].count("/") == self.boxes - 1 and not any(parts[1:]):  # all of it typed into the first box
            parts = parts[0].split("/")
        return "/".join(part.replace("/", ".") for part in parts) if any(parts) else ""

    def read(self, raw: str, question: Question, around: Around) -> str:
        day = read_day_parts(self.parts(raw))
        if day is None:
            raise ValueError("Enter a day, a month and a year, like 27 3 2027")
        return day.isoformat()

    @classmethod
    def parts(cls, raw: str) -> list[str]:
        return ([*raw.split("/"), "", "", ""])[: cls.boxes] if raw else [""] * cls.boxes

    def show(self, value: Any, question: Question, around: Around) -> str:
        return clock.read_day(date.fromisoformat(value)) if value else ""

    def export(self, value: Any, question: Question, around: Around) -> str | int:
        return value or ""


class Month(Day):
    """A month of a year, as 2027-03."""

    template = "month"
    first_box = "-month"
    boxes = 2

    def read(self, raw: str, question: Question, around: Around) -> str:
        try:
            first = read_day_parts(["1", *self.parts(raw)])
        except ValueError:
            first = None
        if first is None:
            raise ValueError("Enter a month and a year in figures, like 3 2027")
        return f"{first:%Y-%m}"

    def show(self, value: Any, question: Question, around: Around) -> str:
        return f"{date.fromisoformat(f'{value}-01'):%B %Y}" if value else ""

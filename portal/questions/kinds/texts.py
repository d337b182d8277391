"""What a type of question is, and those that take a text."""

import re
from collections.abc import Sequence
from typing import Any, ClassVar

from portal.core.forms import clean, count_words
from portal.questions.around import Around
from portal.questions.models import Question

EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")
POSTCODE = re.compile(r"[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}", re.IGNORECASE)
LONGEST_LINE = 500
LONGEST_TEXT = 20_000


def one_line(text: str) -> str:
    return " ".join(clean(text).split("\n"))


class Kind:
    """A type of question. `template` names the macro that asks it."""

    template: ClassVar[str] = "text"
    is_answered: ClassVar[bool] = True  # False for what the portal fills in itself, and for groups
    is_typed: ClassVar[bool] = True  # False too for files, which come by another way

    def join(self, values: Sequence[str]) -> str:
        """The raw text of what a form sent under this question's name."""
        return one_line(values[0])[:LONGEST_TEXT] if values else ""

    def read(self, raw: str, question: Question, around: Around) -> Any:
        """The typed value. Raises ValueError with what to enter instead."""
        check_length(raw)
        limit = question.settings.get("max_chars", LONGEST_LINE)
        if len(raw) > limit:
            raise ValueError(f"Use {limit} characters or fewer: there are {len(raw)}")
        pattern = question.settings.get("pattern")
        if pattern and not re.fullmatch(pattern, raw.upper().replace(" ", "")):
            raise ValueError(f"Enter {question.settings.get('pattern_hint', 'it in the usual form')}")
        return raw

    def show(self, value: Any, question: Question, around: Around) -> str:
        """The value as people read it."""
        return "" if value is None else str(value)


def check_length(raw: str) -> None:
    if len(raw) >= LONGEST_TEXT:
        raise ValueError(f"This is too long: only the first {LONGEST_TEXT:,} characters are saved. Shorten it")


class LongText(Kind):
    template = "textarea"

    def join(self, values: Sequence[str]) -> str:
        return clean(values[0])[:LONGEST_TEXT] if values else ""

    def read(self, raw: str, question: Question, around: Around) -> str:
        check_length(raw)
        words, typed = question.settings.get("words"), count_words(raw)
        if words and typed > words:
            raise ValueError(f"Use {words} words or fewer: there are {typed}")
        return raw


class Email(Kind):
    template = "email"

    def read(self, raw: str, question: Question, around: Around) -> str:
        if len(raw) > 254 or not EMAIL.fullmatch(raw):
            raise ValueError("Enter an e-mail address, like name@example.org")
        return raw


class Phone(Kind):
    template = "phone"

    def read(self, raw: str, question: Question, around: Around) -> str:
        if not re.fullmatch(r"\+?[\d ()-]{8,20}", raw, re.ASCII) or len(re.sub(r"\D", "", raw)) < 8:
            raise ValueError("Enter a phone number, like 01632 960 001")
        return raw


class Postcode(Kind):
    template = "postcode"

    def read(self, raw: str, question: Question, around: Around) -> str:
        if not POSTCODE.fullmatch(raw.strip()):
            raise ValueError("Enter a postcode, like PE15 8NQ")
        text = raw.upper().replace(" ", "")
        return f"{text[:-3]} {text[-3:]}"

"""What a type of question is, and those that take a text."""

import re
from collections.abc import Sequence
from typing import Any, ClassVar

from portal.core.forms import clean, count_words
from portal.questions.around import Around
from portal.questions.models import Question

EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")
POSTCODE = re.compile(r"[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}", re.IGNORECASE)
WEB = re.compile(r"(https?://)?([a-z0-9-]+\.)+[a-z]{2,24}(:\d{1,5})?([/?#]\S*)?", re.IGNORECASE | re.ASCII)
LONGEST_LINE = 500
LONGEST_TEXT = 20_000
PATTERNS = {  # what a short text may have to look like: chosen, never typed, so that no expression comes from outside
    "^([A-Z]{2})?[0-9]{6,7}$": "a charity number",
    "^[A-Z0-9]{8}$": "a company number",
}


def one_line(text: str) -> str:
    return " ".join(clean(text).split("\n"))


class Kind:
    """A type of question: how it is asked, read, shown, compared and exported. `template` names the macro that asks it."""

    template: ClassVar[str] = "text"
    first_box: ClassVar[str] = ""  # what the id of the first thing to type in ends with
    is_answered: ClassVar[bool] = True  # False for what the portal fills in itself, and for groups
    is_typed: ClassVar[bool] = True  # False too for files, which come by another way
    is_told: ClassVar[bool] = True  # False for what only stands between the questions
    scale: ClassVar[int | None] = None  # for figures, how many stored units make one typed: 100 pence are a pound
    settings: ClassVar[dict[str, str]] = {"max_chars": "whole", "pattern": "pattern", "pattern_hint": "text"}  # and their shapes

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
        if pattern in PATTERNS and not re.fullmatch(pattern, raw.upper().replace(" ", "")):
            raise ValueError(f"Enter {question.settings.get('pattern_hint', 'it in the usual form')}")
        return raw

    def moved(self, raw: str, was: Question, now: Question) -> str:
        """What was typed into the boxes of an earlier wording, as the newer one lays them out."""
        return raw

    def leaves(self, raw: str, kept: str) -> bool:
        """True when what was sent changes nothing."""
        return raw == kept

    def keep(self, raw: str, kept: str, around: Around, by: Any) -> str:
        """What the database is to hold of a text; another text only where it must not hold it."""
        return raw

    def veil(self, raw: str) -> str:
        """The text as it may be shown to whoever sent it."""
        return raw

    def show(self, value: Any, question: Question, around: Around) -> str:
        """The value as people read it."""
        return "" if value is None else str(value)

    def compared(self, value: Any) -> Any:
        """What two answers are compared by: texts by their words, whatever their case and spaces."""
        return value.casefold().split() if isinstance(value, str) else value

    def export(self, value: Any, question: Question, around: Around) -> str | int:
        """The value as a cell of a spreadsheet."""
        return self.show(value, question, around)

    def code(self, value: Any) -> str:
        """The value as a machine knows it: for choices their codes, beside the labels."""
        return "" if value is None else str(value)


def check_length(raw: str) -> None:
    if len(raw) >= LONGEST_TEXT:
        raise ValueError(f"This is too long: only the first {LONGEST_TEXT:,} characters are saved. Shorten it")


class LongText(Kind):
    template = "textarea"
    settings: ClassVar[dict[str, str]] = {"words": "whole"}

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
    settings: ClassVar[dict[str, str]] = {}

    def read(self, raw: str, question: Question, around: Around) -> str:
        if len(raw) > 254 or not EMAIL.fullmatch(raw):
            raise ValueError("Enter an e-mail address, like name@example.org")
        return raw


class Phone(Kind):
    template = "phone"
    settings: ClassVar[dict[str, str]] = {}

    def read(self, raw: str, question: Question, around: Around) -> str:
        if not re.fullmatch(r"\+?[\d ()-]{8,20}", raw, re.ASCII) or len(re.sub(r"\D", "", raw)) < 8:
            raise ValueError("Enter a phone number, like 01632 960 001")
        return raw


class Postcode(Kind):
    template = "postcode"
    settings: ClassVar[dict[str, str]] = {}

    def read(self, raw: str, question: Question, around: Around) -> str:
        if not POSTCODE.fullmatch(raw.strip()):
            raise ValueError("Enter a postcode, like PE15 8NQ")
        text = raw.upper().replace(" ", "")
        return f"{text[:-3]} {text[-3:]}"


class WebAddress(Kind):
    """A page of the web. What people leave out in front of it is added."""

    settings: ClassVar[dict[str, str]] = {}

    def read(self, raw: str, question: Question, around: Around) -> str:
        if len(raw) > LONGEST_LINE or not WEB.fullmatch(raw):
            raise ValueError("Enter a web address, like www.example.org/project")
        return raw if raw.lower().startswith("http") else f"https://{raw}"

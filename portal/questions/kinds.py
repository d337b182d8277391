"""One class for each type of question: how it is joined from a form, read, and shown."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any, ClassVar

from portal.core import clock, money
from portal.core.forms import clean, count_words, read_day_parts
from portal.questions.around import Around, Options
from portal.questions.models import Question

EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")
POSTCODE = re.compile(r"[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}", re.IGNORECASE)
LONGEST_LINE = 500
LONGEST_TEXT = 20_000


class Kind:
    """A type of question. `template` names the macro that asks it."""

    template: ClassVar[str] = "text"
    is_answered: ClassVar[bool] = True  # False for what the portal fills in itself

    def join(self, values: Sequence[str]) -> str:
        """The raw text of what a form sent under this question's name."""
        return clean(values[0])[:LONGEST_TEXT] if values else ""

    def read(self, raw: str, question: Question, around: Around) -> Any:
        """The typed value. Raises ValueError with what to enter instead."""
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


class LongText(Kind):
    template = "textarea"

    def read(self, raw: str, question: Question, around: Around) -> str:
        words, typed = question.settings.get("words"), count_words(raw)
        if words and typed > words:
            raise ValueError(f"Use {words} words or fewer: there are {typed}")
        return raw


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
        parts = [clean(part)[:10] for part in values[:3]]
        return "/".join(parts) if any(parts) else ""

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


class OneOf(Kind):
    """One of the choices that the question names."""

    template = "radios"

    def options(self, question: Question, around: Around) -> Options:
        return [(value, label) for value, label in question.settings.get("choices", [])]

    def read(self, raw: str, question: Question, around: Around) -> str:
        if raw not in dict(self.options(question, around)):
            raise ValueError("Choose one of the answers")
        return raw

    def show(self, value: Any, question: Question, around: Around) -> str:
        return dict(self.options(question, around)).get(value, "" if value is None else str(value))


class YesNo(OneOf):
    def options(self, question: Question, around: Around) -> Options:
        return [("yes", "Yes"), ("no", "No")]


class Select(OneOf):
    template = "select"


class OrganisationChoice(Select):
    """The bodies that may receive the grant. The value is the organisation's key."""

    def options(self, question: Question, around: Around) -> Options:
        return around.hosts


class ObjectiveChoice(Select):
    """An objective of the plan in force. The value is its id as text."""

    def options(self, question: Question, around: Around) -> Options:
        return around.objectives


class SeveralOf(OneOf):
    template = "checkboxes"

    def join(self, values: Sequence[str]) -> str:
        return "\n".join(dict.fromkeys(clean(value)[:LONGEST_LINE] for value in values[:100] if value))

    def read(self, raw: str, question: Question, around: Around) -> Any:
        chosen = raw.split("\n")
        if set(chosen) - set(dict(self.options(question, around))):
            raise ValueError("Choose from the answers shown")
        most = question.settings.get("max")
        if most and len(chosen) > most:
            raise ValueError(f"Choose {most} at the most")
        return chosen

    def show(self, value: Any, question: Question, around: Around) -> str:
        labels = dict(self.options(question, around))
        return ", ".join(labels.get(each, each) for each in value or [])


class Declaration(Kind):
    """One tick, which must be there."""

    template = "declaration"

    def read(self, raw: str, question: Question, around: Around) -> str:
        if raw != "yes":
            raise ValueError("Tick the box to go on")
        return raw

    def show(self, value: Any, question: Question, around: Around) -> str:
        return "Confirmed" if value == "yes" else ""


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


class Upload(Kind):
    """Checked files; the raw text is the name. Each file stands in a row of its own."""

    template = "file"

    def show(self, value: Any, question: Question, around: Around) -> str:
        return str(value or "")


class Shown(Kind):
    """What the portal knows already. Nothing to answer."""

    template = "shown"
    is_answered = False


class Group(Kind):
    """Repeating rows of child questions."""

    template = "group"
    is_answered = False


KINDS: dict[str, Kind] = {
    "short_text": Kind(),
    "long_text": LongText(),
    "number": Number(),
    "money": Money(),
    "date": Day(),
    "yes_no": YesNo(),
    "radios": OneOf(),
    "checkboxes": SeveralOf(),
    "select": Select(),
    "organisation": OrganisationChoice(),
    "objective": ObjectiveChoice(),
    "declaration": Declaration(),
    "email": Email(),
    "phone": Phone(),
    "postcode": Postcode(),
    "file": Upload(),
    "shown": Shown(),
    "group": Group(),
}


def kind_of(question: Question) -> Kind:
    return KINDS[question.kind]


def template_of(question: Question) -> str:
    return kind_of(question).template

"""Questions that are answered by choosing."""

from collections.abc import Sequence
from typing import Any, ClassVar

from portal.core.forms import clean
from portal.questions.around import Around, Options
from portal.questions.kinds.texts import LONGEST_LINE, Kind, one_line
from portal.questions.models import Question


class OneOf(Kind):
    """One of the choices that the question names."""

    template = "radios"
    settings: ClassVar[dict[str, str]] = {"choices": "choices"}

    def options(self, question: Question, around: Around) -> Options:
        return [(value, label) for value, label in question.settings.get("choices", [])]

    def read(self, raw: str, question: Question, around: Around) -> str:
        if raw not in dict(self.options(question, around)):
            raise ValueError("Choose one of the answers")
        return raw

    def show(self, value: Any, question: Question, around: Around) -> str:
        return dict(self.options(question, around)).get(value, "" if value is None else str(value))


class YesNo(OneOf):
    settings: ClassVar[dict[str, str]] = {}

    def options(self, question: Question, around: Around) -> Options:
        return [("yes", "Yes"), ("no", "No")]


class Select(OneOf):
    template = "select"


class OrganisationChoice(Select):
    """The bodies that may receive the grant. The value is the organisation's key."""

    settings: ClassVar[dict[str, str]] = {"hosts": "flag"}

    def options(self, question: Question, around: Around) -> Options:
        return around.hosts


class ObjectiveChoice(Select):
    """An objective of the plan in force. The value is its id as text."""

    settings: ClassVar[dict[str, str]] = {}

    def options(self, question: Question, around: Around) -> Options:
        return around.objectives


class SeveralOf(OneOf):
    """Any of the choices, up to `max` of them."""

    template = "checkboxes"
    settings: ClassVar[dict[str, str]] = {"choices": "choices", "max": "whole"}
    most: ClassVar[int | None] = None  # unless the question says so

    def join(self, values: Sequence[str]) -> str:
        chosen = [one_line(value)[:LONGEST_LINE].strip() for value in values[:100]]
        return "\n".join(dict.fromkeys(value for value in chosen if value))

    def read(self, raw: str, question: Question, around: Around) -> Any:
        chosen = raw.split("\n")
        if set(chosen) - set(dict(self.options(question, around))):
            raise ValueError("Choose from the answers shown")
        most = question.settings.get("max") or self.most
        if most and len(chosen) > most:
            raise ValueError(f"Choose {most} at the most")
        return chosen

    def show(self, value: Any, question: Question, around: Around) -> str:
        labels = dict(self.options(question, around))
        return ", ".join(labels.get(each, each) for each in value or [])

    def compared(self, value: Any) -> Any:
        return sorted(value or [])

    def code(self, value: Any) -> str:
        return "; ".join(value or [])


class Objectives(SeveralOf):
    """One to three objectives of the plan in force, without a word on each."""

    most = 3
    settings: ClassVar[dict[str, str]] = {"max": "whole"}

    def options(self, question: Question, around: Around) -> Options:
        return around.objectives


class Areas(SeveralOf):
    """Districts or wards. Where the portal knows none of a kind, their names are typed, one on each line."""

    template = "areas"
    settings: ClassVar[dict[str, str]] = {"area_kinds": "texts", "max": "whole"}

    def options(self, question: Question, around: Around) -> Options:
        wanted = question.settings.get("area_kinds", ["district"])
        return [(code, name) for code, name, kind in around.areas if kind in wanted]

    def join(self, values: Sequence[str]) -> str:
        return super().join([line for value in values for line in clean(value).split("\n")])

    def read(self, raw: str, question: Question, around: Around) -> Any:
        if self.options(question, around):
            return super().read(raw, question, around)
        return raw.split("\n")


class Declaration(Kind):
    """One tick, which must be there."""

    template = "declaration"
    settings: ClassVar[dict[str, str]] = {"text": "text"}

    def read(self, raw: str, question: Question, around: Around) -> str:
        if raw != "yes":
            raise ValueError("Tick the box to go on")
        return raw

    def show(self, value: Any, question: Question, around: Around) -> str:
        return "Confirmed" if value == "yes" else ""

"""Questions that are answered by choosing."""

from collections.abc import Sequence
from typing import Any

from portal.questions.around import Around, Options
from portal.questions.kinds.texts import LONGEST_LINE, Kind, one_line
from portal.questions.models import Question


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
        chosen = [one_line(value)[:LONGEST_LINE].strip() for value in values[:100]]
        return "\n".join(dict.fromkeys(value for value in chosen if value))

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

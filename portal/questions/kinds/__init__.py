"""One class for each type of question: how it is joined from a form, read, and shown."""

from typing import Any

from portal.questions.around import Around
from portal.questions.kinds.choices import (
    Declaration,
    ObjectiveChoice,
    OneOf,
    OrganisationChoice,
    Select,
    SeveralOf,
    YesNo,
)
from portal.questions.kinds.figures import Day, Money, Number
from portal.questions.kinds.texts import Email, Kind, LongText, Phone, Postcode
from portal.questions.models import Question


class Upload(Kind):
    """Checked files; the raw text is the name. Each file stands in a row of its own."""

    template = "file"
    is_typed = False

    def show(self, value: Any, question: Question, around: Around) -> str:
        return str(value or "")


class Shown(Kind):
    """What the portal knows already. Nothing to answer."""

    template = "shown"
    is_answered = is_typed = False


class Group(Kind):
    """Repeating rows of child questions."""

    template = "group"
    is_answered = is_typed = False


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

"""One class for each type of question: how it is joined from a form, read, and shown."""

from typing import Any, ClassVar

from portal.questions.around import Around
from portal.questions.kinds.bank import BankDetails
from portal.questions.kinds.boxes import Address, PersonNamed
from portal.questions.kinds.choices import (
    Areas,
    Declaration,
    ObjectiveChoice,
    Objectives,
    OneOf,
    OrganisationChoice,
    Select,
    SeveralOf,
    YesNo,
)
from portal.questions.kinds.figures import Day, Money, Month, Number, Percentage
from portal.questions.kinds.tables import Grid, Table
from portal.questions.kinds.texts import Email, Kind, LongText, Phone, Postcode, WebAddress
from portal.questions.models import Question


class Upload(Kind):
    """Checked files; the raw text is the name. Each file stands in a row of its own."""

    template = "file"
    is_typed = False
    settings: ClassVar[dict[str, str]] = {"types": "file_types", "max_mb": "whole", "max_files": "whole"}

    def show(self, value: Any, question: Question, around: Around) -> str:
        return str(value or "")


class Shown(Kind):
    """What the portal knows already. Nothing to answer."""

    template = "shown"
    is_answered = is_typed = False
    settings: ClassVar[dict[str, str]] = {"of": "text"}


class Guidance(Kind):
    """Words between the questions, in Markdown. Nothing to answer, and no part of what is handed in."""

    template = "guidance"
    is_answered = is_typed = is_told = False
    settings: ClassVar[dict[str, str]] = {"text": "long_text"}


class Calculated(Kind):
    """A figure that the portal works out from other answers, see `calculated.py`."""

    template = "calculated"
    is_answered = is_typed = False
    settings: ClassVar[dict[str, str]] = {"reckon": "reckoning", "of": "codes", "unit": "figure_unit"}


class Group(Kind):
    """Repeating rows of child questions."""

    template = "group"
    is_answered = is_typed = False
    settings: ClassVar[dict[str, str]] = {"min_rows": "whole", "max_rows": "whole", "row_name": "text", "total_of": "code"}


KINDS: dict[str, Kind] = {
    "short_text": Kind(),
    "long_text": LongText(),
    "number": Number(),
    "percentage": Percentage(),
    "money": Money(),
    "date": Day(),
    "month": Month(),
    "yes_no": YesNo(),
    "radios": OneOf(),
    "checkboxes": SeveralOf(),
    "select": Select(),
    "organisation": OrganisationChoice(),
    "objective": ObjectiveChoice(),
    "objectives": Objectives(),
    "areas": Areas(),
    "declaration": Declaration(),
    "email": Email(),
    "phone": Phone(),
    "postcode": Postcode(),
    "web_address": WebAddress(),
    "address": Address(),
    "person": PersonNamed(),
    "bank_account": BankDetails(),
    "table": Table(),
    "grid": Grid(),
    "file": Upload(),
    "shown": Shown(),
    "guidance": Guidance(),
    "calculated": Calculated(),
    "group": Group(),
}


def kind_of(question: Question) -> Kind:
    return KINDS[question.kind]


def template_of(question: Question) -> str:
    return kind_of(question).template

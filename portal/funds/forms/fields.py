"""Fields that several forms of this package share, and the edition that a form was made from."""

from typing import Any

from govuk_frontend_wtf.wtforms_widgets import GovSelect, GovTextArea
from wtforms import SelectField, TextAreaField
from wtforms.validators import Optional, ValidationError

from portal.core import clock
from portal.core.editions import EditionField
from portal.core.forms import Form, MoneyField, OneOfThese
from portal.people.forms.fields import Short

LONGEST_TEXT = 4000
LARGEST_BUDGET = "Enter an amount in pounds"


class Select(OneOfThese, SelectField):
    """One of many."""

    widget = GovSelect()


class Editing(Form):
    """A form about something that another person may have open too."""

    edition = EditionField(validators=[Optional()])

    def differences(self, theirs: "Editing") -> list[tuple[str, str, str]]:
        """Where what is saved now and what was typed differ: the question, theirs, ours."""
        pairs = [(ours, theirs[ours.name]) for ours in self if ours.name not in ("csrf_token", "edition")]
        return [(ours.label.text, said(other), said(ours)) for ours, other in pairs if said(ours) != said(other)]

    def stand_on(self, edition: int) -> None:
        """From here on a save replaces what is there now: its sender has seen it."""
        self.edition.data, self.edition.raw_data = edition, None


def said(field: Any) -> str:
    """What is in a field, as people read it."""
    if isinstance(field.data, list):
        chosen = set(map(str, field.data))
        return ", ".join(str(label) for value, label, *_ in field.iter_choices() if str(value) in chosen)
    if isinstance(field, SelectField) or hasattr(field, "iter_choices"):
        known = {str(value): str(label) for value, label, *_ in field.iter_choices()}
        return known.get(str(field.data or ""), "")
    return str(field._value() or "")


def text(label: str, *validators: Any, most: int = LONGEST_TEXT) -> TextAreaField:
    return TextAreaField(label, widget=GovTextArea(), validators=[*validators, Short(most)])


def pounds(label: str, *validators: Any) -> MoneyField:
    return MoneyField(label, validators=[*validators])


def lines(typed: str | None) -> list[str]:
    """What stands on each line, without the empty ones."""
    return [line.strip() for line in (typed or "").splitlines() if line.strip()]


def years(before: int = 1, after: int = 4) -> list[tuple[str, str]]:
    """Financial years around this one."""
    months = (12 * step for step in range(-before, after + 1))
    return [(year, year) for year in (clock.financial_year(clock.add_months(clock.today(), each)) for each in months)]


class AboveZero:
    """More than nothing."""

    def __call__(self, form: Any, field: Any) -> None:
        if field.data is not None and field.data <= 0:
            raise ValidationError("Enter an amount above £0.00")

"""Fields that several forms of this package share."""

from typing import Any

from govuk_frontend_wtf.wtforms_widgets import GovSelect, GovTextArea
from wtforms import SelectField, TextAreaField
from wtforms.validators import ValidationError

from portal.core import clock
from portal.core.forms import MoneyField, OneOfThese
from portal.people.forms.fields import Short

LONGEST_TEXT = 4000
LARGEST_BUDGET = "Enter an amount in pounds"


class Select(OneOfThese, SelectField):
    """One of many."""

    widget = GovSelect()


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

"""Giving and ending a role."""

from datetime import date, timedelta
from typing import Any

from govuk_frontend_wtf.wtforms_widgets import GovTextArea
from wtforms import TextAreaField
from wtforms.validators import ValidationError

from portal.core import clock
from portal.core.forms import DateField, Filled, Form, MaxWords, Radios
from portal.people.words import GRAVE, OfficeRole

TWO = "Another administrator must agree"


class GiveRoleForm(Form):
    """A role of the office, from when to when, and why."""

    role = Radios("Which role?", validators=[Filled("Choose a role")])
    from_on = DateField("From which day?", validators=[Filled("Enter the first day")])
    to_on = DateField("Until which day?")
    reason = TextAreaField("Why?", widget=GovTextArea(), validators=[Filled("Say why, in a few words"), MaxWords(100)])

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"from_on": clock.today(), **options})
        self.role.choices = [(role.value, role.label) for role in OfficeRole]

    @property
    def options(self) -> list[tuple[str, str, str]]:
        return [(role.value, role.label, TWO if role in GRAVE else "") for role in OfficeRole]


class EndRoleForm(Form):
    """When a role ends, and why."""

    when = Radios("When does it end?", choices=[("now", "At once"), ("day", "At the end of a day")], default="now",
                  validators=[Filled("Choose when it ends")])  # fmt: skip
    to_on = DateField("Its last day")
    reason = TextAreaField("Why?", widget=GovTextArea(), validators=[Filled("Say why, in a few words"), MaxWords(100)])

    def validate_to_on(self, field: DateField) -> None:
        if self.when.data == "day" and field.data is None and not field.errors:
            raise ValidationError("Enter the last day")

    @property
    def last_day(self) -> date:
        """A role that ends at once was held until yesterday."""
        return self.to_on.data or clock.today() if self.when.data == "day" else clock.today() - timedelta(1)

"""Fields that several forms of this package share."""

from typing import Any

import email_validator
from govuk_frontend_wtf.wtforms_widgets import GovTextArea, GovTextInput
from wtforms import PasswordField, StringField, TextAreaField
from wtforms.validators import StopValidation, ValidationError

from portal.core.forms import Filled, MaxWords

LONGEST_LINE = 200


class Short:
    """At most so many characters."""

    def __init__(self, most: int = LONGEST_LINE) -> None:
        self.most = most

    def __call__(self, form: Any, field: Any) -> None:
        if len(field.data or "") > self.most:
            raise ValidationError(f"Use {self.most} characters or fewer")


class IsEmail:
    """An address as it could be; whether it exists is for its owner to show."""

    def __call__(self, form: Any, field: Any) -> None:
        try:
            known = email_validator.validate_email(field.data or "", check_deliverability=False, test_environment=True)
        except email_validator.EmailNotValidError:
            raise StopValidation("Enter an e-mail address in full, like name@example.org") from None
        field.data = known.normalized


class SecretField(PasswordField):
    """A password, to the letter: a space at its end belongs to it."""

    def process(self, *args: Any, **options: Any) -> None:
        super().process(*args, **options)
        self.data = str(self.raw_data[0]) if self.raw_data else ""


def line(label: str, *validators: Any) -> StringField:
    return StringField(label, widget=GovTextInput(), validators=[*validators, Short()])


def email_line(label: str = "Email address") -> StringField:
    return StringField(label, widget=GovTextInput(), validators=[Filled("Enter an e-mail address"), Short(), IsEmail()])


def reason(label: str = "Why?") -> TextAreaField:
    return TextAreaField(label, widget=GovTextArea(), validators=[Filled("Say why, in a few words"), MaxWords(200), Short(2000)])

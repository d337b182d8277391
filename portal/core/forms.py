"""Forms: GOV.UK fields for money and days, cleaned text, and the errors that a page lists on top."""

import re
import unicodedata
from collections.abc import Callable
from datetime import date
from typing import Any

from flask_wtf import FlaskForm
from govuk_frontend_wtf.wtforms_widgets import GovCheckboxesInput, GovDateInput, GovRadioInput, GovTextInput
from werkzeug.datastructures import MultiDict
from wtforms import Field, RadioField, SelectMultipleField
from wtforms.validators import StopValidation, ValidationError

from portal.core import money
from portal.core.db import write
from portal.core.problems import Refused

UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069\ufeff]")


def clean(text: str | None) -> str:
    """Text as it can be stored and shown: composed letters, one kind of line end, nothing that hides or turns it round."""
    text = unicodedata.normalize("NFC", text or "").replace("\r\n", "\n").replace("\r", "\n")
    return UNSEEN.sub("", text.encode("utf-8", "ignore").decode()).strip()


def count_words(text: str) -> int:
    return len(text.split())


class Form(FlaskForm):
    """A form whose texts are cleaned and whose errors know where they belong."""

    class Meta(FlaskForm.Meta):
        def bind_field(self, form: Any, unbound_field: Any, options: dict[str, Any]) -> Field:
            options["filters"] = [*options.get("filters", []), *unbound_field.kwargs.get("filters", []), clean_text]
            return unbound_field.bind(form=form, **options)

    def error_list(self) -> list[tuple[str, str]]:
        """Each refusal and the address of its field, in the order of the page."""
        found = []
        for field in self:
            for message in field.errors:
                found.append((str(message), f"#{getattr(field, 'first_id', field.id)}"))
        return found + [(str(message), "#main-content") for message in self.form_errors]

    def refuse(self, message: str, field: str | None = None) -> None:
        """Put a refusal that an action raised beside the field it speaks of."""
        if field and field in self:
            self[field].errors = [*self[field].errors, message]
        else:
            self.form_errors.append(message)


def carried_out(form: Form, action: Callable[[], Any]) -> bool:
    """Run the action when a good form was sent; what the action refuses is said on the form."""
    if not form.validate_on_submit():
        return False
    try:
        write(action)
    except Refused as problem:
        form.refuse(str(problem), problem.field)
        return False
    return True


def clean_text(value: Any) -> Any:
    if isinstance(value, list):
        return [clean_text(each) for each in value]
    return clean(value) if isinstance(value, str) else value


class DateInput(GovDateInput):
    """The upstream widget fails on a post with too few parts, and its errors point beside the day (pitfall P4)."""

    def map_gov_params(self, field: Any, **kwargs: Any) -> dict[str, Any]:
        if field.raw_data is not None:
            field.raw_data = [clean(str(part)) for part in [*field.raw_data, "", "", ""][:3]]
        return super().map_gov_params(field, **kwargs)


class NoStrayHints:
    """Upstream prints an empty hint under every choice (pitfall P5)."""

    def map_gov_params(self, field: Any, **kwargs: Any) -> dict[str, Any]:
        params = super().map_gov_params(field, **kwargs)  # type: ignore[misc]
        for item in params.get("items", []):
            if not (item.get("hint") or {}).get("text"):
                item.pop("hint", None)
        return params


class RadioInput(NoStrayHints, GovRadioInput):
    """Radios without stray hints."""


class CheckboxesInput(NoStrayHints, GovCheckboxesInput):
    """Checkboxes without stray hints."""


class OneOfThese:
    """Refuses in plain words what is no choice of the field; nothing chosen is for `Filled` to speak of."""

    def pre_validate(self, form: Any) -> None:
        try:
            if self.data:  # type: ignore[attr-defined]
                super().pre_validate(form)  # type: ignore[misc]
        except ValueError:
            raise StopValidation("Choose from the list") from None


class Radios(OneOfThese, RadioField):
    """One of a few. Its error leads to the first choice (pitfall P6)."""

    widget = RadioInput()

    @property
    def first_id(self) -> str:
        return self.id


class Checkboxes(OneOfThese, SelectMultipleField):
    """Any of a few."""

    widget = CheckboxesInput()


class MoneyField(Field):
    """Pounds as typed; `.data` is pence."""

    widget = GovTextInput()

    def _value(self) -> str:
        if self.raw_data:
            return clean(str(self.raw_data[0]))
        return "" if self.data is None else money.plain(self.data)

    def process_formdata(self, valuelist: list[str]) -> None:
        text = clean(valuelist[0]) if valuelist else ""
        self.data = money.parse(text) if text else None


def read_whole(text: str) -> int:
    """A count as people type it ("1,250"). Raises ValueError with what to enter."""
    digits = text.replace(",", "").replace(" ", "")
    if not re.fullmatch(r"\d{1,12}", digits, re.ASCII):
        raise ValueError("Enter a whole number, like 250")
    return int(digits)


class WholeField(Field):
    """A count as typed; `.data` is a number."""

    widget = GovTextInput()

    def _value(self) -> str:
        if self.raw_data:
            return clean(str(self.raw_data[0]))
        return "" if self.data is None else str(self.data)

    def process_formdata(self, valuelist: list[str]) -> None:
        text = clean(valuelist[0]) if valuelist else ""
        self.data = read_whole(text) if text else None


class DateField(Field):
    """A day in three boxes; `.data` is a date."""

    widget = DateInput()

    @property
    def first_id(self) -> str:
        return f"{self.id}-day"

    def _value(self) -> str:
        if self.raw_data:
            return " ".join(clean(str(part)) for part in self.raw_data)
        return f"{self.data.day} {self.data.month} {self.data.year}" if self.data else ""

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = read_day_parts([clean(part) for part in valuelist[:3]])


def read_day_parts(parts: list[str]) -> date | None:
    """Day, month and year as typed. None when all are empty; raises ValueError with what is wrong."""
    if not any(parts):
        return None
    if len(parts) != 3 or not all(re.fullmatch(r"\d{1,4}", part, re.ASCII) for part in parts):
        raise ValueError("Enter a day, a month and a year, like 27 3 2027")
    day, month, year = (int(part) for part in parts)
    if not 1990 <= year <= 2100:
        raise ValueError("Enter the year in four figures, like 2027")
    try:
        return date(year, month, day)
    except ValueError:
        raise ValueError("That day does not exist: check the day and the month") from None


class Filled:
    """The field must hold something; the sentence says what to enter."""

    field_flags = {"required": True}

    def __init__(self, message: str) -> None:
        self.message = message

    def __call__(self, form: Any, field: Any) -> None:
        if field.data is None or field.data in ("", []):
            if field.errors:
                return
            raise StopValidation(self.message)  # whatever else is wanted of it is not said of an empty field


class MaxWords:
    """At most so many words; the sentence says how many there are."""

    def __init__(self, words: int) -> None:
        self.words = words

    def __call__(self, form: Any, field: Any) -> None:
        if (typed := count_words(field.data or "")) > self.words:
            raise ValidationError(f"Use {self.words} words or fewer: there are {typed}")


def fields_of(form: MultiDict[str, str], prefix: str) -> dict[str, str]:
    """The typed values whose names begin with `prefix`, by the rest of the name."""
    return {name.removeprefix(prefix): value for name, value in form.items() if name.startswith(prefix)}


def init_app(app: Any) -> None:
    from flask_wtf.csrf import CSRFProtect
    from govuk_frontend_wtf.main import WTFormsHelpers

    CSRFProtect(app)
    WTFormsHelpers(app)

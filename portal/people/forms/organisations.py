"""What is typed about an organisation: who it is, its numbers, contacts, areas, members and host, documents; and areas."""

import re
from typing import Any

from flask_wtf.file import FileField
from govuk_frontend_wtf.wtforms_widgets import GovFileInput, GovTextArea
from wtforms import TextAreaField
from wtforms.validators import StopValidation, ValidationError

from portal.core import clock
from portal.core.forms import DateField, Filled, Form, MaxWords
from portal.people import registers
from portal.people.forms.fields import IsEmail, Short, line
from portal.people.forms.joining import Select
from portal.people.words import OrganisationKind, Register

CHOOSE = ("", "Choose one")
UPLOADS = ["pdf", "docx", "odt", "xlsx", "png", "jpg"]


class Optional:
    """Stops at an empty field: what follows judges only what was typed."""

    def __call__(self, form: Any, field: Any) -> None:
        if not field.data:
            field.errors = []
            raise StopValidation


class IsWebsite:
    """An address that a browser opens, and nothing that it would run."""

    def __call__(self, form: Any, field: Any) -> None:
        if not re.fullmatch(r"https?://[^\s<>\"']+\.[^\s<>\"']+", field.data):
            raise ValidationError("Enter a web address in full, like https://www.example.org")


class IsPostcode:
    """A postcode in form; written with its blank."""

    def __call__(self, form: Any, field: Any) -> None:
        bare = re.sub(r"\s", "", field.data).upper()
        if not re.fullmatch(r"[A-Z]{1,2}\d[A-Z\d]?\d[A-Z]{2}", bare, re.ASCII):
            raise ValidationError("Enter a postcode, like PE15 8NQ")
        field.data = f"{bare[:-3]} {bare[-3:]}"


class PlaceForm(Form):
    """Where an organisation is found: what its own people may change too."""

    address = TextAreaField("Address", widget=GovTextArea(), validators=[MaxWords(60), Short(400)])
    postcode = line("Postcode", Optional(), IsPostcode())
    website = line("Website", Optional(), IsWebsite())

    @property
    def facts(self) -> dict[str, Any]:
        return {"address": self.address.data or "", "postcode": self.postcode.data or "", "website": self.website.data or ""}


class OrganisationForm(PlaceForm):
    """Who an organisation is: for the office."""

    name = line("Name", Filled("Enter its name"))
    kind = Select("Kind", coerce=str, validators=[Filled("Choose the kind of organisation")])
    area_id = Select("Area it bids for", coerce=str)

    def __init__(self, areas: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(**options)
        self.kind.choices = [CHOOSE, *((kind.value, kind.label) for kind in OrganisationKind)]
        self.area_id.choices = [("", "None"), *areas]

    @property
    def facts(self) -> dict[str, Any]:
        area = int(self.area_id.data) if self.area_id.data else None
        return {"name": self.name.data, "kind": OrganisationKind(self.kind.data), "area_id": area, **super().facts}


class NumberForm(Form):
    """A number in a register; its form is checked, whose it is looked up by a person."""

    register = Select("Which register?", coerce=str, validators=[Filled("Choose a register")])
    number = line("Number", Filled("Enter the number"))

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.register.choices = [CHOOSE, *((each.value, registers.NUMBERS[each].label) for each in Register)]

    def validate_number(self, field: Any) -> None:
        if self.register.data in list(Register) and field.data:
            register = Register(self.register.data)
            if fault := registers.fault_of(register, registers.normal(register, field.data)):
                raise ValidationError(fault)


class ContactForm(Form):
    """Somebody to reach."""

    name = line("Name", Filled("Enter the name"))
    role = line("What they do there")
    email = line("E-mail address", Optional(), IsEmail())
    phone = line("Phone")
    from_on = DateField("From which day?", validators=[Filled("Enter the first day")])

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"from_on": clock.today(), **options})

    def validate_phone(self, field: Any) -> None:
        if not field.data and not self.email.data:
            raise ValidationError("Enter an e-mail address or a phone number")


class ChosenForm(Form):
    """One of many, from a day on: an area, a member, a host."""

    chosen = Select("", coerce=str, validators=[Filled("Choose one")])
    from_on = DateField("From which day?", validators=[Filled("Enter the first day")])

    def __init__(self, label: str, options: list[tuple[str, str]]) -> None:
        super().__init__(from_on=clock.today())
        self.chosen.label.text = label
        self.chosen.choices = [CHOOSE, *options]


class EndForm(Form):
    """The last day of something."""

    to_on = DateField("What is the last day?", validators=[Filled("Enter the last day")])

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"to_on": clock.today(), **options})


class PaperForm(Form):
    """A document and the last day on which it counts."""

    file = FileField("Choose the file", widget=GovFileInput(), validators=[Filled("Choose a file")])
    expires_on = DateField("Until which day does it count?")


class AreasForm(Form):
    """Areas as a file."""

    file = FileField("Choose the file", widget=GovFileInput(), validators=[Filled("Choose a file")])

"""Inviting, accepting, and asking for an account."""

from typing import Any

from govuk_frontend_wtf.wtforms_widgets import GovSelect, GovTextArea
from wtforms import SelectField, TextAreaField
from wtforms.validators import ValidationError

from portal.core.forms import Checkboxes, Filled, Form, MaxWords, OneOfThese, Radios
from portal.people import passwords
from portal.people.forms.fields import SecretField, Short, email_line, line
from portal.people.registers import register_of
from portal.people.words import OfficeRole, OrganisationKind, Right


class Select(OneOfThese, SelectField):
    """One of many."""

    widget = GovSelect()


class RightsForm(Form):
    """What a person may do for an organisation."""

    rights = Checkboxes("What may they do?", validators=[Filled("Choose at least one right")])

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.rights.choices = [(right.value, right.label) for right in Right]

    @property
    def options(self) -> list[tuple[str, str, str]]:
        return [(right.value, right.label, right.meaning) for right in Right]

    @property
    def chosen(self) -> list[Right]:
        return [Right(value) for value in self.rights.data or []]


class InviteForm(RightsForm):
    """A colleague asked into an organisation."""

    name = line("Their name", Filled("Enter their name"))
    email = email_line("Their e-mail address")
    organisation = Select("Organisation", coerce=str, validators=[Filled("Choose the organisation")])

    def __init__(self, organisations: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(**options)
        several = len(organisations) != 1
        self.organisation.choices = [("", "Choose one"), *organisations] if several else organisations
        if not several:
            self.organisation.data = organisations[0][0]


class InviteStaffForm(Form):
    """Somebody asked into a role of the office."""

    name = line("Their name", Filled("Enter their name"))
    email = email_line("Their e-mail address")
    role = Radios("Role", choices=[(role.value, role.label) for role in OfficeRole], validators=[Filled("Choose a role")])


class AcceptForm(Form):
    """A new account: a name and a password."""

    name = line("Your name", Filled("Enter your name"))
    password = SecretField("Choose a password", validators=[Filled("Choose a password")])

    def __init__(self, email: str, **options: Any) -> None:
        super().__init__(**options)
        self.email = email

    def validate_password(self, field: SecretField) -> None:
        about = passwords.words_about(self.name.data or "", self.email)
        if fault := passwords.fault_of(passwords.normal((field.data or "")[: passwords.LONGEST + 1]), *about):
            raise ValidationError(fault)


class SuccessorForm(Form):
    """Who looks after an organisation's people after its last administrator has left."""

    successor = Radios("Who takes over as administrator?", validate_choice=False)

    def __init__(self, colleagues: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(**options)
        self.successor.choices = colleagues


class AskForm(Form):
    """A new provider introduces itself."""

    name = line("Your name", Filled("Enter your name"))
    email = email_line("Your e-mail address")
    organisation = line("Name of your organisation", Filled("Enter the name of your organisation"))
    kind = Radios("What kind of organisation is it?", validators=[Filled("Choose the kind of organisation")])
    identifier = line("Charity or company number")
    about = TextAreaField("What does it do?", widget=GovTextArea(), validators=[MaxWords(150), Short(2000)])

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.kind.choices = [(kind.value, kind.label) for kind in OrganisationKind]

    def validate_identifier(self, field: Any) -> None:
        if self.kind.data not in list(OrganisationKind):
            return
        kind = OrganisationKind(self.kind.data)
        if field.data and register_of(field.data, kind) is None:
            raise ValidationError("Enter a charity number of 6 or 7 figures, or a company number of 8, like 1123456 or 08123456")
        if not field.data and kind in (OrganisationKind.CHARITY, OrganisationKind.CIC, OrganisationKind.COMPANY):
            raise ValidationError("Enter the charity or company number")

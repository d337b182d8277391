"""A fund's words, its step in the cycle, and the envelope it shares."""

from datetime import date
from typing import Any

from flask import current_app
from wtforms.validators import ValidationError

from portal.core import clock
from portal.core.editions import Editing
from portal.core.forms import DateField, Filled, Form, Radios
from portal.funds.forms.fields import AboveZero, Select, lines, pounds, text, years
from portal.funds.models import Envelope, Fund, Phase, Sensitivity
from portal.people.forms.fields import Short, email_line, line

WORDS = ("name", "purpose", "summary", "how_judged", "legal_basis", "contact", "sensitivity_reason")


def legal_bases(known: str | None = None) -> list[tuple[str, str]]:
    """What a fund may rest on, as the settings say; and what it rests on already."""
    found = [(short, f"{short}: {law}") for short, law in current_app.extensions["settings"].legal_bases.items()]
    return found if known is None or known in dict(found) else [*found, (known, known)]


class NewFundForm(Form):
    """The least that a fund begins with."""

    name = line("What is the fund called?", Filled("Enter the name of the fund"))
    purpose = text("What is it for?", Filled("Say in a sentence or two what it is for"), most=1000)
    legal_basis = Radios("What does it rest on in law?", validators=[Filled("Choose what it rests on in law")])
    plan = Select("Which plan does it serve?", coerce=str, validators=[Filled("Choose a plan")])
    contact = email_line("Where can people ask about it?")

    def __init__(self, plans: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(**options)
        self.legal_basis.choices = legal_bases()
        self.plan.choices = plans

    @property
    def facts(self) -> dict[str, Any]:
        return {
            "name": self.name.data, "purpose": self.purpose.data, "legal_basis": self.legal_basis.data,
            "plan_id": int(self.plan.data), "contact": self.contact.data, "summary": "", "what_for": [], "not_funded": [],
            "how_judged": "",
        }  # fmt: skip


class FundForm(Editing):
    """What a fund says of itself, and who answers for it."""

    name = line("Name", Filled("Enter the name of the fund"))
    purpose = text("What is it for?", Filled("Say in a sentence or two what it is for"), most=1000)
    summary = text("In one or two sentences, for the list of funds", most=1000)
    what_for = text("What does it pay for?")
    not_funded = text("What does it not pay for?")
    how_judged = text("How are applications judged?")
    legal_basis = Radios("What does it rest on in law?", validators=[Filled("Choose what it rests on in law")])
    senior_owner = Select("Senior responsible owner", coerce=str)
    contact = email_line("Where can people ask about it?")
    envelope = Select("Announced total that it shares with other funds", coerce=str)
    sensitivity = Radios("What must stay unpublished?", validators=[Filled("Choose what must stay unpublished")])
    sensitivity_reason = line("Why?")

    def __init__(self, fund: Fund, owners: list[tuple[str, str]], envelopes: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(data=self.known(fund), **options)
        self.legal_basis.choices = legal_bases(fund.legal_basis)
        self.senior_owner.choices = [("", "Nobody yet"), *owners]
        self.envelope.choices = [("", "None"), *envelopes]
        self.sensitivity.choices = [(each.value, each.label) for each in Sensitivity]

    @staticmethod
    def known(fund: Fund) -> dict[str, Any]:
        return {name: getattr(fund, name) for name in WORDS} | {
            "what_for": "\n".join(fund.what_for), "not_funded": "\n".join(fund.not_funded), "edition": fund.edition,
            "senior_owner": str(fund.senior_owner_id or ""), "envelope": str(fund.envelope_id or ""),
            "sensitivity": fund.sensitivity.value,
        }  # fmt: skip

    def validate_sensitivity_reason(self, field: Any) -> None:
        if self.sensitivity.data not in (None, "", "none") and not field.data:
            raise ValidationError("Say why this must stay unpublished")

    @property
    def facts(self) -> dict[str, Any]:
        return {name: self[name].data or "" for name in WORDS} | {
            "what_for": lines(self.what_for.data), "not_funded": lines(self.not_funded.data),
            "senior_owner_id": int(self.senior_owner.data) if self.senior_owner.data else None,
            "envelope_id": int(self.envelope.data) if self.envelope.data else None,
            "sensitivity": Sensitivity(self.sensitivity.data),
        }  # fmt: skip


class StepForm(Form):
    """A fund came to a step of the commissioning cycle."""

    phase = Radios("Which step?", validators=[Filled("Choose a step")])
    on = DateField("When?", validators=[Filled("Enter the day")])
    note = text("What was found or decided?", Filled("Say what was found or decided"), most=2000)

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"on": clock.today(), **options})
        self.phase.choices = [(phase.value, phase.label) for phase in Phase]

    @property
    def day(self) -> date:
        return self.on.data or clock.today()

    @property
    def options(self) -> list[tuple[str, str, str]]:
        return [(phase.value, phase.label, phase.meaning) for phase in Phase]


class EnvelopeForm(Editing):
    """One announced total for several funds."""

    name = line("What was announced?", Filled("Enter what it is called"))
    amount = pounds("Total", Filled("Enter the total that was announced"), AboveZero())
    first_year = Select("First financial year", coerce=str, validators=[Filled("Choose the first year")])
    last_year = Select("Last financial year", coerce=str, validators=[Filled("Choose the last year")])
    announced_on = DateField("When was it announced?")
    note = text("Where, and in which words?", Short(1000))

    def __init__(self, envelope: Envelope | None = None, **options: Any) -> None:
        super().__init__(data=self.known(envelope) if envelope else {}, **options)
        self.first_year.choices = self.last_year.choices = years(before=6)

    @staticmethod
    def known(envelope: Envelope) -> dict[str, Any]:
        names = ("name", "first_year", "last_year", "announced_on", "note", "edition")
        return {name: getattr(envelope, name) for name in names} | {"amount": envelope.pence}

    def validate_last_year(self, field: Any) -> None:
        if (field.data or "") < (self.first_year.data or ""):
            raise ValidationError("Choose a last year that is not before the first")

    @property
    def facts(self) -> dict[str, Any]:
        names = ("name", "first_year", "last_year", "announced_on", "note")
        return {name: self[name].data for name in names} | {"pence": self.amount.data}

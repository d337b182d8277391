"""Sources, what they have, and changes of budgets."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from wtforms import BooleanField
from wtforms.validators import ValidationError

from portal.core import clock, money
from portal.core.editions import Editing
from portal.core.forms import Checkboxes, DateField, Filled, Form, Radios
from portal.funds.forms.fields import AboveZero, Select, pounds, text, years
from portal.funds.models import CarryOver, Source, SourceKind, SourceYear, Spending
from portal.people.forms.fields import line, reason

YES_NO = [("yes", "Yes"), ("no", "No")]


class BudgetForm(Form):
    """What a fund shall have from a source in a year."""

    source_year = Select("From which source, in which year?", coerce=str, validators=[Filled("Choose a source and a year")])
    pence = pounds("Budget", Filled("Enter the budget in pounds"))
    over = pounds("Over-programming")
    reason = reason("Why?")

    def __init__(self, held: Sequence[SourceYear], **options: Any) -> None:
        super().__init__(**options)
        named = [
            (f"{each.source_id}:{each.year}", f"{each.source}, {each.year}: {money.show(each.left_pence)} left") for each in held
        ]
        self.source_year.choices = [("", "Choose one"), *named]

    @property
    def chosen(self) -> tuple[int, str]:
        source_id, year = self.source_year.data.split(":")
        return int(source_id), year

    @property
    def terms(self) -> dict[str, Any]:
        return {"pence": self.pence.data, "over_pence": self.over.data or 0, "reason": self.reason.data}


class RefusalForm(Form):
    """Why a change of a budget is refused or taken back."""

    reason = reason("Why?")


class SourceForm(Editing):
    """Whose money it is and what binds it."""

    name = line("Name", Filled("Enter the name of the source"))
    kind = Select("Whose money is it?", coerce=str, validators=[Filled("Choose whose money it is")])
    fenced = Radios("Is it ring-fenced?", choices=YES_NO, validators=[Filled("Say whether it is ring-fenced")])
    ring_fence = line("What alone may it pay for?")
    spending = Radios("What may it be spent on?", validators=[Filled("Choose what it may be spent on")])
    carry_over = Radios("May unused money be carried over?", validators=[Filled("Choose whether it may be carried over")])
    conditions = text("Conditions of the funder")

    def __init__(self, source: Source | None = None, **options: Any) -> None:
        super().__init__(data=self.known(source) if source else {}, **options)
        self.kind.choices = [("", "Choose one"), *((kind.value, kind.label) for kind in SourceKind)]
        self.spending.choices = [(each.value, each.label) for each in Spending]
        self.carry_over.choices = [(each.value, each.label) for each in CarryOver]

    @staticmethod
    def known(source: Source) -> dict[str, Any]:
        names = ("name", "ring_fence", "conditions", "edition")
        words = {name: getattr(source, name).value for name in ("kind", "spending", "carry_over")}
        return {name: getattr(source, name) for name in names} | words | {"fenced": "yes" if source.is_ring_fenced else "no"}

    def validate_ring_fence(self, field: Any) -> None:
        if self.fenced.data == "yes" and not field.data:
            raise ValidationError("Say what alone it may pay for")

    @property
    def facts(self) -> dict[str, Any]:
        fenced = self.fenced.data == "yes"
        return {
            "name": self.name.data, "kind": SourceKind(self.kind.data), "is_ring_fenced": fenced,
            "ring_fence": self.ring_fence.data or "" if fenced else "", "spending": Spending(self.spending.data),
            "carry_over": CarryOver(self.carry_over.data), "conditions": self.conditions.data or "",
        }  # fmt: skip


class YearForm(Form):
    """What a source has in one year."""

    year = Select("Financial year", coerce=str, validators=[Filled("Choose a year")])
    amount = pounds("Amount", Filled("Enter the amount in pounds"))
    capital = pounds("How much of it is capital?")
    is_provisional = BooleanField("The funder has not confirmed it yet")

    def __init__(self, source: Source, **options: Any) -> None:
        super().__init__(**options)
        known = sorted({*dict(years()), *(each.year for each in source.years)})
        self.year.choices = [(year, year) for year in known]
        self.year.default = clock.financial_year(clock.today())
        if source.spending is not Spending.BOTH:
            del self.capital  # all of it is one or the other


class CarryOverForm(Form):
    """Unused money that goes on into the next year."""

    year = Select("Out of which year?", coerce=str, validators=[Filled("Choose a year")])
    amount = pounds("How much?", Filled("Enter the amount in pounds"), AboveZero())
    consent = line("The funder’s consent")
    reason = reason("Why?")

    def __init__(self, held: Sequence[SourceYear], **options: Any) -> None:
        super().__init__(**options)
        self.year.choices = [
            (each.year, f"{each.year} into {clock.next_year(each.year)}: {money.show(each.left_pence)} is with no fund")
            for each in held
        ]


class SuccessionForm(Form):
    """Which ring-fences take the place of this one, and when."""

    successors = Checkboxes("Which take its place?", validators=[Filled("Choose at least one source")])
    from_on = DateField("From which day?", validators=[Filled("Enter the first day of the new arrangement")])
    note = text("Who decided it, and where is it written?", Filled("Say who decided it, and where it is written"), most=1000)

    def __init__(self, others: Sequence[Source], **options: Any) -> None:
        super().__init__(**options)
        self.successors.choices = [(str(each.id), each.name) for each in others]

    @property
    def first_day(self) -> date:
        return self.from_on.data or clock.today()

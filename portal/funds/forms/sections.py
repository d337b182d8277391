"""The sections of a round, each a form: what it is called, when, how much, who, which questions, how it is decided."""

from collections.abc import Mapping
from typing import Any, ClassVar

from sqlalchemy import select
from wtforms import IntegerField
from wtforms.validators import Optional
from wtforms.widgets import HiddenInput

from portal.core import money
from portal.core.db import db
from portal.core.forms import Checkboxes, DateField, Filled, Form, MoneyField, Radios, WholeField
from portal.funds.forms.times import LinesField, TimeField, instant_of, line, local
from portal.funds.models import CapPer, PaymentMode, Round, RoundKind
from portal.funds.models.words import Word
from portal.people.models import OrganisationKind
from portal.questions.models import QuestionSet, QuestionVersion

YES_NO = [("yes", "Yes"), ("no", "No")]


def options(words: type[Word]) -> list[tuple[str, str]]:
    return [(each.value, each.label) for each in words]


def as_yes(value: bool | None) -> str:
    return "yes" if value else "no"


class SectionForm(Form):
    """A section: what it shows of a round, and what it would make of it."""

    title: ClassVar[str]
    looks: ClassVar[Mapping[str, dict[str, Any]]] = {}  # how each field is drawn

    edition = IntegerField(widget=HiddenInput(), validators=[Optional()])

    @classmethod
    def of(cls, round_: Round) -> "SectionForm":
        return cls(data={"edition": round_.edition} | cls.shown(round_)).offer(round_)

    def offer(self, round_: Round) -> "SectionForm":
        """Put in the choices that depend on the round."""
        return self

    @classmethod
    def shown(cls, round_: Round) -> dict[str, Any]:
        return {name: getattr(round_, name) for name in cls.names()}

    def facts(self) -> dict[str, Any]:
        """The columns of the round that this section says."""
        return {name: self[name].data for name in self.names()}

    @classmethod
    def names(cls) -> list[str]:
        return [name for name, value in vars(cls).items() if hasattr(value, "field_class")]


class AboutForm(SectionForm):
    """What a round is called and of what kind it is."""

    title = "Name and kind"

    title_ = line("What is the round called?", Filled("Enter a name"))
    kind = Radios("How is the money given?", choices=options(RoundKind), validators=[Filled("Choose a kind")])
    follows = Radios("Does it follow another round?", default="")

    def offer(self, round_: Round) -> "SectionForm":
        earlier = [each for each in round_.fund.rounds if each.id != round_.id and not each.kind.is_by_invitation]
        self.follows.choices = [
            ("", "No: it stands alone, or is the first stage"),
            *((str(each.id), each.title) for each in earlier),
        ]
        return self

    @classmethod
    def shown(cls, round_: Round) -> dict[str, Any]:
        return {"title_": round_.title, "kind": round_.kind, "follows": str(round_.follows_id or "")}

    def facts(self) -> dict[str, Any]:
        return {"title": self.title_.data, "kind": RoundKind(self.kind.data), "follows_id": int(self.follows.data or 0) or None}


class DatesForm(SectionForm):
    """From when to when it takes bids, to the minute."""

    title = "When it is open"
    looks = {
        "opens_time": {"width": 5, "hint": "UK time, like 9am or 09:00"},
        "closes_on": {"hint": "Leave empty if a rolling round has no end"},
        "closes_time": {"width": 5, "hint": "UK time. Bids that arrive at this minute are late"},
    }

    opens_on = DateField("On which day does it open?")
    opens_time = TimeField("At what hour does it open?")
    closes_on = DateField("On which day does it close?")
    closes_time = TimeField("At what hour does it close?")

    @classmethod
    def shown(cls, round_: Round) -> dict[str, Any]:
        (opens_on, opens_time), (closes_on, closes_time) = local(round_.opens_at), local(round_.closes_at)
        return {"opens_on": opens_on, "opens_time": opens_time, "closes_on": closes_on, "closes_time": closes_time}

    def validate(self, extra_validators: Any = None) -> bool:
        super().validate(extra_validators)
        self.opens_at = instant_of(self.opens_on, self.opens_time)
        self.closes_at = instant_of(self.closes_on, self.closes_time)
        if self.closes_at and not self.opens_at and not self.opens_on.errors and not self.opens_time.errors:
            self.refuse("Enter the day on which it opens as well", "opens_on")
        if self.opens_at and self.closes_at and self.closes_at <= self.opens_at:
            self.refuse("It must close after it opens: choose a later day or hour", "closes_on")
        return not self.errors

    def facts(self) -> dict[str, Any]:
        return {"opens_at": self.opens_at, "closes_at": self.closes_at}


class MoneyForm(SectionForm):
    """How much there is and how much one bid may have."""

    title = "Money"
    looks = {
        **{name: {"prefix": "£", "width": 10, "inputmode": "decimal"} for name in ("pot_pence", "cap_pence", "least_pence")},
        "match_percent": {"suffix": "%", "width": 3, "hint": "Of the whole cost. 0 if nothing is needed"},
    }

    pot_pence = MoneyField("How much is there in this round?")
    cap_pence = MoneyField("What is the most that can be asked for?")
    cap_per = Radios("That is the limit", choices=options(CapPer), validators=[Filled("Choose what the limit is for")])
    least_pence = MoneyField("What is the least that can be asked for?")
    match_percent = WholeField("How much must others pay?", validators=[Filled("Enter 0 if others need not pay")])
    payment_mode = Radios("How is a grant paid?", choices=options(PaymentMode), validators=[Filled("Choose how it is paid")])

    def facts(self) -> dict[str, Any]:
        typed = super().facts()
        return typed | {"cap_per": CapPer(typed["cap_per"]), "payment_mode": PaymentMode(typed["payment_mode"])}

    def validate(self, extra_validators: Any = None) -> bool:
        super().validate(extra_validators)
        pot, cap, least = self.pot_pence.data, self.cap_pence.data, self.least_pence.data
        for field in (self.pot_pence, self.cap_pence, self.least_pence):
            if field.data is not None and field.data <= 0:
                self.refuse("Enter an amount above zero", field.name)
        if pot and cap and cap > pot:
            self.refuse(f"The limit is above the {money.show(pot)} that there are: lower it, or raise the pot", "cap_pence")
        if least and not cap:
            self.refuse("Enter the most that can be asked for as well", "cap_pence")
        if least and cap and least > cap:
            self.refuse(f"The least is above the limit of {money.show(cap)}: lower it", "least_pence")
        if (self.match_percent.data or 0) > 99:
            self.refuse("Enter 99 or less: with 100% there would be nothing left for us to pay", "match_percent")
        return not self.errors


class WhoForm(SectionForm):
    """Who can apply, for how long, and for what not."""

    title = "Who can apply, and what for"
    looks = {
        "longest_months": {"width": 3, "suffix": "months", "hint": "Leave empty if there is no limit"},
        "exclusions": {"rows": 6, "hint": "One thing a line, besides what the fund never pays for"},
    }

    accepts = Checkboxes("Who can apply?", choices=[(each.value, each.label) for each in OrganisationKind])
    longest_months = WholeField("How long may a project last at most?")
    exclusions = LinesField("What does this round not pay for?")

    def validate(self, extra_validators: Any = None) -> bool:
        super().validate(extra_validators)
        if self.longest_months.data is not None and not 1 <= self.longest_months.data <= 120:
            self.refuse("Enter 1 to 120 months", "longest_months")
        return not self.errors


class QuestionsForm(SectionForm):
    """Which form applicants fill in, and which one grants report with."""

    title = "Questions"

    question_version_id = Radios("Which form do applicants fill in?", default="")
    return_version_id = Radios("Which form do grants report with?", default="")

    def offer(self, round_: Round) -> "SectionForm":
        found = db.session.execute(
            select(QuestionVersion.id, QuestionSet.name, QuestionVersion.number)
            .join(QuestionVersion.question_set)
            .where(QuestionVersion.published_at.is_not(None))
            .order_by(QuestionSet.name, QuestionVersion.number.desc())
        )
        known = [(str(row.id), f"{row.name}, version {row.number}") for row in found]
        self.question_version_id.choices = [*known, ("", "None")]
        self.return_version_id.choices = [*known, ("", "None: nothing is reported")]
        return self

    @classmethod
    def shown(cls, round_: Round) -> dict[str, Any]:
        return {name: str(getattr(round_, name) or "") for name in cls.names()}

    def facts(self) -> dict[str, Any]:
        return {name: int(self[name].data or 0) or None for name in self.names()}

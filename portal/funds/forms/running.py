"""What is asked for when a round is begun, invited to, paused, extended or closed, and when a question is answered."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from wtforms.validators import ValidationError

from portal.core.forms import DateField, Filled, Form, MoneyField, Radios
from portal.funds.forms.sections import options
from portal.funds.forms.times import TimeField, instant_of, line, words
from portal.funds.models import Fund, Round, RoundKind
from portal.people.models import Organisation


class BeginForm(Form):
    """A new round: its code, its name, and an earlier one to begin from."""

    code = line("Which code do its applications carry?", Filled("Enter a code"))
    title = line("What is the round called?", Filled("Enter a name"))
    like = Radios("What do you begin with?", default="")
    kind = Radios("How is the money given?", choices=options(RoundKind), default=RoundKind.COMPETED.value)

    def offer(self, fund: Fund, rounds: Sequence[Round]) -> "BeginForm":
        """The fund's own rounds first, the latest on top."""
        copies = [(each.code, f"A copy of {each.title} ({each.code})") for each in rounds]
        self.like.choices = [*copies, ("", "Nothing")]
        return self


class BringForm(Form):
    """From which round to take criteria, scale and checks."""

    like = Radios("From which round?", validators=[Filled("Choose a round")])

    def offer(self, rounds: Iterable[Round]) -> "BringForm":
        self.like.choices = [(each.code, f"{each.title} ({each.code})") for each in rounds]
        return self


class ReasonForm(Form):
    """Why a round is paused or closed early. Applicants with a draft read it."""

    reason = words("Why?", "Say why, in a sentence or two")


class PotForm(Form):
    """How much there is in a round that runs already."""

    pot_pence = MoneyField("How much is there in this round?", validators=[Filled("Enter an amount")])
    reason = words("Why is it changed?", "Say why it is changed")

    def validate_pot_pence(self, field: MoneyField) -> None:
        if field.data is not None and field.data <= 0:
            raise ValidationError("Enter an amount above zero")


class ExtendForm(Form):
    """More time: until when, for whom, and why."""

    whom = Radios("Who gets more time?", default="")
    closes = DateField("Until which day?", validators=[Filled("Enter the new last day")])
    closes_time = TimeField("Until what hour?", validators=[Filled("Enter the hour")])
    reason = words("Why?", "Say why, in a sentence or two")
    until: datetime | None = None

    def offer(self, organisations: Sequence[Organisation]) -> "ExtendForm":
        only = [(str(each.id), f"{each.name} only") for each in organisations]
        self.whom.choices = [("", "Everybody"), *only]
        return self

    def validate(self, extra_validators: Any = None) -> bool:
        super().validate(extra_validators)
        self.until = instant_of(self.closes, self.closes_time)
        return not self.errors


class InviteForm(Form):
    """Whom to invite by name, and why they need not compete."""

    organisation = Radios("Who is invited?", validators=[Filled("Choose whom to invite")])
    justification = words("Why need they not compete?", "Say why this body need not compete")

    def offer(self, organisations: Sequence[Organisation]) -> "InviteForm":
        self.organisation.choices = [(str(each.id), each.name) for each in organisations]
        return self


class AnswerForm(Form):
    """A question as everybody may read it, and its answer."""

    question = words("The question, as everybody reads it", "Write the question")
    answer = words("Your answer", "Write the answer", 500)


class HolidayForm(Form):
    """A bank holiday."""

    on = DateField("Which day?", validators=[Filled("Enter the day")])
    name = line("What is it called?", Filled("Enter what it is called"))

    def validate_on(self, field: DateField) -> None:
        if field.data is not None and field.data.weekday() >= 5:
            raise ValidationError("That is a weekend, which counts as no working day anyway")

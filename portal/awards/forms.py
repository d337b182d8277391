"""What decision-makers, signatories and officers may type, and how it is refused."""

from typing import Any

from govuk_frontend_wtf.wtforms_widgets import GovCharacterCount, GovTextArea
from wtforms import BooleanField, HiddenField, TextAreaField
from wtforms.validators import ValidationError

from portal.awards import terms
from portal.awards.brief import Brief
from portal.awards.models import Award, Outcome
from portal.core import money
from portal.core.forms import Filled, Form, MaxWords, MoneyField, Radios, WholeField, clean
from portal.funds.models import Budget

WORDS = 300


def text_field(label: str, *validators: Any, counted: bool = True) -> TextAreaField:
    """A text of so many words at the most; the box of a longer one counts them."""
    widget = GovCharacterCount() if counted else GovTextArea()
    return TextAreaField(label, widget=widget, validators=[*validators, MaxWords(WORDS)])


class DecisionForm(Form):
    """A decision as it is typed. What it must say is in `terms`; everything that is wrong is shown at once."""

    outcome = Radios("What do you decide?", validate_choice=False)
    amount = MoneyField("How much do you award?")
    budget = Radios("Which budget pays?", validate_choice=False)
    reasons = text_field("Why would this help to reduce crime and disorder?")
    conditions = text_field("Conditions", counted=False)
    not_funded = text_field("What the grant does not pay for", counted=False)
    feedback = text_field("Feedback for the applicant")
    no_interest = BooleanField("I have no interest in this bid that keeps me from deciding it")
    interest_note = text_field("Anything to put on record about interests", counted=False)
    step = HiddenField()

    def __init__(self, brief: Brief, **options: Any) -> None:
        asked, recommended = brief.application.requested_pence, brief.application.recommended_pence
        first = brief.budgets[0].id if len(brief.budgets) == 1 else None
        super().__init__(data={"amount": recommended or asked, "budget": first}, **options)
        self.brief = brief
        self.outcome.choices = [(word.value, WISHES[word]) for word in possible(brief)]
        self.budget.choices = [(str(budget.id), describe(budget)) for budget in brief.budgets]

    def validate(self, extra_validators: Any = None) -> bool:
        super().validate(extra_validators)
        if self.decided is Outcome.DECLINE:
            self.amount.errors = []  # what stands there is not asked for
        if self.decided is None:
            self.refuse("Choose what you decide", "outcome")
        else:
            for sentence, name in self.problems(self.decided):
                if not self[name].errors:
                    self.refuse(sentence, name)
        return not self.error_list()

    def problems(self, outcome: Outcome) -> terms.Problems:
        return terms.problems(self.brief.application, outcome, self.pence, self.budget_id, self.reasons.data or "",
                              self.not_funded.data or "", self.feedback.data or "", self.interests)  # fmt: skip

    @property
    def decided(self) -> Outcome | None:
        return next((word for word in possible(self.brief) if word.value == self.outcome.data), None)

    @property
    def pence(self) -> int:
        """An award in full without an amount is what was asked for."""
        if self.decided is Outcome.DECLINE:
            return 0
        if self.decided is Outcome.AWARD and self.amount.data is None:
            return self.brief.application.requested_pence or 0
        return self.amount.data or 0

    @property
    def budget_id(self) -> int | None:
        known = {str(budget.id): budget.id for budget in self.brief.budgets}
        return None if self.decided is Outcome.DECLINE else known.get(str(self.budget.data))

    @property
    def interests(self) -> str:
        """The statement that the notice carries; empty until the box is ticked."""
        if not self.no_interest.data:
            return ""
        return " ".join(filter(None, ("No interest was declared.", self.interest_note.data)))

    def words(self) -> dict[str, str]:
        """The texts of the decision, as the action takes them; what does not belong to its outcome is left out."""
        is_award = self.decided is not Outcome.DECLINE
        return {
            "reasons": self.reasons.data or "",
            "conditions": (self.conditions.data or "") if is_award else "",
            "not_funded": (self.not_funded.data or "") if self.decided is Outcome.PART_AWARD else "",
            "feedback": self.feedback.data or "",
            "interests": self.interests,
        }

    def typed(self) -> dict[str, str]:
        """What was posted, to be posted again from the page that asks for confirmation."""
        left_out = {"csrf_token", "step"}
        return {each.name: clean(each.raw_data[0]) for each in self if each.raw_data and each.name not in left_out}


WISHES = {Outcome.AWARD: "Award in full", Outcome.PART_AWARD: "Award in part", Outcome.DECLINE: "Decline"}


def possible(brief: Brief) -> list[Outcome]:
    """Only a recommended bid can be awarded; any bid before a decision can be declined."""
    return list(Outcome) if brief.can_be_awarded else [Outcome.DECLINE]


def describe(budget: Budget) -> str:
    return f"{budget.source.name}, {budget.year}: {money.show(budget.available_pence)} left"


class InterestForm(Form):
    """What keeps a decision-maker from deciding a bid."""

    interest = text_field("What is your interest?", Filled("Say what your interest is, in a few words"), counted=False)


class ReasonForm(Form):
    """Why an offer is turned down."""

    reason = text_field("Why do you decline the offer?", Filled("Say why you decline the offer"))


class AcceptForm(Form):
    """The signatory's tick; a part award adds a field for every budget line and every target."""

    agreed = BooleanField("Agreement")

    def validate_agreed(self, field: BooleanField) -> None:
        if not field.data:
            raise ValidationError("Tick the box to accept the grant on these terms")

    def refuse(self, message: str, field: str | None = None) -> None:
        """What is wrong with the lines together is said beside the first of them."""
        first = next((each.name for each in self if each.name.startswith("line-")), None)
        super().refuse(message, first if field == "lines" else field)

    @property
    def cut_lines(self) -> dict[int, int]:
        return self.numbers("line-")

    @property
    def cut_targets(self) -> dict[int, int]:
        return self.numbers("target-")

    def numbers(self, prefix: str) -> dict[int, int]:
        return {int(each.name.removeprefix(prefix)): each.data for each in self if each.name.startswith(prefix)}


def accept_form(award: Award) -> AcceptForm:
    """The form for this award, each line with what was asked for until it is cut."""
    fields: dict[str, Any] = {}
    if award.is_part:
        for line in award.lines:
            needed = Filled("Enter an amount, or 0 if this is left out")
            fields[f"line-{line.id}"] = MoneyField(line.description, default=line.pence, validators=[needed])
        for measure in award.measures:
            needed = Filled("Enter the new target, or the old one if it stays")
            fields[f"target-{measure.id}"] = WholeField(measure.name, default=measure.target, validators=[needed])
    return type("Recut", (AcceptForm,), fields)()

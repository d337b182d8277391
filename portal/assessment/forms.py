"""What officers may type: reasons, sections to open again, a recommendation."""

from typing import Any

from govuk_frontend_wtf.wtforms_widgets import GovTextArea
from wtforms import SelectChoice, TextAreaField
from wtforms.validators import Length, ValidationError

from portal.applications.models import Application
from portal.core import money
from portal.core.forms import Checkboxes, Filled, Form, MoneyField, Radios, WholeField

LONGEST = 3_000  # characters of a reason
NOT_LONGER = Length(max=LONGEST, message=f"Use {LONGEST:,} characters or fewer")
NO_INTEREST, NOTED, CONFLICT = "none", "noted", "conflict"


class ReasonForm(Form):
    """One reason in words; the page says for what."""

    reason = TextAreaField("Reason", widget=GovTextArea(), validators=[Filled("Give a reason"), NOT_LONGER])


class ReturnForm(Form):
    """What the applicant should change, and where."""

    sections = Checkboxes("Which sections should they open again?", validators=[Filled("Choose at least one section")])
    reason = TextAreaField(
        "What should they change?", widget=GovTextArea(), validators=[Filled("Say what the applicant should change"), NOT_LONGER]
    )


class RefuseForm(Form):
    """What the applicant reads besides the reasons of the failed checks."""

    explanation = TextAreaField(
        "Is there anything else that the applicant should know?", widget=GovTextArea(), validators=[NOT_LONGER]
    )


class InterestForm(Form):
    """What an assessor declares before a bid opens."""

    declared = Radios(
        "Do you have an interest in this bid?",
        choices=[
            SelectChoice(NO_INTEREST, "No, I have no interest"),
            SelectChoice(NOTED, "There is a link, but it cannot sway me"),
            SelectChoice(CONFLICT, "Yes, I have an interest: I should not score this bid"),
        ],
        validators=[Filled("Say whether you have an interest")],
    )
    interest = TextAreaField("What is the interest or link?", widget=GovTextArea(), validators=[NOT_LONGER])

    def validate_interest(self, field: Any) -> None:
        if self.declared.data in (NOTED, CONFLICT) and not field.data:
            raise ValidationError("Say what the interest or link is, in a few words")

    @property
    def noted(self) -> str:
        """What is noted beside an assignment that goes on."""
        return (self.interest.data or "") if self.declared.data == NOTED else ""


class ReserveForm(ReasonForm):
    """Where a bid stands on the reserve list of its round, and why."""

    place = WholeField("Which place on the reserve list?", validators=[Filled("Enter the place, such as 1")])


class RecommendForm(Form):
    """What a decision-maker is advised to do."""

    amount = MoneyField("How much do you recommend?", validators=[Filled("Enter an amount; 0 recommends no grant")])
    reasons = TextAreaField(
        "Why?", widget=GovTextArea(), validators=[Filled("Give the reasons for your recommendation"), NOT_LONGER]
    )

    def __init__(self, application: Application, **options: Any) -> None:
        super().__init__(**options)
        self.limit = application.requested_pence or 0

    def validate_amount(self, field: Any) -> None:
        if field.data is not None and field.data > self.limit:
            raise ValidationError(f"The applicant asked for {money.show(self.limit)}: recommend that or less")

"""What certifiers and officers may type about a return, and how it is refused."""

from typing import Any

from govuk_frontend_wtf.wtforms_widgets import GovCharacterCount, GovSelect
from wtforms import BooleanField, SelectField, TextAreaField
from wtforms.validators import ValidationError

from portal.core.forms import Filled, Form, MaxWords, Radios
from portal.monitoring.models import Return
from portal.plan.models import Rag

WORDS = 150
READINGS = [(rag.value, rag.label) for rag in Rag]


def text_field(label: str, *validators: Any) -> TextAreaField:
    return TextAreaField(label, widget=GovCharacterCount(), validators=[*validators, MaxWords(WORDS)])


class CertifyForm(Form):
    """The tick of whoever answers for the figures."""

    certified = BooleanField("I have checked this return. The figures agree with our records, and I may certify them")

    early_reason = text_field("Why will nothing more change before then?")

    def validate_certified(self, field: BooleanField) -> None:
        if not field.data:
            raise ValidationError("Tick the box to certify the return")


class AcceptForm(Form):
    """How the office reads a return."""

    delivery = Radios("Delivery", validate_choice=False, validators=[Filled("Choose a reading for delivery")])
    spend = Radios("Spending", validate_choice=False, validators=[Filled("Choose a reading for spending")])
    reason = text_field("Why do you read it differently?")

    def __init__(self, return_: Return, **options: Any) -> None:
        super().__init__(data={"delivery": return_.delivery_rag, "spend": return_.spend_rag}, **options)
        self.delivery.choices = self.spend.choices = READINGS

    def validate_delivery(self, field: Radios) -> None:
        if field.data not in dict(READINGS):
            raise ValidationError("Choose one of the readings")

    validate_spend = validate_delivery

    @property
    def readings(self) -> tuple[Rag, Rag]:
        return Rag(self.delivery.data), Rag(self.spend.data)


class QueryForm(Form):
    """A question about one part of a return."""

    about = SelectField("What do you ask about?", widget=GovSelect(), validate_choice=False)
    question = text_field("Your question", Filled("Write your question"))

    def __init__(self, parts: list[str], **options: Any) -> None:
        super().__init__(**options)
        self.about.choices = [("", "Choose a part"), *((part, part) for part in parts)]
        self.parts = parts

    def validate_about(self, field: SelectField) -> None:
        if field.data not in self.parts:
            raise ValidationError("Choose what you ask about")


class WaiveForm(Form):
    """Why a return is not needed."""

    reason = text_field("Why is this return not needed?", Filled("Say why the return is waived"))

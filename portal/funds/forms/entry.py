"""Who may apply, as an officer types it: a question before the form, or a check at the gate."""

from collections.abc import Sequence
from typing import Any

from govuk_frontend_wtf.wtforms_widgets import GovTextArea, GovTextInput
from wtforms import StringField, TextAreaField
from wtforms.validators import Length

from portal.core.forms import Filled, Form, Radios
from portal.funds.models import EligibilityQuestion, GateCheck

SHORT, LONG = Length(max=200, message="Use 200 characters or fewer"), Length(max=1000, message="Use 1,000 characters or fewer")
BY_HAND = "by_hand"


class QuestionForm(Form):
    text = StringField("What do you ask?", widget=GovTextInput(),
                       validators=[Filled("Enter a question that is answered with Yes or No"), SHORT])  # fmt: skip
    hint = TextAreaField("What helps to answer it?", widget=GovTextArea(), validators=[LONG])
    passing = Radios("Which answer lets somebody apply?", choices=[("yes", "Yes"), ("no", "No")], default="yes",
                     validators=[Filled("Choose the answer that lets somebody apply")])  # fmt: skip
    refusal = TextAreaField("What do you tell those who cannot apply?", widget=GovTextArea(),
                            validators=[Filled("Give the reason that they read"), LONG])  # fmt: skip

    def facts(self) -> dict[str, Any]:
        return {"text": self.text.data, "hint": self.hint.data or "", "passes_on_yes": self.passing.data == "yes",
                "refusal": self.refusal.data}  # fmt: skip


class CheckForm(Form):
    label = StringField("What must hold?", widget=GovTextInput(),
                        validators=[Filled("Enter what must hold, like: The amount is within the limit"), SHORT])  # fmt: skip
    refusal = TextAreaField("What does the applicant read when it does not?", widget=GovTextArea(),
                            validators=[Filled("Give the reason that the applicant reads"), LONG])  # fmt: skip
    prefill = Radios("Can the portal look first?", validators=[Filled("Choose what the portal looks at, or that a person looks")])

    def offer(self, looks: Sequence[tuple[str, str]]) -> "CheckForm":
        self.prefill.choices = [(BY_HAND, "No, a person looks"), *looks]
        return self

    def facts(self) -> dict[str, Any]:
        prefill = None if self.prefill.data == BY_HAND else self.prefill.data
        return {"label": self.label.data, "refusal": self.refusal.data, "prefill": prefill}


def question_as_typed(question: EligibilityQuestion) -> dict[str, Any]:
    return {"text": question.text, "hint": question.hint, "passing": question.passing, "refusal": question.refusal}


def check_as_typed(check: GateCheck) -> dict[str, Any]:
    return {"label": check.label, "refusal": check.refusal, "prefill": check.prefill or BY_HAND}

"""What a round's points mean, and the threshold that may follow its scores, as an officer types them."""

from typing import Any

from govuk_frontend_wtf.wtforms_widgets import GovTextArea
from wtforms import TextAreaField
from wtforms.validators import Length, ValidationError

from portal.core.forms import Filled, Form, Radios, WholeField
from portal.funds.schemes import Scale
from portal.funds.steps import Steps, read_steps
from portal.funds.words import SCALES


class PointsForm(Form):
    """The scale that criteria share, and what each of its points means."""

    scale = Radios("Which scale do the criteria share?", validators=[Filled("Choose a scale")],
                   choices=[(each.value, SCALES[each]) for each in Scale if each.is_counted])  # fmt: skip
    steps = TextAreaField("What do its points mean?", widget=GovTextArea(),
                          validators=[Length(max=8000, message="Use 8,000 characters or fewer")])  # fmt: skip

    def validate_steps(self, field: Any) -> None:
        self.parsed: Steps = []
        if self.scale.data in set(Scale):
            try:
                self.parsed = read_steps(Scale(self.scale.data), field.data or "")
            except ValueError as problem:
                raise ValidationError(str(problem)) from None

    def facts(self) -> Steps:
        return self.parsed


class ThresholdForm(Form):
    """From which percentage bids are recommended in this round, and why."""

    threshold = WholeField("From which percentage do you recommend bids?", validators=[Filled("Enter a percentage, like 65")])
    reason = TextAreaField("Why there?", widget=GovTextArea(), validators=[Filled("Say why the threshold lies there")])

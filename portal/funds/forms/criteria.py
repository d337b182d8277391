"""One criterion as an officer types it: what it asks, what it is worth, on which scale."""

from collections.abc import Sequence
from typing import Any

from govuk_frontend_wtf.wtforms_widgets import GovTextArea, GovTextInput
from wtforms import StringField, TextAreaField
from wtforms.validators import Length, ValidationError

from portal.core.forms import Checkboxes, Filled, Form, Radios, WholeField
from portal.funds.models import Criterion, Round
from portal.funds.schemes import Kind, Scale
from portal.funds.steps import Steps, as_text, read_steps
from portal.funds.words import SCALES

USUAL = "usual"
NO_WEIGHT = "Enter a weight from 1 to 100. What should count for nothing is removed, or only passes or fails"
Options = Sequence[tuple[str, str]]


class CriterionForm(Form):
    name = StringField("What is scored?", widget=GovTextInput(), validators=[Filled("Enter a name, like: Need and evidence"),
                       Length(max=120, message="Use 120 characters or fewer")])  # fmt: skip
    guidance = TextAreaField("What do assessors look for?", widget=GovTextArea(),
                             validators=[Length(max=2000, message="Use 2,000 characters or fewer")])  # fmt: skip
    scale = Radios("On which scale?", validators=[Filled("Choose a scale")])
    steps = TextAreaField("What do its points mean?", widget=GovTextArea(),
                          validators=[Length(max=8000, message="Use 8,000 characters or fewer")])  # fmt: skip
    weight = WholeField("Weight")
    second_weight = WholeField("Second weight")
    group = Radios("Which group?")
    least = WholeField("Fewest points that can be funded")
    question_codes = Checkboxes("Which answers stand beside it?")

    def about(self, round_: Round, questions: Options) -> "CriterionForm":
        self.round = round_
        self.parsed: Steps = []
        self.scale.choices = [
            (USUAL, f"The round's own: {SCALES[round_.usual_scale].lower()}"),
            *[(each.value, SCALES[each]) for each in Scale],
        ]
        self.group.choices = [(each["name"], f"{each['name']} ({each['weight']}%)") for each in round_.groups]
        self.question_codes.choices = list(questions)
        return self

    @property
    def chosen(self) -> Scale | None:
        """The criterion's own scale; None for the round's."""
        return Scale(self.scale.data) if self.scale.data in set(Scale) else None

    @property
    def is_counted(self) -> bool:
        return self.chosen is None or self.chosen.is_counted

    @property
    def asks_weight(self) -> bool:
        return self.round.scheme not in (Kind.MARKS, Kind.MATRIX)

    def validate_steps(self, field: Any) -> None:
        if self.chosen is not None:
            try:
                self.parsed = read_steps(self.chosen, field.data or "")
            except ValueError as problem:
                raise ValidationError(str(problem)) from None

    def validate_weight(self, field: Any) -> None:
        if self.is_counted and self.asks_weight and not field.errors and not 1 <= (field.data or 0) <= 100:
            raise ValidationError(NO_WEIGHT)

    def validate_second_weight(self, field: Any) -> None:
        if self.is_counted and self.round.scheme is Kind.SHORTLIST and not field.errors and not 1 <= (field.data or 0) <= 100:
            raise ValidationError("Enter the weight once shortlisted, from 1 to 100")

    def validate_group(self, field: Any) -> None:
        if self.is_counted and self.round.scheme is Kind.GROUPED and not field.data:
            raise ValidationError("Choose the group that this criterion belongs to")

    def validate_least(self, field: Any) -> None:
        highest = (self.chosen or self.round.usual_scale).highest
        if field.data is not None and field.data > highest:
            raise ValidationError(f"Its scale ends at {highest}: enter that or less")

    def facts(self) -> dict[str, Any]:
        """Column → what it is to hold."""
        scale = self.chosen or self.round.usual_scale
        marks = {Kind.MARKS: scale.highest, Kind.MATRIX: 50}.get(self.round.scheme, self.weight.data or 0)
        return {
            "name": self.name.data, "guidance": self.guidance.data or "", "own_scale": self.chosen, "own_steps": self.parsed,
            "weight": marks if self.is_counted else 0,
            "second_weight": (self.second_weight.data or 0) if self.is_counted else 0,
            "group": self.group.data or "", "least": self.least.data or 0, "question_codes": self.question_codes.data or [],
        }  # fmt: skip


def as_typed(criterion: Criterion) -> dict[str, Any]:
    """A criterion as its form shows it."""
    return {
        "name": criterion.name, "guidance": criterion.guidance, "steps": as_text(criterion.own_steps),
        "scale": criterion.own_scale.value if criterion.own_scale else USUAL,
        "weight": criterion.weight or None, "second_weight": criterion.second_weight or None,
        "group": criterion.group, "least": criterion.least or None, "question_codes": criterion.question_codes,
    }  # fmt: skip

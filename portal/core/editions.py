"""Forms about what two people may have open at once: from which edition a page was made, and where the two differ."""

from typing import Any

from wtforms import IntegerField
from wtforms.validators import Optional
from wtforms.widgets import HiddenInput

from portal.core.cursor import LARGEST_NUMBER
from portal.core.forms import Form, clean


class EditionField(IntegerField):
    """Which edition a form was made from. What else is sent is given back without signs that no page may hold."""

    widget = HiddenInput()
    data: Any

    def process_formdata(self, valuelist: list[str]) -> None:
        """No edition has a number that no column holds: such a one was never seen."""
        super().process_formdata(valuelist)
        if self.data is not None and abs(self.data) >= LARGEST_NUMBER:
            self.data = 0

    def _value(self) -> str:
        return clean(str(super()._value()))


class Editing(Form):
    """A form about something that another person may have open too."""

    edition = EditionField(validators=[Optional()])

    def differences(self, theirs: "Editing") -> list[tuple[str, str, str]]:
        """Where what is saved now and what was typed differ: the question, theirs, ours."""
        pairs = [(ours, theirs[ours.name]) for ours in self if ours.name not in ("csrf_token", "edition")]
        return [(ours.label.text, said(other), said(ours)) for ours, other in pairs if said(ours) != said(other)]

    def stand_on(self, edition: int) -> None:
        """From here on a save replaces what is there now: its sender has seen it."""
        self.edition.data, self.edition.raw_data = edition, None


def said(field: Any) -> str:
    """What is in a field, as people read it."""
    if hasattr(field, "iter_choices"):
        picked = field.data if isinstance(field.data, list) else [field.data]
        wanted = set(map(str, picked or []))
        return ", ".join(str(label) for value, label, *_ in field.iter_choices() if str(value) in wanted and value != "")
    return str(field._value() or "")

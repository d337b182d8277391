"""The field of a form that says from which edition of a thing its page was made."""

from typing import Any

from wtforms import IntegerField
from wtforms.widgets import HiddenInput

from portal.core.cursor import LARGEST_NUMBER
from portal.core.forms import clean


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

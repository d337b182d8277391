"""What somebody types who wants to hear of new rounds."""

from typing import Any

from portal.core.forms import Checkboxes, Form
from portal.people.forms.fields import email_line
from portal.publishing.finder import areas, kinds


class AlertForm(Form):
    """An address, and what to write of. Nothing ticked is everything."""

    email = email_line("Your e-mail address")
    kinds = Checkboxes("Only funds that these can apply to")
    areas = Checkboxes("Only funds for applicants in these areas")

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.kinds.choices, self.areas.choices = kinds(), areas()

    @property
    def area_ids(self) -> list[int]:
        return [int(number) for number in self.areas.data or []]

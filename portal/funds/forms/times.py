"""Fields that the forms of this package share: a time of day, lines of text, a reason."""

import re
from datetime import date, datetime, time
from typing import Any

from govuk_frontend_wtf.wtforms_widgets import GovTextArea, GovTextInput
from wtforms import Field, StringField, TextAreaField

from portal.core import clock
from portal.core.forms import Filled, MaxWords, clean

CLOCK_TIME = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?\s*(am|pm)?", re.IGNORECASE)


def read_time(text: str) -> time:
    """A time of day as people type it: 17:00, 5pm, 9.30am, midday. Raises ValueError with what to enter."""
    if text.casefold() in ("midday", "noon"):
        return time(12)
    match = CLOCK_TIME.fullmatch(text)
    hour, minute = (int(match[1]), int(match[2] or 0)) if match else (99, 0)
    half = (match[3] or "").casefold() if match else ""
    if half and not 1 <= hour <= 12:
        hour = 99
    hour = hour % 12 + 12 * (half == "pm") if half and hour != 99 else hour
    if hour > 23 or minute > 59 or (match and not half and match[2] is None):
        raise ValueError("Enter a time, like 9am or 17:00")
    return time(hour, minute)


class TimeField(Field):
    """An hour as typed; `.data` is a time of day."""

    widget = GovTextInput()

    def _value(self) -> str:
        if self.raw_data:
            return clean(str(self.raw_data[0]))
        return f"{self.data:%H:%M}" if self.data else ""

    def process_formdata(self, valuelist: list[str]) -> None:
        text = clean(valuelist[0]) if valuelist else ""
        self.data = read_time(text) if text else None


class LinesField(Field):
    """One thing a line; `.data` is the list."""

    widget = GovTextArea()

    def _value(self) -> str:
        return "\n".join(self.data or [])

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = [line for part in clean(valuelist[0] if valuelist else "").split("\n") if (line := part.strip())]


def instant_of(day: Field, at: Field) -> datetime | None:
    """The instant that two fields name together. What is wrong stands beside the field that it is about."""
    if day.errors or at.errors or (day.data is None and at.data is None):
        return None
    if day.data is None or at.data is None:
        missing, what = (day, "day") if day.data is None else (at, "hour")
        missing.errors = [*missing.errors, f"Enter the {what} as well"]
        return None
    try:
        return clock.london(day.data, at.data)
    except ValueError as problem:
        at.errors = [*at.errors, str(problem)]
        return None


def local(instant: datetime | None) -> tuple[date | None, time | None]:
    """The day and the hour of an instant, as the two fields show it."""
    here = instant.astimezone(clock.LONDON) if instant else None
    return (here.date(), here.time()) if here else (None, None)


def line(label: str, *validators: Any) -> StringField:
    return StringField(label, widget=GovTextInput(), validators=list(validators))


def words(label: str, sentence: str, most: int = 200) -> TextAreaField:
    return TextAreaField(label, widget=GovTextArea(), validators=[Filled(sentence), MaxWords(most)])

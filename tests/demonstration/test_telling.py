"""Stories are told in one order of time."""

from datetime import datetime

from portal.core import clock
from portal.demonstration.telling import Story, at, tell


def test_stories_alternate_in_order_of_time_with_the_clock_held(frozen: object) -> None:
    heard: list[tuple[str, datetime]] = []

    def story(name: str, *instants: datetime) -> Story:
        for instant in instants:
            yield instant
            heard.append((name, clock.now()))

    tell([story("one", at(-30), at(-10)), story("two", at(-20), at(-5))])

    assert heard == [("one", at(-30)), ("two", at(-20)), ("one", at(-10)), ("two", at(-5))]


def test_what_lies_ahead_stays_untold(frozen: object) -> None:
    told: list[str] = []
    yesterday, tomorrow = at(-1), at(1)

    def story() -> Story:
        yield yesterday
        told.append("past")
        yield tomorrow
        told.append("future")

    tell([story()])

    assert told == ["past"]

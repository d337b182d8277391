"""Tells several stories in one order of time: each is a generator that yields the instant at which it goes on."""

import heapq
from collections.abc import Generator, Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

from portal.core import clock

Story = Generator[datetime, None, Any]  # between two instants it runs real actions, with the clock held at the first


def tell(stories: Iterable[Story]) -> None:
    """Run every story up to now, whichever goes on first; what lies ahead stays untold."""
    now = clock.now()
    waiting: list[tuple[datetime, int, Story]] = []
    for number, story in enumerate(stories):
        go_on(waiting, number, story)
    while waiting and waiting[0][0] <= now:
        instant, number, story = heapq.heappop(waiting)
        with clock.hold(instant):
            go_on(waiting, number, story)


def go_on(waiting: list[tuple[datetime, int, Story]], number: int, story: Story) -> None:
    """Let a story run to its next instant, and note when that is."""
    instant = next(story, None)
    if instant is not None:
        heapq.heappush(waiting, (instant, number, story))


def day(days: int) -> date:
    """So many days from today; a negative number lies behind us."""
    return clock.today() + timedelta(days=days)


def at(days: int, clock_time: str = "10:00") -> datetime:
    """The instant of a local time so many days from today."""
    return on(day(days), clock_time)


def on(date_: date, clock_time: str = "10:00") -> datetime:
    return clock.london(date_, time.fromisoformat(clock_time))

"""Time: the one place that asks for now, working days, and how instants and days read."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from flask import Flask, g, has_request_context

LONDON = ZoneInfo("Europe/London")
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
_held: ContextVar[datetime | None] = ContextVar("held", default=None)


def now() -> datetime:
    """This instant in UTC; within a request the instant of its arrival, so that a queue misses nobody's deadline."""
    if (held := _held.get()) is not None:
        return held
    if has_request_context():
        arrived_at: datetime = g.setdefault("arrived_at", datetime.now(UTC))
        return arrived_at
    return datetime.now(UTC)


@contextmanager
def hold(instant: datetime) -> Iterator[datetime]:
    """Let it be `instant`: tests stand at a deadline, the demonstration tells its story in order of time."""
    token = _held.set(instant.astimezone(UTC))
    try:
        yield instant
    finally:
        _held.reset(token)


def today() -> date:
    return day_of(now())


def day_of(instant: datetime) -> date:
    """The local day of an instant."""
    return instant.astimezone(LONDON).date()


def london(day: date, at: time = time(9)) -> datetime:
    """The instant of a local day and time. Refuses a time that a clock change makes ambiguous or impossible."""
    local = datetime.combine(day, at, tzinfo=LONDON)
    if local.utcoffset() != local.replace(fold=1).utcoffset():
        raise ValueError("The clocks change at that time. Choose an hour that happens exactly once.")
    return local.astimezone(UTC)


def add_working_days(start: date, days: int, holidays: frozenset[date] = frozenset()) -> date:
    """The day `days` working days after `start`, or before it, passing over weekends and bank holidays."""
    day, step = start, DAY if days > 0 else -DAY
    for _ in range(abs(days)):
        day += step
        while is_day_off(day, holidays):
            day += step
    return day


def working_days_between(start: date, end: date, holidays: frozenset[date] = frozenset()) -> int:
    """Working days from the day after `start` up to `end`."""
    later = (start + number * DAY for number in range(1, (end - start).days + 1))
    return sum(1 for day in later if not is_day_off(day, holidays))


def is_day_off(day: date, holidays: frozenset[date]) -> bool:
    return day.weekday() >= 5 or day in holidays


def add_months(day: date, months: int) -> date:
    """The same day some months later, or the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")


def financial_year(day: date) -> str:
    """The public sector's year, April to March, as people write it: 2026-27."""
    start = day.year if day.month >= 4 else day.year - 1
    return f"{start}-{(start + 1) % 100:02d}"


def first_day_of(year: str) -> date:
    """The first of April with which the financial year 2026-27 begins."""
    return date(int(year[:4]), 4, 1)


def next_year(year: str) -> str:
    """The financial year after 2026-27: 2027-28."""
    return financial_year(add_months(first_day_of(year), 12))


def read_day(day: date | None) -> str:
    return f"{day.day} {day:%B %Y}" if day else ""


def read_time(instant: datetime | None) -> str:
    """2:05pm, 11am, midday, midnight."""
    if instant is None:
        return ""
    local = instant.astimezone(LONDON)
    if local.minute == 0 and local.hour in (0, 12):
        return "midday" if local.hour else "midnight"
    minutes = f":{local:%M}" if local.minute else ""
    return f"{local.hour % 12 or 12}{minutes}{'am' if local.hour < 12 else 'pm'}"


def read_moment(instant: datetime | None) -> str:
    return f"{read_day(instant.astimezone(LONDON).date())} at {read_time(instant)}" if instant else ""


def note_arrival() -> None:
    now()


def init_app(app: Flask) -> None:
    app.before_request(note_arrival)
    app.template_filter("day")(read_day)
    app.template_filter("moment")(read_moment)
    app.template_filter("clock_time")(read_time)

"""Time: kept in UTC, read in London, and never at an hour that comes twice or not at all."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from portal.core import clock

DAYS = some.dates(date(2000, 1, 1), date(2099, 12, 31))
SUMMER = datetime(2026, 6, 9, 10, 0, tzinfo=UTC)
WINTER = datetime(2026, 1, 9, 10, 0, tzinfo=UTC)


@given(DAYS, some.times(time(3), time(23, 59)))
def test_a_local_time_reads_back_as_itself(day, at):
    local = clock.london(day, at).astimezone(clock.LONDON)
    assert (local.date(), local.time()) == (day, at)


@pytest.mark.parametrize(("day", "why"), [(date(2026, 3, 29), "comes never"), (date(2026, 10, 25), "comes twice")])
def test_an_hour_of_a_clock_change_is_refused(day, why):
    with pytest.raises(ValueError, match="The clocks change at that time"):
        clock.london(day, time(1, 30))
    assert clock.london(day, time(0, 30)) < clock.london(day, time(3))


@pytest.mark.parametrize(("instant", "reads"), [
    (SUMMER, "9 June 2026 at 11am"),
    (WINTER, "9 January 2026 at 10am"),
    (SUMMER.replace(hour=11), "9 June 2026 at midday"),
    (SUMMER.replace(hour=13, minute=5), "9 June 2026 at 2:05pm"),
    (SUMMER.replace(hour=23), "10 June 2026 at midnight"),
    (SUMMER.replace(hour=23, minute=1), "10 June 2026 at 12:01am"),
    (None, ""),
])  # fmt: skip
def test_instants_read_as_people_in_london_say_them(instant, reads):
    assert clock.read_moment(instant) == reads


def test_days_read_as_people_say_them():
    assert clock.read_day(date(2026, 3, 9)) == "9 March 2026"
    assert clock.read_day(None) == ""


def test_today_is_the_day_in_london(frozen):
    frozen.at(datetime(2026, 6, 9, 23, 30, tzinfo=UTC))
    assert clock.today() == date(2026, 6, 10)


def test_now_stands_still_while_it_is_held_and_within_a_request(app, frozen):
    with clock.hold(WINTER):
        assert clock.now() == WINTER
    assert clock.now() == frozen.now
    frozen.release()
    with app.test_request_context():
        assert clock.now() == clock.now()
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(seconds=5)
    frozen.at(SUMMER)


@given(DAYS, some.integers(1, 40), some.frozensets(DAYS, max_size=5))
def test_working_days_pass_over_weekends_and_holidays(start, days, holidays):
    end = clock.add_working_days(start, days, holidays)

    passed = [start + timedelta(number) for number in range(1, (end - start).days + 1)]
    assert sum(day.weekday() < 5 and day not in holidays for day in passed) == days
    assert end.weekday() < 5
    assert end not in holidays


@given(DAYS, some.integers(-48, 48))
def test_months_later_is_the_same_day_or_the_last_of_a_shorter_month(day, months):
    later = clock.add_months(day, months)

    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == day.day or (later + timedelta(1)).day == 1


@pytest.mark.parametrize(("day", "year"), [
    (date(2026, 3, 31), "2025-26"), (date(2026, 4, 1), "2026-27"), (date(1999, 12, 1), "1999-00"),
])  # fmt: skip
def test_the_financial_year_begins_in_april(day, year):
    assert clock.financial_year(day) == year

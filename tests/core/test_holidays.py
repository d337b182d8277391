"""Bank holidays fall as the law says: what was announced is held against the rules, and the rules against known years."""

from datetime import date

import pytest

from portal.core import bank_holiday_rules, holidays

GIVEN_ONCE = {
    date(2022, 6, 2): "moved from the last Monday in May for the jubilee",
    date(2022, 6, 3): "the jubilee",
    date(2022, 9, 19): "the funeral of the Queen",
    date(2023, 5, 8): "the coronation",
}


def test_what_was_announced_falls_as_the_rules_say_but_for_the_days_that_were_given_once(frozen):
    said = dict(holidays.announced())
    ruled = {on: name for year in range(2021, 2029) for on, name in bank_holiday_rules.in_year(year).items()}
    assert {on: name for on, name in said.items() if on not in GIVEN_ONCE} == {
        on: name for on, name in ruled.items() if on != date(2022, 5, 30)
    }
    assert GIVEN_ONCE.keys() <= said.keys()


def test_years_that_are_not_announced_yet_are_counted_by_the_rules(frozen):
    frozen.move(days=2 * 366)
    assert max(on for on, _ in holidays.announced()) == date(2030, 12, 26)
    assert date(2029, 3, 30) in dict(holidays.announced())  # Good Friday


@pytest.mark.parametrize(
    ("year", "month", "day"),
    [(1818, 3, 22), (1943, 4, 25), (1961, 4, 2), (2000, 4, 23), (2008, 3, 23), (2038, 4, 25), (2100, 3, 28)],
)
def test_easter_is_where_the_tables_have_it(year, month, day):
    assert bank_holiday_rules.easter_sunday(year) == date(year, month, day)


@pytest.mark.parametrize("year", range(2021, 2061))
def test_every_year_has_eight_holidays_and_none_at_a_weekend(year):
    days = bank_holiday_rules.in_year(year)
    assert len(days) == 8
    assert all(on.weekday() < 5 and on.year == year for on in days)

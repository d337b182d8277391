"""The bank holidays of England and Wales as the law lets them fall: to count years ahead, and to check those announced.

The rules are those of the Banking and Financial Dealings Act 1971 and of custom: a holiday that falls on a weekend is
taken on the next weekday that is none already. Days given once, such as a coronation, follow no rule.
"""

from datetime import date, timedelta

MONDAY, SATURDAY = 0, 5
ONE_DAY = timedelta(days=1)


def in_year(year: int) -> dict[date, str]:
    """The eight holidays of a year by their days, in order."""
    easter = easter_sunday(year)
    found = {
        next_weekday(date(year, 1, 1)): "New Year’s Day",
        easter - 2 * ONE_DAY: "Good Friday",
        easter + ONE_DAY: "Easter Monday",
        first_monday(date(year, 5, 1)): "Early May bank holiday",
        first_monday(date(year, 5, 25)): "Spring bank holiday",  # the last Monday of May
        first_monday(date(year, 8, 25)): "Summer bank holiday",  # the last Monday of August
    } | christmas(year)
    return {on: name if is_own_day(on, name) else f"{name} (substitute day)" for on, name in sorted(found.items())}


def christmas(year: int) -> dict[date, str]:
    """Boxing Day keeps its own day where Christmas Day falls on a Sunday; the day after is then taken for Christmas."""
    first, second = date(year, 12, 25), date(year, 12, 26)
    if first.weekday() == SATURDAY + 1:
        return {second: "Boxing Day", second + ONE_DAY: "Christmas Day"}
    taken = next_weekday(first)
    return {taken: "Christmas Day", next_weekday(max(second, taken + ONE_DAY)): "Boxing Day"}


def is_own_day(on: date, name: str) -> bool:
    own = {"New Year’s Day": (1, 1), "Christmas Day": (12, 25), "Boxing Day": (12, 26)}
    return own.get(name, (on.month, on.day)) == (on.month, on.day)


def next_weekday(day: date) -> date:
    """This day, or the Monday after it."""
    return first_monday(day) if day.weekday() >= SATURDAY else day


def first_monday(day: date) -> date:
    """The first Monday from this day on."""
    return day + (MONDAY - day.weekday()) % 7 * ONE_DAY


def easter_sunday(year: int) -> date:
    """The first Sunday after the full moon on or after 21 March, as the Gregorian tables say (Butcher's rule of 1876)."""
    golden, century, rest = year % 19, year // 100, year % 100
    leaps, moon = century // 4, (century + 8) // 25
    epact = (19 * golden + century - leaps - (century - moon + 1) // 3 + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    shift = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * shift + 114, 31)
    return date(year, month, day + 1)

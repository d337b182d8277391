"""Rules that look across answers: sums, limits, order of days. Data in a question's settings, never text to run."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from portal.core import clock, money
from portal.questions.conditions import codes_of
from portal.questions.kinds import kind_of
from portal.questions.kinds.texts import EMAIL

if TYPE_CHECKING:
    from portal.questions.item import Item
    from portal.questions.models import Question
    from portal.questions.sheet import Sheet


def broken_rule(item: "Item", sheet: "Sheet") -> str | None:
    """The first rule across answers that this value breaks, as a sentence. None when all hold."""
    for name, wish in item.question.settings.items():
        rule = RULES.get(name)
        if rule is not None and wish and item.value is not None and (sentence := rule(item, wish, sheet)):
            return sentence
    return None


def equals_sum_of(item: "Item", wish: str, sheet: "Sheet") -> str | None:
    total = sheet.total(*wish.split("."))
    if item.value == total:
        return None
    if item.sheet.by_code[wish.split(".")[0]].kind == "group":
        return f"This must equal your budget lines: together they ask for {as_figure(item, total)}"
    return f"This must equal the sum of your table, which is {as_figure(item, total)}"


def at_least_share(item: "Item", wish: dict[str, Any], sheet: "Sheet") -> str | None:
    """At least so many percent of another figure, such as match funding of half of what is asked for."""
    other = sheet.figure(wish["of"])
    least = None if other is None else -(-other * wish["percent"] // 100)
    return f"Enter {as_figure(item, least)} or more" if least is not None and item.value < least else None


def at_most_share(item: "Item", wish: dict[str, Any], sheet: "Sheet") -> str | None:
    other = sheet.figure(wish["of"])
    most = None if other is None else other * wish["percent"] // 100
    return f"Enter {as_figure(item, most)} or less" if most is not None and item.value > most else None


def as_figure(item: "Item", value: int) -> str:
    return item.kind.show(value, item.question, item.sheet.around)


def after(item: "Item", wish: str, sheet: "Sheet") -> str | None:
    other = sheet.value(wish)
    return f"Enter a day after {clock.read_day(date.fromisoformat(other))}" if other and item.value <= other else None


def at_most_cap(item: "Item", wish: bool, sheet: "Sheet") -> str | None:
    around = sheet.around
    if around.cap_pence is not None and item.value > around.cap_pence:
        left = money.show(around.cap_pence)
        return f"{left} is left for your area in this round" if around.is_cap_of_area else f"This round gives at most {left}"
    if around.least_pence is not None and item.value < around.least_pence:
        return f"This round gives {money.show(around.least_pence)} or more"
    return None


def matched_by(item: "Item", wish: list[str], sheet: "Sheet") -> str | None:
    """Others pay their share of the whole, which is what is asked for and what they give."""
    given, percent = sum(sheet.total(*each.split(".")) for each in wish), sheet.around.match_percent
    if given * 100 >= percent * (item.value + given):
        return None
    needed = -(-item.value * percent // (100 - percent)) if percent < 100 else None
    more = f": {money.show(needed)} for this amount" if needed else ""
    return f"Others must pay {percent}% of the whole cost{more}. Your budget lines show {money.show(given)}"


def not_before(item: "Item", wish: str, sheet: "Sheet") -> str | None:
    other = sheet.value(wish)
    return f"Enter {clock.read_day(date.fromisoformat(other))} or a later day" if other and item.value < other else None


def not_before_today(item: "Item", wish: bool, sheet: "Sheet") -> str | None:
    return "Enter today or a later day" if item.value < sheet.around.today.isoformat() else None


def longest_from(item: "Item", wish: str, sheet: "Sheet") -> str | None:
    start, months = sheet.value(wish), sheet.around.longest_months
    if not start or not months:
        return None
    last = clock.add_months(date.fromisoformat(start), months)
    return (
        f"A project may last {months} months: enter {clock.read_day(last)} or earlier" if item.value > last.isoformat() else None
    )


def differs_from(item: "Item", wish: str, sheet: "Sheet") -> str | None:
    other = sheet.value(wish)
    compared = kind_of(item.question).compared
    return "This must differ from the answer above" if other and compared(other) == compared(item.value) else None


def no_emails(item: "Item", wish: bool, sheet: "Sheet") -> str | None:
    return "Leave out e-mail addresses: this text is published" if EMAIL.search(item.value) else None


def row_sum_of(item: "Item", wish: list[str], sheet: "Sheet") -> str | None:
    parts = sum(sheet.cell_value(item, code) or 0 for code in wish)
    return None if item.value == parts else f"The parts add up to {money.show(parts)}: make them equal the total of the line"


def codes_in(question: "Question") -> Iterator[str]:
    """The codes of the questions that this one's rules, conditions and reckoning look at."""
    yield from codes_of(question.shown_when)
    yield from codes_of(question.settings.get("required_when"))
    for name in ("equals_sum_of", "not_before", "after", "longest_from", "differs_from"):
        if wish := question.settings.get(name):
            yield wish.split(".")[0]
    for name in ("at_least_share", "at_most_share"):
        if wish := question.settings.get(name):
            yield wish["of"].split(".")[0]
    if question.kind == "calculated":
        yield from (name.split(".")[0] for name in question.settings["of"])
    yield from (wish.split(".")[0] for wish in question.settings.get("matched_by", []))


RULES: dict[str, Callable[["Item", Any, "Sheet"], str | None]] = {
    "equals_sum_of": equals_sum_of,
    "at_most_cap": at_most_cap,
    "at_least_share": at_least_share,
    "at_most_share": at_most_share,
    "matched_by": matched_by,
    "not_before": not_before,
    "after": after,
    "not_before_today": not_before_today,
    "longest_from": longest_from,
    "differs_from": differs_from,
    "no_emails": no_emails,
    "row_sum_of": row_sum_of,
}

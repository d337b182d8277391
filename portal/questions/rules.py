"""Rules that look across answers: sums, limits, order of days. Data in a question's settings, never text to run."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from portal.core import clock, money
from portal.questions.kinds.texts import EMAIL

if TYPE_CHECKING:
    from portal.questions.item import Item
    from portal.questions.models import Question
    from portal.questions.sheet import Sheet


def broken_rule(item: "Item", sheet: "Sheet") -> str | None:
    """The first rule across answers that this value breaks, as a sentence. None when all hold."""
    for name, wish in item.question.settings.items():
        rule = RULES.get(name)
        if rule is not None and wish and (sentence := rule(item, wish, sheet)):
            return sentence
    return None


def equals_sum_of(item: "Item", wish: str, sheet: "Sheet") -> str | None:
    total = sheet.total(*wish.split("."))
    if item.value == total:
        return None
    return f"This must equal your budget lines: together they ask for {money.show(total)}"


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
    return "This must differ from the answer above" if other and same_words(other, item.value) else None


def no_emails(item: "Item", wish: bool, sheet: "Sheet") -> str | None:
    return "Leave out e-mail addresses: this text is published" if EMAIL.search(item.value) else None


def row_sum_of(item: "Item", wish: list[str], sheet: "Sheet") -> str | None:
    parts = sum(sheet.cell_value(item, code) or 0 for code in wish)
    return None if item.value == parts else f"The parts add up to {money.show(parts)}: make them equal the total of the line"


def codes_in(question: "Question") -> Iterator[str]:
    """The codes of the questions that this one's rules and condition look at."""
    if question.shown_when:
        yield question.shown_when["question"]
    for name in ("equals_sum_of", "not_before", "longest_from", "differs_from"):
        if wish := question.settings.get(name):
            yield wish.split(".")[0]
    yield from (wish.split(".")[0] for wish in question.settings.get("matched_by", []))


def same_words(one: Any, other: Any) -> bool:
    return str(one).casefold().split() == str(other).casefold().split()


RULES: dict[str, Callable[["Item", Any, "Sheet"], str | None]] = {
    "equals_sum_of": equals_sum_of,
    "at_most_cap": at_most_cap,
    "matched_by": matched_by,
    "not_before": not_before,
    "not_before_today": not_before_today,
    "longest_from": longest_from,
    "differs_from": differs_from,
    "no_emails": no_emails,
    "row_sum_of": row_sum_of,
}

"""Conditions on earlier answers, as data: `{"all": […]}`, `{"any": […]}`, or one test of one answer. Never text to run."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

Condition = Mapping[str, Any]
ValueOf = Callable[[str], Any]  # the typed value of a question by its code; None when it is hidden or not answered


def chosen(value: Any) -> set[Any]:
    return set(value) if isinstance(value, list | dict) else {value}


def is_figure(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


TESTS: dict[str, Callable[[Any, Any], bool]] = {
    "is": lambda value, wish: value is not None and bool(chosen(value) & set(wish)),
    "is_not": lambda value, wish: value is not None and not chosen(value) & set(wish),
    "answered": lambda value, wish: (value not in (None, "", [], {})) is wish,
    "at_least": lambda value, wish: is_figure(value) and value >= wish,
    "at_most": lambda value, wish: is_figure(value) and value <= wish,
}


def holds(condition: Condition, value_of: ValueOf) -> bool:
    """Whether the answers meet it. One test may be given as several of `TESTS`, which must then all hold."""
    if "all" in condition:
        return all(holds(part, value_of) for part in condition["all"])
    if "any" in condition:
        return any(holds(part, value_of) for part in condition["any"])
    value = value_of(condition["question"])
    return all(TESTS[name](value, wish) for name, wish in condition.items() if name in TESTS)


def tests_in(condition: Condition | None) -> Iterator[Condition]:
    """Each test of one answer in it."""
    if condition is None:
        return
    parts = condition.get("all") or condition.get("any")
    if parts is None:
        yield condition
    for part in parts or ():
        yield from tests_in(part)


def codes_of(condition: Condition | None) -> Iterator[str]:
    """The questions that it looks at."""
    for test in tests_in(condition):
        if "question" in test:
            yield test["question"]


def for_page(condition: Condition, known: Callable[[Condition], dict[str, Any]]) -> dict[str, Any]:
    """The same for portal.js: `known` turns each test into what the browser can see, or into how it stands."""
    for name in ("all", "any"):
        if name in condition:
            return {name: [for_page(part, known) for part in condition[name]]}
    return known(condition)


class Shown:
    """Which questions some answers show. Each is judged once, so that a chain of conditions costs what it is long."""

    def __init__(self, conditions: Mapping[str, Condition], value_of: ValueOf) -> None:
        self.conditions, self.typed = conditions, value_of
        self.judged: dict[str, bool] = {}

    def __call__(self, code: str) -> bool:
        """True unless its condition fails. One that waits for itself is hidden; no form with such can be stored."""
        if (condition := self.conditions.get(code)) is None:
            return True
        if code not in self.judged:
            self.judged[code] = False
            self.judged[code] = holds(condition, self.value)
        return self.judged[code]

    def value(self, code: str) -> Any:
        return self.typed(code) if self(code) else None

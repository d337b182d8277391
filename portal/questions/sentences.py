"""Conditions, rules and reckonings as English sentences, as officers read what they have chosen."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from portal.questions.around import Around
from portal.questions.calculated import unit_of
from portal.questions.conditions import Condition
from portal.questions.kinds import KINDS, kind_of
from portal.questions.kinds.choices import OneOf
from portal.questions.models import Question

Known = Mapping[str, Question]
AROUND = Around()  # what a form says on its own


def of_question(question: Question, known: Known) -> list[str]:
    """All that is laid down about one question besides its own limits."""
    return list(told(question, known))


def told(question: Question, known: Known) -> Iterator[str]:
    if question.shown_when:
        yield f"Asked when {of_condition(question.shown_when, known)}."
    if wish := question.settings.get("required_when"):
        yield f"Required when {of_condition(wish, known)}."
    for name, wish in question.settings.items():
        if name in RULES and wish:
            yield f"{RULES[name](wish, lambda code: label(code, known))}."
    if question.kind == "calculated":
        names = [label(name, known) for name in question.settings["of"]]
        yield f"Worked out as {RECKONINGS[question.settings['reckon']](names)}."


def of_condition(condition: Condition, known: Known, inside: bool = False) -> str:
    for name, word in (("all", " and "), ("any", " or ")):
        if name in condition:
            text = word.join(of_condition(part, known, inside=True) for part in condition[name])
            return f"({text})" if inside and len(condition[name]) > 1 else text
    asked = known.get(condition["question"])
    tests = [TESTS[name](wish, asked) for name, wish in condition.items() if name in TESTS]
    return f"{label(condition['question'], known)} is {' and '.join(tests)}"


def label(name: str, known: Known) -> str:
    """What people call an answer; `group.column` is told with both."""
    code, _, column = name.partition(".")
    asked = known.get(code)
    return f"“{asked.label if asked else code}”{f' ({column})' if column else ''}"


def words_of(wish: list[str], asked: Question | None) -> list[str]:
    kind = kind_of(asked) if asked else None
    labels = dict(kind.options(asked, AROUND)) if asked and isinstance(kind, OneOf) and kind.settings.get("choices") else {}
    return [labels.get(each, each.capitalize()) for each in wish]


def figure(wish: int, asked: Question | None) -> str:
    if asked is None:
        return str(wish)
    kind = KINDS[unit_of(asked)] if asked.kind == "calculated" else kind_of(asked)
    return kind.show(wish, asked, AROUND)


TESTS: dict[str, Callable[[Any, Question | None], str]] = {
    "is": lambda wish, asked: " or ".join(words_of(wish, asked)),
    "is_not": lambda wish, asked: (
        f"neither {' nor '.join(words_of(wish, asked))}" if len(wish) > 1 else f"not {words_of(wish, asked)[0]}"
    ),
    "answered": lambda wish, asked: "answered" if wish else "not answered",
    "at_least": lambda wish, asked: f"{figure(wish, asked)} or more",
    "at_most": lambda wish, asked: f"{figure(wish, asked)} or less",
}
RULES: dict[str, Callable[[Any, Callable[[str], str]], str]] = {
    "equals_sum_of": lambda wish, of: f"Must equal the sum of {of(wish)}",
    "row_sum_of": lambda wish, of: f"Must equal the sum of its parts: {', '.join(wish).replace('_', ' ')}",
    "at_most_cap": lambda wish, of: "Must not be above what the round gives at most",
    "matched_by": lambda wish, of: (
        f"The share of others that the round asks for must be in {' and '.join(of(each) for each in wish)}"
    ),
    "at_least_share": lambda wish, of: f"Must be at least {wish['percent']}% of {of(wish['of'])}",
    "at_most_share": lambda wish, of: f"Must be at most {wish['percent']}% of {of(wish['of'])}",
    "not_before": lambda wish, of: f"Must not be before {of(wish)}",
    "after": lambda wish, of: f"Must be after {of(wish)}",
    "not_before_today": lambda wish, of: "Must be today or later",
    "longest_from": lambda wish, of: f"Must be no later after {of(wish)} than projects of the round may last",
    "differs_from": lambda wish, of: f"Must differ from {of(wish)}",
    "no_emails": lambda wish, of: "Must hold no e-mail address",
}
RECKONINGS: dict[str, Callable[[list[str]], str]] = {
    "sum": lambda names: f"the sum of {', '.join(names)}",
    "difference": lambda names: f"{names[0]} less {', '.join(names[1:])}",
    "share": lambda names: f"{names[0]} as a share of {names[1]}",
}

"""What questions say of each other: conditions on earlier answers, rules across answers, figures worked out from others."""

from collections.abc import Iterator
from typing import Any

from portal.questions.conditions import TESTS
from portal.questions.documents.shapes import LARGEST
from portal.questions.kinds import KINDS

Facts = dict[str, Any]
DEEPEST, MOST_PARTS, LONGEST_CHAIN = 3, 20, 20
FIGURES = (*(name for name, kind in KINDS.items() if kind.scale), "calculated")
ADDED = ("table", "grid")
TEXTS = ("short_text", "long_text", "email")
RULES_OF = {  # which kinds may have a rule, and which kinds it may look at; None where it looks at no other answer
    "equals_sum_of": (("money", "number"), ("group", *ADDED)),
    "at_most_cap": (("money",), None),
    "matched_by": (("money",), (*FIGURES, "group", *ADDED)),
    "at_least_share": (("money", "number"), (*FIGURES, "group", *ADDED)),
    "at_most_share": (("money", "number"), (*FIGURES, "group", *ADDED)),
    "not_before": (("date",), ("date",)),
    "after": (("date",), ("date",)),
    "not_before_today": (("date",), None),
    "longest_from": (("date",), ("date",)),
    "differs_from": ((*TEXTS, "person"), (*TEXTS, "person")),
    "no_emails": (TEXTS, None),
}


class References:
    """The questions of one document by code and place. Each method gives sentences of what is wrong."""

    def __init__(self, questions: list[Facts]) -> None:
        self.by_code = {each["code"]: each for each in questions}
        self.places = {each["code"]: place for place, each in enumerate(questions)}
        self.waits_for = {each["code"]: list(self.waits_of(each)) for each in questions}

    def of_question(self, asked: Facts) -> Iterator[str]:
        settings = asked.get("settings", {})
        for condition in (asked.get("shown_when"), settings.get("required_when")):
            if condition is not None:
                yield from self.condition(condition, asked["code"])
        for name, wish in settings.items():
            if name in RULES_OF:
                yield from self.rule(name, wish, asked)
        if self.length(asked["code"]) > LONGEST_CHAIN:
            yield f"It waits for a chain of more than {LONGEST_CHAIN} questions. Let it wait for one of them only"
        if asked["kind"] == "calculated":
            yield from self.reckoning(settings, asked["code"])

    # Conditions

    def condition(self, condition: Any, code: str, depth: int = 1) -> Iterator[str]:
        if not isinstance(condition, dict) or depth > DEEPEST:
            yield f"A condition must be an object, at most {DEEPEST} deep"
            return
        together = [name for name in ("all", "any") if name in condition]
        if not together:
            yield from self.test(condition, code)
        elif len(condition) > 1 or not isinstance(condition[together[0]], list):
            yield "A condition with “all” or “any” holds a list of conditions and nothing else"
        elif not 1 <= len(condition[together[0]]) <= MOST_PARTS:
            yield f"“{together[0]}” must hold 1 to {MOST_PARTS} conditions"
        else:
            for part in condition[together[0]]:
                yield from self.condition(part, code, depth + 1)

    def test(self, test: Facts, code: str) -> Iterator[str]:
        names = [name for name in test if name != "question"]
        if not names or not set(names) <= set(TESTS):
            yield f"A condition names a question and one of: {', '.join(TESTS)}"
            return
        other = test.get("question")
        yield from self.earlier(other, code, "waits for")
        if isinstance(other, str) and other in self.by_code:
            yield from (wrong for name in names if (wrong := wrong_wish(name, test[name], self.by_code[other])))

    def earlier(self, other: Any, code: str, verb: str) -> Iterator[str]:
        if not isinstance(other, str) or other not in self.by_code:
            yield f"It {verb} a question that this form does not have{f': “{other[:60]}”' if isinstance(other, str) else ''}"
        elif circle := self.circle(other, code):
            yield f"It waits in a circle: {' → '.join(f'“{each}”' for each in circle)}. Take one of these conditions out"
        elif self.places[other] >= self.places[code]:
            yield f"It {verb} “{other}”, which comes after it. Move it behind “{other}”"

    def circle(self, start: str, back_to: str) -> list[str]:
        """The way from one question back to another that waits for it, if there is one."""
        ways, seen = [[back_to, start]], {start}
        while ways:
            way = ways.pop()
            if way[-1] == back_to:
                return way
            for other in self.waits_for[way[-1]]:
                if other == back_to or other not in seen:
                    seen.add(other)
                    ways.append([*way, other])
        return []

    def length(self, code: str) -> int:
        """How many questions stand one behind the other in what this one waits for; counted no further than needed."""
        found, level = 0, {code}
        while level and found <= LONGEST_CHAIN:
            found, level = found + 1, {other for each in level for other in self.waits_for[each]}
        return found

    def waits_of(self, facts: Facts) -> Iterator[str]:
        settings = facts.get("settings", {})
        found = [*codes_named(facts.get("shown_when")), *codes_named(settings.get("required_when"))]
        of = settings.get("of") if facts["kind"] == "calculated" else None
        found += [each.split(".")[0] for each in of if isinstance(each, str)] if isinstance(of, list) else []
        yield from (each for each in found if each in self.by_code)

    # Rules and figures

    def rule(self, name: str, wish: Any, asked: Facts) -> Iterator[str]:
        kinds, others = RULES_OF[name]
        if asked["kind"] not in kinds:
            yield f"“{name}” is no rule for this type, but for: {', '.join(kinds)}"
        elif others is None:
            if not isinstance(wish, bool):
                yield f"“{name}” must be true or false"
        elif name.endswith("_share"):
            if not isinstance(wish, dict) or set(wish) != {"of", "percent"} or not is_percent(wish["percent"]):
                yield f"“{name}” must have “of” and “percent”, from 0 to 1,000"
            else:
                yield from self.figure(name, wish["of"], others)
        elif name == "matched_by":
            if not isinstance(wish, list) or not 1 <= len(wish) <= MOST_PARTS:
                yield f"“{name}” must be a list of 1 to {MOST_PARTS} sums"
            else:
                yield from (wrong for each in wish for wrong in self.figure(name, each, others))
        else:
            yield from self.figure(name, wish, others)

    def figure(self, name: str, wish: Any, kinds: tuple[str, ...]) -> Iterator[str]:
        code, _, column = wish.partition(".") if isinstance(wish, str) else ("", "", "")
        if (other := self.by_code.get(code)) is None:
            yield f"“{name}” looks at a question that this form does not have"
        elif other["kind"] not in kinds:
            yield f"“{name}” cannot look at “{code}”: it is no {' or '.join(kinds)}"
        elif other["kind"] == "group" and column not in figure_columns(other):
            yield f"“{name}” must name a column of “{code}” that holds numbers or money, like {code}.amount"
        elif column and other["kind"] not in ("group", *ADDED):
            yield f"“{name}” names a column, but “{code}” has none"

    def reckoning(self, settings: Facts, code: str) -> Iterator[str]:
        of = settings.get("of")
        if not isinstance(of, list) or not isinstance(settings.get("reckon"), str):
            yield "It must say “reckon”, and “of” which answers"
            return
        if settings["reckon"] == "share" and len(of) != 2:
            yield "A share is of two figures: the part and the whole"
        for name in of:
            other = name.partition(".")[0] if isinstance(name, str) else ""
            yield from self.earlier(other, code, "is worked out from")
            if other in self.by_code:
                if self.by_code[other]["kind"] == "calculated" and any(
                    self.by_code[each]["kind"] == "calculated" for each in self.waits_for[other]
                ):
                    yield f"“{other}” is worked out from other figures already. Name the answers themselves"
                yield from self.figure("of", name, (*FIGURES, "group", *ADDED))


def codes_named(condition: Any) -> Iterator[str]:
    """The questions that a condition names, whatever shape it is in."""
    if isinstance(condition, dict):
        if isinstance(condition.get("question"), str):
            yield condition["question"]
        for name in ("all", "any"):
            for part in condition[name] if isinstance(condition.get(name), list) else ():
                yield from codes_named(part)


def wrong_wish(name: str, wish: Any, other: Facts) -> str | None:
    kind, code = KINDS[other["kind"]], other["code"]
    if other["kind"] in ("group", "guidance", "shown", "file"):
        return f"No condition can look at “{code}”: it is {other['kind']}"
    if name == "answered":
        return None if isinstance(wish, bool) else "“answered” must be true or false"
    if name in ("at_least", "at_most"):
        if not kind.scale and other["kind"] != "calculated":
            return f"“{name}” needs a question that takes a number: “{code}” does not"
        return (
            None if is_whole(wish) else f"“{name}” must be a whole number; money is in pence, shares in hundredths of a percent"
        )
    if not isinstance(wish, list) or not wish or not all(isinstance(each, str) for each in wish):
        return f"“{name}” must be a list of answers"
    known = choices_of(other)
    unknown = [each for each in wish if known is not None and each not in known]
    return f"“{code}” has no such answer as “{unknown[0][:60]}”" if unknown else None


def choices_of(facts: Facts) -> list[str] | None:
    """The codes that may be answered; None where they are not in the form."""
    fixed = {"yes_no": ["yes", "no"], "declaration": ["yes"]}.get(facts["kind"])
    choices = facts.get("settings", {}).get("choices")
    return fixed or ([each[0] for each in choices] if isinstance(choices, list) else None)


def figure_columns(group: Facts) -> list[str]:
    return [each["code"] for each in group["settings"].get("columns", []) if each["kind"] in FIGURES]


def is_whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) <= LARGEST


def is_percent(value: Any) -> bool:
    return is_whole(value) and 0 <= value <= 1000

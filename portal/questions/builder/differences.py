"""What differs between two wordings of a form, as plain sentences about their parts."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from portal.questions import sentences
from portal.questions.builder.parts import Facts
from portal.questions.builder.told import FACTS, filled_with, kind_name, setting_name, value_told
from portal.questions.builder.wordings import form_from
from portal.questions.kinds import KINDS
from portal.questions.published import Form


@dataclass(frozen=True)
class Difference:
    """A part of the form, and what became of it."""

    place: str
    sentences: list[str]


OFFICES = ("shown_to_assessors", "public", "personal", "writes_to", "filled_from")
WORDS = (("label", "The question"), ("hint", "The hint"), ("guidance", "The guidance"), ("example", "The example"))
FLAGS = (
    ("required", True, "It must be answered now", "It need not be answered any more"),
    ("shown_to_assessors", True, "Assessors see it now", "Assessors do not see it any more"),
    ("public", False, "It is published now", "It is not published any more"),
    ("personal", False, "It counts as personal data now", "It does not count as personal data any more"),
)


def differences(before: Facts, after: Facts, *, for_applicants: bool = False) -> list[Difference]:
    """From one document to another, in the order of the newer one; what went comes last. Applicants read what they can see."""
    if for_applicants:
        before, after = as_applicants_see(before), as_applicants_see(after)
    return [each for each in found(before, after) if each.sentences]


def as_applicants_see(document: Facts) -> Facts:
    """The same without what only the office knows of."""
    sections = [
        {**section, "questions": [without(asked, OFFICES) for asked in section["questions"]]} for section in document["sections"]
    ]
    return {**document, "name": "", "sections": sections}


def without(facts: Facts, names: tuple[str, ...]) -> Facts:
    return {name: value for name, value in facts.items() if name not in names}


def found(before: Facts, after: Facts) -> Iterator[Difference]:
    yield Difference("The form", list(of_facts(before, after, (("name", "Its name"), ("minutes", "The minutes it should take")))))
    old = at_home(before)
    old_form, new_form = form_from(before), form_from(after)
    titles = {each["code"]: each for each in before["sections"]}
    for section in after["sections"]:
        was = titles.pop(section["code"], None)
        place = f"Section “{section['title']}”"
        words = (("title", "Its title"), ("guidance", "Its words at the top"))
        yield Difference(place, ["It is new."] if was is None else list(of_facts(was, section, words)))
        for facts in section["questions"]:
            yield Difference(called(facts), list(of_question(old.pop(facts["code"], None), facts, section, old_form, new_form)))
    yield Difference("Order", order_told(before, after))
    yield from (Difference(f"Section “{each['title']}”", ["It is no longer there."]) for each in titles.values())
    yield from (Difference(called(facts), ["It is no longer asked."]) for _, facts in old.values())


def at_home(document: Facts) -> dict[str, tuple[Facts, Facts]]:
    """Each question by its code, with its section."""
    return {asked["code"]: (section, asked) for section in document["sections"] for asked in section["questions"]}


def called(facts: Facts) -> str:
    number = f"{facts['number']}. " if facts.get("number") else ""
    return f"“{number}{facts['label']}”"


def order_told(before: Facts, after: Facts) -> list[str]:
    """Which questions stand elsewhere among those that were there before."""
    old, new = list(at_home(before)), list(at_home(after))
    kept_old, kept_new = [code for code in old if code in new], [code for code in new if code in old]
    return ["The questions come in another order."] if kept_old != kept_new else []


def of_question(was: tuple[Facts, Facts] | None, now: Facts, section: Facts, old: Form, new: Form) -> Iterator[str]:
    if was is None:
        yield "It is new."
        return
    home, before = was
    if home["code"] != section["code"]:
        yield f"It moved here from “{home['title']}”."
    yield from of_facts(before, now, WORDS)
    if before["kind"] != now["kind"]:
        yield f"It was {kind_name(before['kind']).lower()}, and is {kind_name(now['kind']).lower()} now."
    for name, usual, on, off in FLAGS:
        if before.get(name, usual) != now.get(name, usual):
            yield f"{on if now.get(name, usual) else off}."
    if before.get("writes_to") != now.get("writes_to"):
        fact = FACTS.get(now.get("writes_to") or "")
        yield f"It fills in {fact[0].lower()} now." if fact else "It fills in no fact of the bid any more."
    if before.get("filled_from") != now.get("filled_from"):
        words = filled_with(now.get("filled_from"))
        yield f"It is filled in beforehand with {words} now." if words else "It is not filled in beforehand any more."
    yield from of_settings(before, now)
    said, says = sentences_of(before, old), sentences_of(now, new)
    yield from (f"No longer: {each}" for each in said if each not in says)
    yield from (f"New: {each}" for each in says if each not in said)


def sentences_of(facts: Facts, form: Form) -> list[str]:
    return sentences.of_question(form.by_code[facts["code"]], form.by_code)


def of_facts(before: Facts, now: Facts, names: tuple[tuple[str, str], ...]) -> Iterator[str]:
    for name, words in names:
        was, becomes = before.get(name) or "", now.get(name) or ""
        if was != becomes:
            yield f"{words} was {quoted(was)}, and is {quoted(becomes)} now."


def quoted(value: Any) -> str:
    text = str(value)
    return "empty" if not text else f"“{text[:300]}{'…' if len(text) > 300 else ''}”"


def of_settings(before: Facts, now: Facts) -> Iterator[str]:
    was, becomes, kind = before.get("settings", {}), now.get("settings", {}), now["kind"]
    for name in dict.fromkeys((*was, *becomes)):
        is_own = name in KINDS[kind].settings or name == "columns"
        if is_own and was.get(name) != becomes.get(name) and (kind, name) != ("calculated", "of"):
            old = value_told(name, was[name]) if name in was else "nothing"
            new = value_told(name, becomes[name]) if name in becomes else "nothing"
            words = setting_name(kind, name).removesuffix(", one on each line")
            yield f"{words}: {old[:300]} before, {new[:300]} now." if old != new else f"{words}: changed in detail."

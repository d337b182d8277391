"""Parts of a form's document: finding, adding, moving, copying and taking them out. Pure; what comes out is checked elsewhere."""

import copy
import re
import unicodedata
from collections.abc import Container, Iterator
from dataclasses import dataclass
from typing import Any

from portal.core.problems import NotFound, NotNow
from portal.questions.documents.checking import MOST_COLUMNS, MOST_QUESTIONS, MOST_SECTIONS
from portal.questions.kinds import KINDS

Facts = dict[str, Any]


@dataclass(frozen=True)
class Place:
    """Where a part stands: a section, a question, or a column of the question."""

    section: str = ""
    question: str = ""
    column: str = ""

    @property
    def noun(self) -> str:
        return "column" if self.column else "question" if self.question else "section"


def questions_in(document: Facts) -> Iterator[Facts]:
    for section in document["sections"]:
        yield from section["questions"]


def siblings(document: Facts, place: Place) -> list[Facts]:
    """The list in which the part stands."""
    sections: list[Facts] = document["sections"]
    if not place.question:
        return sections
    home = next((each for each in sections if any(asked["code"] == place.question for asked in each["questions"])), None)
    if home is None:
        raise gone(place)
    if not place.column:
        return home["questions"]
    asked = next(each for each in home["questions"] if each["code"] == place.question)
    return asked.get("settings", {}).get("columns", [])


def find(document: Facts, place: Place) -> Facts:
    code = place.column or place.question or place.section
    found = next((each for each in siblings(document, place) if each["code"] == code), None)
    if found is None:
        raise gone(place)
    return found


def gone(place: Place) -> NotFound:
    return NotFound(f"This form has no such {place.noun}. A colleague may have taken it out.")


def add(document: Facts, within: Place, facts: Facts) -> Place:
    """Put a new part last: a section, a question of a section, or a column of a question. Its code comes from its words."""
    if within.question:
        among: list[Facts] = find(document, within)["settings"].setdefault("columns", [])
        most, taken = MOST_COLUMNS, {each["code"] for each in among}
    elif within.section:
        among, most = find(document, within)["questions"], MOST_QUESTIONS
        taken = {each["code"] for each in questions_in(document)}
    else:
        among, most, taken = document["sections"], MOST_SECTIONS, {each["code"] for each in document["sections"]}
    if len(among) >= most:
        raise NotNow(f"There can be {most} at the most. Take one out first, or divide the form.")
    facts["code"] = code_from(facts.get("title") or facts["label"], taken)
    among.append(facts)
    number_anew(document)
    if within.question:
        return Place(question=within.question, column=facts["code"])
    return Place(question=facts["code"]) if within.section else Place(section=facts["code"])


def move(document: Facts, place: Place, *, up: bool) -> None:
    """One place up or down; a question at the edge of its section goes into the next one."""
    among, facts = siblings(document, place), find(document, place)
    at = among.index(facts)
    to = at - 1 if up else at + 1
    if 0 <= to < len(among):
        among.insert(to, among.pop(at))
    elif place.noun == "question":
        sections = document["sections"]
        here = next(number for number, each in enumerate(sections) if each["questions"] is among)
        there = here - 1 if up else here + 1
        if 0 <= there < len(sections):
            among.pop(at)
            target = sections[there]["questions"]
            target.insert(len(target) if up else 0, facts)
    number_anew(document)


def remove(document: Facts, place: Place) -> None:
    among, facts = siblings(document, place), find(document, place)
    if len(among) == 1 and place.noun != "question":
        raise NotNow(f"This is the only {place.noun}, and there must be one. Change it, or add another one first.")
    among.remove(facts)
    number_anew(document)


def duplicate(document: Facts, place: Place) -> Place:
    """The same again, right behind it, under codes of its own; what a copied section says of itself, the copy says of itself."""
    among, facts = siblings(document, place), find(document, place)
    if len(among) >= {"section": MOST_SECTIONS, "question": MOST_QUESTIONS, "column": MOST_COLUMNS}[place.noun]:
        raise NotNow("There can be no more of them. Take one out first.")
    taken = {each["code"] for each in (among if place.noun != "question" else questions_in(document))}
    made = copied(facts, document, taken)
    name = "title" if place.noun == "section" else "label"
    made[name] = f"{facts[name][:490]} (copy)"
    among.insert(among.index(facts) + 1, made)
    number_anew(document)
    return {"section": Place(section=made["code"]), "question": Place(question=made["code"])}.get(
        place.noun, Place(question=place.question, column=made["code"])
    )


def copied(facts: Facts, document: Facts, taken: Container[str]) -> Facts:
    """A copy with free codes, also for the questions of a section, wherever they are named. Core facts stay with the first."""
    made = copy.deepcopy(facts)
    made["code"] = code_from(facts["code"], taken)
    known = {each["code"] for each in questions_in(document)}
    renamed: dict[str, str] = {}
    for asked in made.get("questions", []):
        new = code_from(asked["code"], known)
        renamed[asked["code"]] = new
        known.add(new)
    for asked in made.get("questions", [made]):
        asked.pop("writes_to", None)
        asked["code"] = renamed.get(asked["code"], asked["code"])
        for name in ("shown_when", "settings"):
            if asked.get(name) and asked["kind"] != "shown":  # which names a fact
                asked[name] = with_codes(asked[name], renamed)
    return made


NAMING = (
    "question", "equals_sum_of", "not_before", "after", "longest_from", "differs_from", "matched_by", "of",
)  # fmt: skip


def with_codes(value: Any, renamed: dict[str, str], name: str = "") -> Any:
    """The same with the codes of other questions replaced, wherever one is named."""
    if isinstance(value, dict):
        return {key: with_codes(each, renamed, key) for key, each in value.items()}
    if isinstance(value, list):
        return [with_codes(each, renamed, name) for each in value]
    if isinstance(value, str) and name in NAMING:
        code, dot, column = value.partition(".")
        return f"{renamed.get(code, code)}{dot}{column}"
    return value


def number_anew(document: Facts) -> None:
    """1, 2, 3 … for what is answered, where a form counts its questions in figures; other ways of counting stay as they are."""
    asked = [each for each in questions_in(document) if is_numbered(each)]
    known = [each.get("number", "") for each in asked]
    if (any(known) and all(re.fullmatch(r"\d*", each, re.ASCII) for each in known)) or len(asked) == 1:
        for number, each in enumerate(asked, start=1):
            each["number"] = str(number)


def is_numbered(asked: Facts) -> bool:
    return asked["kind"] == "group" or KINDS[asked["kind"]].is_answered


def code_from(text: str, taken: Container[str]) -> str:
    """A code made of the words, with a number where another part has it already."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    stem = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[:40].strip("_") or "part"
    number, code = 1, stem
    while code in taken:
        number += 1
        code = f"{stem}_{number}"
    return code


def bring_over(document: Facts, facts: Facts, into: Place, left_out: list[str]) -> Place:
    """Put a copy from another form last: a section among the sections, a question into a section."""
    is_section = "questions" in facts
    among = document["sections"] if is_section else find(document, into)["questions"]
    if len(among) >= (MOST_SECTIONS if is_section else MOST_QUESTIONS):
        raise NotNow("There can be no more of them. Take one out first.")
    taken = {each["code"] for each in (among if is_section else questions_in(document))}
    made = copied(facts, document, taken)
    among.append(made)
    cut_loose(document, made.get("questions", [made]), left_out)
    number_anew(document)
    return Place(section=made["code"]) if is_section else Place(question=made["code"])


def cut_loose(document: Facts, new: list[Facts], left_out: list[str]) -> None:
    """Take out of new questions what they say of questions that the form does not have."""
    known = {each["code"] for each in questions_in(document)}
    for asked in (each for each in new if each["kind"] != "shown"):
        settings = asked.get("settings", {})
        for name, holder in [("shown_when", asked), *((name, settings) for name in list(settings))]:
            if holder.get(name) and any(code not in known for code in codes_named_in(holder[name], name)):
                if asked["kind"] == "calculated" and name == "of":
                    raise NotNow(f"“{asked['label']}” is worked out from answers that this form does not ask. Copy those first.")
                del holder[name]
                left_out.append(f"what “{asked['label']}” says of questions that this form does not have.")


def codes_named_in(value: Any, name: str) -> Iterator[str]:
    """The codes of questions in a condition or rule."""
    if isinstance(value, dict):
        yield from (code for key, each in value.items() for code in codes_named_in(each, key))
    elif isinstance(value, list):
        yield from (code for each in value for code in codes_named_in(each, name))
    elif isinstance(value, str) and name in NAMING:
        yield value.partition(".")[0]

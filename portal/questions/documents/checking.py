"""Checks a form's document as a whole: every fault with its place, so that all can be mended at once."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from portal.questions.documents.references import RULES_OF, References, figure_columns
from portal.questions.documents.shapes import SHAPES, upside_down
from portal.questions.documents.writing import FORMAT
from portal.questions.filling import SOURCES
from portal.questions.kinds import KINDS
from portal.questions.kinds.tables import MOST_CELLS

Facts = dict[str, Any]
FORM = {"key": "code", "name": "line", "version": "whole", "minutes": "whole"}
SECTION = {"code": "code", "title": "line", "guidance": "long_text"}
QUESTION = {
    "code": "code", "kind": "code", "label": "line", "number": "text", "hint": "note", "guidance": "long_text",
    "example": "long_text", "required": "flag", "shown_to_assessors": "flag", "public": "flag", "personal": "flag",
}  # fmt: skip
COLUMN = {"code": "code", "kind": "code", "label": "line", "hint": "note", "required": "flag", "personal": "flag"}
CANNOT_LEAVE = ("key", "name", "code", "title", "kind", "label")
NEEDED = {  # settings without which a type cannot be asked
    "radios": ("choices",), "checkboxes": ("choices",), "select": ("choices",), "declaration": ("text",), "guidance": ("text",),
    "table": ("rows", "columns"), "grid": ("rows", "years"), "group": ("columns",), "calculated": ("reckon", "of"),
    "shown": ("of",),
}  # fmt: skip
ACROSS = (*RULES_OF, "required_when")
IN_GROUPS = (
    "short_text", "long_text", "number", "percentage", "money", "date", "month", "yes_no", "radios", "checkboxes", "select",
    "organisation", "objective", "declaration", "email", "phone", "postcode", "web_address",
)  # fmt: skip
MOST_SECTIONS, MOST_QUESTIONS, MOST_COLUMNS = 40, 300, 20


@dataclass(frozen=True)
class Fault:
    """What is wrong in a document, and where."""

    place: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.place}: {self.sentence}."


def faults_in(document: Any, before: Facts | None = None) -> list[Fault]:
    """All that is wrong with a form's document; empty when it can be kept.

    With `before`, in which nothing was wrong, a question that says the same is looked at for what others say of it only.
    """
    sections = before["sections"] if before else []
    return list(of_form(document, {asked["code"]: asked for section in sections for asked in section["questions"]}))


def of_form(document: Any, sound: Mapping[str, Facts]) -> Iterator[Fault]:
    if not isinstance(document, dict):
        yield Fault("The file", "It must hold one JSON object, as an exported form does")
        return
    if document.get("format") != FORMAT:
        yield Fault("The file", f"“format” must be {FORMAT}: this portal reads no other")
        return
    yield from of_fields(document, FORM, "The form", besides=("format", "sections"))
    sections = document.get("sections")
    if not isinstance(sections, list) or not 1 <= len(sections) <= MOST_SECTIONS:
        yield Fault("The form", f"“sections” must be a list of 1 to {MOST_SECTIONS}")
        return
    whole: list[tuple[str, Facts]] = []
    for number, section in enumerate(sections, start=1):
        yield from of_section(section, f"Section {number}", whole, sound)
    yield from of_codes("Section", [each.get("code") for each in sections if isinstance(each, dict)])
    yield from of_codes("Question", [facts["code"] for _, facts in whole])
    if len(whole) > MOST_QUESTIONS:
        yield Fault("The form", f"There are {len(whole)} questions, and {MOST_QUESTIONS} may be")
    yield from of_facts_written(whole)
    references = References([facts for _, facts in whole])
    for place, facts in whole:
        yield from (Fault(place, sentence) for sentence in references.of_question(facts))


def of_section(section: Any, place: str, whole: list[tuple[str, Facts]], sound: Mapping[str, Facts]) -> Iterator[Fault]:
    """Its faults; the questions that can be looked at are added to `whole`, with their places."""
    if not isinstance(section, dict):
        yield Fault(place, "A section must be an object")
        return
    yield from of_fields(section, SECTION, place, besides=("questions",))
    questions = section.get("questions")
    if not isinstance(questions, list):
        yield Fault(place, "“questions” must be a list")
        return
    for number, question in enumerate(questions, start=1):
        at = f"{place}, question {number}{named(question)}"
        is_sound = sound and sound.get(question["code"]) == question
        faults = [] if is_sound else list(of_question(question, at))
        yield from faults
        if not faults:
            whole.append((at, question))


def of_question(question: Any, place: str) -> Iterator[Fault]:
    if not isinstance(question, dict):
        yield Fault(place, "A question must be an object")
        return
    yield from of_fields(question, QUESTION, place, besides=("settings", "writes_to", "filled_from", "shown_when"))
    if (wrong := SHAPES["code"](question.get("writes_to"))) and question.get("writes_to") is not None:
        yield Fault(place, f"“writes_to” {wrong}, or null")
    if (source := question.get("filled_from")) is not None and wrong_source(source, question.get("kind")):
        yield Fault(place, wrong_source(source, question.get("kind")))
    yield from of_kind(question, place, list(KINDS))
    if question.get("kind") == "group" and isinstance(question.get("settings"), dict):
        yield from of_columns(question["settings"], place)


def of_columns(settings: Facts, place: str) -> Iterator[Fault]:
    """A group's columns are questions of their own, of fewer kinds."""
    columns = settings.get("columns")
    if not isinstance(columns, list) or not 1 <= len(columns) <= MOST_COLUMNS:
        yield Fault(place, f"“columns” must be a list of 1 to {MOST_COLUMNS}")
        return
    clean = True
    for number, column in enumerate(columns, start=1):
        for fault in of_column(column, f"{place}, column {number}{named(column)}"):
            clean = False
            yield fault
    if clean:
        yield from of_codes(f"{place}: column", [each["code"] for each in columns])
        sums = figure_columns({"settings": settings})
        if settings.get("total_of") is not None and settings["total_of"] not in sums:
            yield Fault(place, "“total_of” must be the code of a column that holds numbers or money")
        for column in columns:
            parts = column.get("settings", {}).get("row_sum_of", [])
            if any(part not in sums for part in parts):
                yield Fault(f"{place}, column{named(column)}", "“row_sum_of” must name columns of numbers or money beside it")


def of_column(column: Any, place: str) -> Iterator[Fault]:
    if not isinstance(column, dict):
        yield Fault(place, "A column must be an object")
        return
    yield from of_fields(column, COLUMN, place, besides=("settings",))
    yield from of_kind(column, place, list(IN_GROUPS), in_group=True)


def of_fields(facts: Facts, shapes: Mapping[str, str], place: str, besides: tuple[str, ...]) -> Iterator[Fault]:
    for name, shape in shapes.items():
        if name not in facts and name not in CANNOT_LEAVE:
            continue
        if wrong := SHAPES[shape](facts.get(name)) or ("must not be null" if facts.get(name) is None else None):
            yield Fault(place, f"“{name}” {wrong}")
    for name in sorted(set(facts) - set(shapes) - set(besides)):
        yield Fault(place, f"“{name[:60]}” is not known here. Take it out; a note can stand in the guidance")


def of_kind(question: Facts, place: str, kinds: list[str], in_group: bool = False) -> Iterator[Fault]:
    """Its type and its settings."""
    kind, settings = question.get("kind"), question.get("settings", {})
    if not isinstance(kind, str) or kind not in kinds:
        yield Fault(place, f"There is no type of question called “{str(kind)[:60]}”{' in a group' if in_group else ''}. "
                           f"The types are: {', '.join(kinds)}")  # fmt: skip
        return
    if not isinstance(settings, dict):
        yield Fault(place, "“settings” must be an object")
        return
    yield from of_settings(kind, settings, place, in_group)
    if wrong := upside_down(settings):
        yield Fault(place, wrong)
    if KINDS[kind].template == "table" and boxes_in(kind, settings) > MOST_CELLS:
        yield Fault(place, f"The table is too large: it may have {MOST_CELLS} boxes. Divide it")


def of_settings(kind: str, settings: Facts, place: str, in_group: bool) -> Iterator[Fault]:
    shapes = KINDS[kind].settings
    across = () if in_group else ACROSS
    for name in NEEDED.get(kind, ()):
        if name not in settings:
            yield Fault(place, f"The setting “{name}” is missing")
    for name, wish in settings.items():
        shape = shapes.get(name) or ("codes" if in_group and name == "row_sum_of" and KINDS[kind].scale else None)
        if shape is not None:
            if wrong := SHAPES[shape](wish):
                yield Fault(place, f"The setting “{name}” {wrong}")
        elif name not in across and (kind, name) != ("group", "columns"):
            yield Fault(place, f"“{name[:60]}” is no setting of this type. It has: {', '.join(shapes) or 'none'}")


def wrong_source(source: Any, kind: Any) -> str:
    """Why a question of this type cannot be filled in with it; empty where it can."""
    if not isinstance(source, str) or source not in SOURCES:
        return f"“filled_from” must be one of: {', '.join(SOURCES)}, or null"
    return "" if kind in SOURCES[source].kinds else f"“{source}” can only fill in: {', '.join(SOURCES[source].kinds)}"


def of_facts_written(whole: list[tuple[str, Facts]]) -> Iterator[Fault]:
    """A core fact has one question that writes it; else which answer counts would be chance."""
    first: dict[str, Facts] = {}
    for place, facts in whole:
        if (fact := facts.get("writes_to")) is not None and (other := first.setdefault(fact, facts)) is not facts:
            yield Fault(place, f"It fills in the same fact of the bid ({fact}) as “{other['code']}”. Let only one of them do so")


def boxes_in(kind: str, settings: Facts) -> int:
    """How many boxes a table has."""
    rows, across = settings.get("rows"), settings.get("years" if kind == "grid" else "columns")
    if not isinstance(rows, list) or not isinstance(across, list):
        return 0
    return len(rows) * len(across) * (4 if kind == "grid" else 1)


def named(facts: Any) -> str:
    code = facts.get("code") if isinstance(facts, dict) else None
    return f" (“{code}”)" if code is not None and not SHAPES["code"](code) else ""


def of_codes(what: str, codes: list[Any]) -> Iterator[Fault]:
    texts = [each for each in codes if isinstance(each, str)]
    for code in sorted({each for each in texts if texts.count(each) > 1}):
        yield Fault(f"{what} “{code[:60]}”", "This code is used twice. Give one of them another")

"""What an officer may write about a part of a form: its words, the settings of its type, and who reads the answer."""

from typing import Any

from wtforms.validators import ValidationError

from portal.core.editions import Editing
from portal.core.forms import Checkboxes, Filled, Form, WholeField
from portal.questions.builder.fields import PRESET, Select, choices_from, field_for, text_box, text_line, way_of
from portal.questions.builder.parts import Facts, code_from, is_numbered, questions_in
from portal.questions.builder.told import FACTS, kind_name
from portal.questions.documents.references import ADDED, FIGURES, figure_columns
from portal.questions.filling import sources_for
from portal.questions.kinds import KINDS
from portal.questions.kinds.tables import CELLS

MOST_TABLE_COLUMNS = 20
Labelled = tuple[str, str]


class PartForm(Editing):
    """A form about one part. `facts()` is what the document shall say."""

    def facts(self) -> Facts:
        raise NotImplementedError


class NewForm(Form):
    name = text_line("What is the form called?", Filled("Enter a name, like: Community grants 2027"), most=200)
    like = Select("Begin with", default="")

    def offer(self, known: list[Labelled]) -> "NewForm":
        self.like.choices = [("", "Nothing: an empty form"), *known]
        return self


class DetailsForm(PartForm):
    name = text_line("What is the form called?", Filled("Enter a name"), most=200)
    minutes = WholeField("How many minutes should it take?", validators=[Filled("Enter the minutes you aim at, like 60")])

    def facts(self) -> Facts:
        return {"name": self.name.data, "minutes": self.minutes.data}


class SectionForm(PartForm):
    title = text_line("What is the section called?", Filled("Enter a title, like: About your project"))
    guidance = text_box("What should people know before they answer it?")

    def facts(self) -> Facts:
        return {"title": self.title.data, "guidance": self.guidance.data or ""}


class QuestionForm(PartForm):
    """The form of one question or column. Its settings are those of the type, see `question_form`."""

    kind = ""
    within = ""
    before: Facts = {}
    label: Any
    hint: Any = None
    guidance: Any = None
    example: Any = None
    holds: Any = None
    writes_to: Any = None
    filled_from: Any = None

    def facts(self) -> Facts:
        found: Facts = {"label": self.label.data}
        for name, blank in (("hint", ""), ("guidance", ""), ("example", ""), ("writes_to", None), ("filled_from", None)):
            if (field := getattr(self, name)) is not None:
                found[name] = field.data or blank
        if self.holds is not None:
            ticked = set(self.holds.data or [])
            found |= {name: name in ticked for name, _ in holdings(self.kind, self.within)}
        found["settings"] = self.settings()
        return found

    def settings(self) -> Facts:
        before, found = self.before.get("settings", {}), {}
        for name, shape in KINDS[self.kind].settings.items():
            if (way := way_of(self.kind, name, shape)) is not None:
                found[name] = way.reads(self[f"set_{name}"].data, before.get(name))
        if self.kind == "table":
            found["columns"] = self.table_columns(before.get("columns", []))
        if self.kind == "calculated":
            found["of"] = [self["first"].data, *(each for each in self["others"].data or [] if each != self["first"].data)]
        return found

    def table_columns(self, before: list[Facts]) -> list[Facts]:
        made: list[Facts] = []
        for place in range(1, MOST_TABLE_COLUMNS + 1):
            label = self[f"column_{place}"].data if f"column_{place}" in self else ""
            if label:
                was = before[place - 1] if place <= len(before) else {}
                made.append(self.table_column(place, label, was, {each["code"] for each in [*made, *before]}))
        return made

    def table_column(self, place: int, label: str, was: Facts, taken: set[str]) -> Facts:
        kind = self[f"kind_{place}"].data
        settings = was.get("settings", {}) if was.get("kind") == kind else {}
        if kind == "select":
            typed = [each.strip() for each in (self[f"choices_{place}"].data or "").split(";") if each.strip()]
            settings = {"choices": choices_from(typed, settings.get("choices"))}
        return {"code": was.get("code") or code_from(label, taken), "label": label, "kind": kind, "settings": settings}

    def validate_others(self, field: Any) -> None:
        if self["set_reckon"].data in ("difference", "share") and not field.data:
            raise ValidationError("Choose at least one other figure")
        if self["set_reckon"].data == "share" and len(set(field.data) - {self["first"].data}) != 1:
            raise ValidationError("A share is of two figures: choose one other, the whole")


def holdings(kind: str, within: str) -> list[Labelled]:
    """What may be ticked about a question of this type."""
    if within == "table" or (not is_numbered({"kind": kind}) and kind not in ("shown", "calculated")):
        return []
    every = [("required", "It must be answered"), ("shown_to_assessors", "Assessors see the answer"),
             ("public", "The answer is published with the decision"), ("personal", "The answer is personal data")]  # fmt: skip
    if within:
        return [each for each in every if each[0] in ("required", "personal")]
    return every if KINDS[kind].is_answered else [each for each in every if each[0] != "required"]


def question_form(kind: str, facts: Facts, document: Facts, *, within: str = "", typed: bool = True) -> QuestionForm:
    """The form of a question of this type; `facts` is what the document says of it, empty for a new one.

    `within`: the type of question of which it is a column. `typed`: with what was sent, if anything was.
    """
    fields: Facts = {"kind": kind, "within": within, "before": facts, **words_of(kind, within)}
    for setting, shape in KINDS[kind].settings.items():
        if (field := field_for(kind, setting, shape, facts)) is not None:
            fields[f"set_{setting}"] = field
    fields |= columns_of_table(facts) if kind == "table" else figures_of(facts, document) if kind == "calculated" else {}
    if held := holdings(kind, within):
        fields["holds"] = Checkboxes("What holds for it?", choices=held)
    if known := [(fact, words) for fact, (words, kinds) in FACTS.items() if kind in kinds and not within]:
        fields["writes_to"] = Select("Fills in", choices=[("", "Nothing but the answer"), *known])
    if not within and (sources := sources_for(kind)):
        fields["filled_from"] = Select("Filled in beforehand with", choices=[("", "Nothing"), *sources])
    made: type[QuestionForm] = type("OneQuestionForm", (QuestionForm,), fields)
    return made(data=shown(kind, facts, within), **({} if typed else {"formdata": None}))


def words_of(kind: str, within: str) -> Facts:
    """The boxes for its words."""
    name = "Heading" if kind == "guidance" else "Name of the column" if within == "table" else "Question"
    found: Facts = {"label": text_line(name, Filled(f"Enter the {name.lower()}"))}
    if within != "table":
        found["hint"] = text_box("Hint below it", most=2000)
    if not within:
        found["guidance"] = text_box("Longer guidance")
    if not within and is_numbered({"kind": kind}):
        found["example"] = text_box("Example of a good answer")
    return found


def shown(kind: str, facts: Facts, within: str) -> Facts:
    """What the fields begin with."""
    settings = facts.get("settings") or {}
    found: Facts = {name: facts.get(name) for name in ("label", "hint", "guidance", "example", "writes_to", "filled_from")}
    fresh = {"required", "shown_to_assessors"}
    found["holds"] = [name for name, _ in holdings(kind, within) if facts.get(name, name in fresh)]
    for name, shape in KINDS[kind].settings.items():
        if (way := way_of(kind, name, shape)) is not None:
            found[f"set_{name}"] = way.shows(settings.get(name, PRESET.get(name)))
    for place, column in enumerate(settings.get("columns", []) if kind == "table" else [], start=1):
        found |= {f"column_{place}": column["label"], f"kind_{place}": column["kind"],
                  f"choices_{place}": "; ".join(each[1] for each in column.get("settings", {}).get("choices", []))}  # fmt: skip
    if kind == "calculated" and settings.get("of"):
        found |= {"first": settings["of"][0], "others": settings["of"][1:]}
    return found


def columns_of_table(facts: Facts) -> Facts:
    """Boxes for the columns there are and two more."""
    there, found = len(facts.get("settings", {}).get("columns", [])), {}
    for place in range(1, min(max(there + 2, 4), MOST_TABLE_COLUMNS) + 1):
        needed = [Filled("Name the first column")] if place == 1 else []
        found[f"column_{place}"] = text_line(f"Column {place}", *needed)
        found[f"kind_{place}"] = Select(f"Type of column {place}", choices=[(kind, kind_name(kind)) for kind in CELLS])
        found[f"choices_{place}"] = text_line(f"Choices of column {place}", most=5000)
    return found


def figures_of(facts: Facts, document: Facts) -> Facts:
    known = named_in(document, (*FIGURES, "group", *ADDED), besides=facts.get("code"), only_before=True)
    return {
        "first": Select("First figure", validators=[Filled("Choose a figure")], choices=[("", "Choose one"), *known]),
        "others": Checkboxes("The others", choices=known),
    }


def named_in(document: Facts, kinds: tuple[str, ...], *, besides: str | None, only_before: bool = False) -> list[Labelled]:
    """The answers of these types that a rule may name, and sums of columns: all but one's own, or only those before it."""
    found: list[Labelled] = []
    for asked in questions_in(document):
        if asked["code"] == besides and only_before:
            break
        if asked["code"] != besides and asked["kind"] in kinds:
            found += figures_in(asked)
    return found


def figures_in(asked: Facts) -> list[Labelled]:
    if asked["kind"] != "group":
        return [(asked["code"], asked["label"])]
    labels = {each["code"]: each["label"] for each in asked["settings"]["columns"]}
    return [(f"{asked['code']}.{column}", f"{asked['label']}: {labels[column]}, added up") for column in figure_columns(asked)]

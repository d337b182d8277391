"""How each setting is asked of an officer, by its shape: a field, how it shows what is there, and what it gives back."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from govuk_frontend_wtf.wtforms_widgets import GovSelect, GovTextArea, GovTextInput
from wtforms import Field, SelectField, StringField, TextAreaField

from portal.core.files import MEDIA_TYPES
from portal.core.forms import Checkboxes, Filled, MoneyField, OneOfThese, Radios, WholeField, clean
from portal.people.forms.fields import Short
from portal.questions.builder.parts import Facts, code_from
from portal.questions.builder.told import KNOWN, MEANINGS, setting_name
from portal.questions.calculated import RECKONINGS, UNITS
from portal.questions.documents.checking import NEEDED
from portal.questions.documents.references import figure_columns
from portal.questions.documents.shapes import LINE
from portal.questions.kinds.tables import ADDED_UP
from portal.questions.kinds.texts import PATTERNS


class Select(OneOfThese, SelectField):
    widget = GovSelect()


class SignedField(WholeField):
    """A whole number that may lie below nought."""

    def process_formdata(self, valuelist: list[str]) -> None:
        text = (clean(valuelist[0]) if valuelist else "").replace(",", "").replace(" ", "")
        if text and not re.fullmatch(r"-?\d{1,12}", text, re.ASCII):
            raise ValueError("Enter a whole number, like 250")
        self.data = int(text) if text else None


def text_line(label: str, *validators: Any, most: int = LINE) -> StringField:
    return StringField(label, widget=GovTextInput(), validators=[*validators, Short(most)])


def text_box(label: str, *validators: Any, most: int = 20_000) -> TextAreaField:
    return TextAreaField(label, widget=GovTextArea(), validators=[*validators, Short(most)])


@dataclass(frozen=True)
class Way:
    """One way of asking: makes the field, shows what is there, and reads what was typed (None: the setting goes)."""

    make: Callable[[str, list[Any], list[tuple[str, str]]], Any]
    shows: Callable[[Any], Any] = lambda value: value
    reads: Callable[[Any, Any], Any] = lambda typed, before: None if typed in ("", None) else typed


def lines_of(typed: str | None) -> list[str]:
    return [line.strip() for line in (typed or "").splitlines() if line.strip()]


def choices_from(labels: Iterable[str], before: Any) -> list[list[str]]:
    """Each label with a code. A label that was there keeps its code, and so does one that was only reworded in its place."""
    labels, known = list(labels), [list(each) for each in before or []]
    codes = {label: code for code, label in known}
    taken, made = {codes[label] for label in labels if label in codes}, []
    for place, label in enumerate(labels):
        code = codes.pop(label, None)
        if code is None and label not in {each[1] for each in known}:
            was = known[place] if place < len(known) else None
            code = was[0] if was and was[0] not in taken and was[1] not in labels else code_from(label, taken)
        code = code or code_from(label, taken)
        taken.add(code)
        made.append([code, label])
    return made


def options(*values: str) -> list[tuple[str, str]]:
    return [(value, MEANINGS.get(value, value)) for value in values]


def chosen(label: str, validators: list[Any], known: list[tuple[str, str]], blank: str = "") -> Any:
    return Select(label, validators=validators, choices=[("", blank or "Choose one"), *known])


NUMBER = Way(lambda label, needed, known: SignedField(label, validators=needed))
WAYS: dict[str, Way] = {
    "text": Way(lambda label, needed, known: text_line(label, *needed)),
    "long_text": Way(lambda label, needed, known: text_box(label, *needed)),
    "whole": NUMBER,
    "figure": NUMBER,
    "pence": Way(lambda label, needed, known: MoneyField(label, validators=needed)),
    "lines": Way(
        lambda label, needed, known: text_box(label, *needed, most=50_000),
        lambda value: "\n".join(value or []), lambda typed, before: lines_of(typed) or None,
    ),
    "choices": Way(
        lambda label, needed, known: text_box(label, *needed, most=150_000),
        lambda value: "\n".join(each[1] for each in value or []),
        lambda typed, before: choices_from(lines_of(typed), before) or None,
    ),
    "one": Way(lambda label, needed, known: chosen(label, needed, known, "None" if not needed else "")),
    "several": Way(
        lambda label, needed, known: Checkboxes(label, validators=needed, choices=known),
        lambda value: value or [], lambda typed, before: typed or None,
    ),
    "few": Way(lambda label, needed, known: Radios(label, validators=needed, choices=known)),
    "flag": Way(
        lambda label, needed, known: Checkboxes(label, choices=[("yes", "Yes")]),
        lambda value: ["yes"] if value else [], lambda typed, before: bool(typed),
    ),
}  # fmt: skip
SHAPED = {  # shape of a setting → way of asking; those of `SPECIAL` come before
    "text": "text", "line": "text", "long_text": "long_text", "whole": "whole", "figure": "figure", "flag": "flag",
    "choices": "choices", "pattern": "one", "file_types": "several", "unit": "few", "reckoning": "few", "figure_unit": "few",
    "texts": "lines", "code": "one",
}  # fmt: skip
SPECIAL = {("areas", "area_kinds"): "several", ("shown", "of"): "one"}
FIXED: dict[str, list[tuple[str, str]]] = {
    "pattern": [(pattern, name[2:].capitalize()) for pattern, name in PATTERNS.items()],
    "file_types": [(kind, kind.upper()) for kind in MEDIA_TYPES],
    "unit": options(*ADDED_UP), "reckoning": options(*RECKONINGS), "figure_unit": options(*UNITS),
}  # fmt: skip
PRESET: Facts = {"totals": True, "unit": "money", "area_kinds": ["district"], "types": ["pdf"], "reckon": "sum"}


def way_of(kind: str, name: str, shape: str) -> Way | None:
    """How a setting is asked; None for what has a place of its own (columns of tables, what figures are worked out from)."""
    if name.endswith("_pence"):
        return WAYS["pence"]
    known = SPECIAL.get((kind, name)) or SHAPED.get(shape)
    return WAYS[known] if known else None


def known_for(kind: str, name: str, shape: str, facts: Facts) -> list[tuple[str, str]]:
    """What may be chosen for a setting."""
    if (kind, name) == ("shown", "of"):
        return list(KNOWN.items())
    if (kind, name) == ("areas", "area_kinds"):
        return options("district", "ward")
    if (kind, name) == ("group", "total_of"):
        labels = {each["code"]: each["label"] for each in facts.get("settings", {}).get("columns", [])}
        return [(code, labels[code]) for code in (figure_columns(facts) if labels else [])]
    return FIXED.get(shape, [])


def field_for(kind: str, name: str, shape: str, facts: Facts) -> Field | None:
    way = way_of(kind, name, shape)
    if way is None:
        return None
    label = setting_name(kind, name)
    needed = [Filled(f"Say: {label[0].lower()}{label[1:]}")] if name in NEEDED.get(kind, ()) and shape != "flag" else []
    return way.make(label, needed, known_for(kind, name, shape, facts))

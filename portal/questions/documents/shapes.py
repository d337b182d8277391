"""What a value in a form's document must look like: a sentence says what is wrong, None that all is well."""

import re
from collections.abc import Callable
from typing import Any

from portal.core.files import MEDIA_TYPES as FILE_TYPES
from portal.core.forms import UNSEEN
from portal.core.markdown import LONGEST
from portal.questions.calculated import RECKONINGS, UNITS
from portal.questions.kinds.tables import ADDED_UP, CELLS
from portal.questions.kinds.texts import PATTERNS

CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:-]{0,59}", re.ASCII)
LINE, MOST_CHOICES, LARGEST = 500, 300, 10**12
RANGES = (("min", "max"), ("min_pence", "max_pence"), ("min_rows", "max_rows"))
Shape = Callable[[Any], str | None]


def text_of(longest: int, least: int = 0) -> Shape:
    def check(value: Any) -> str | None:
        if not isinstance(value, str):
            return "must be a text"
        if len(value) > longest:
            return f"is too long: there are {len(value):,} characters, and {longest:,} may be. Shorten it"
        if len(value.strip()) < least:
            return "must not be empty"
        has_half = any("\ud800" <= sign <= "\udfff" for sign in value)
        return "holds signs that cannot be shown. Type it anew" if has_half or UNSEEN.search(value) else None

    return check


def code(value: Any) -> str | None:
    is_code = isinstance(value, str) and CODE.fullmatch(value)
    return None if is_code else "must be a code: up to 60 letters without accents, digits, - and _, with no spaces"


def flag(value: Any) -> str | None:
    return None if isinstance(value, bool) else "must be true or false"


def figure_from(low: int) -> Shape:
    def check(value: Any) -> str | None:
        is_whole = isinstance(value, int) and not isinstance(value, bool) and low <= value <= LARGEST
        return None if value is None or is_whole else f"must be a whole number from {low:,} to {LARGEST:,}, or null"

    return check


def one_of(*known: str) -> Shape:
    def check(value: Any) -> str | None:
        return None if isinstance(value, str) and value in known else f"must be one of: {', '.join(known)}"

    return check


def list_of(shape: Shape, most: int = MOST_CHOICES) -> Shape:
    def check(value: Any) -> str | None:
        if not isinstance(value, list) or not 1 <= len(value) <= most:
            return f"must be a list of 1 to {most}"
        found = next((wrong for each in value if (wrong := shape(each))), None)
        if found is None and any(each in value[:place] for place, each in enumerate(value)):
            return "must not name anything twice"
        return f"has an entry that {found}" if found else None

    return check


def choices(value: Any) -> str | None:
    """[code, label] each."""
    if not isinstance(value, list) or not 1 <= len(value) <= MOST_CHOICES:
        return f"must be a list of 1 to {MOST_CHOICES} choices"
    for place, each in enumerate(value, start=1):
        if not isinstance(each, list) or len(each) != 2:
            return f"must have a code and a label for each choice; choice {place} has not"
        if wrong := code(each[0]):
            return f"has a choice, number {place}, whose code {wrong}"
        if wrong := text_of(LINE, 1)(each[1]):
            return f"has a choice, number {place}, whose label {wrong}"
    codes = [each[0] for each in value]
    return None if len(set(codes)) == len(codes) else "must not use one code for two choices"


def columns(value: Any) -> str | None:
    """The columns of a table."""
    if not isinstance(value, list) or not 1 <= len(value) <= 20:
        return "must be a list of 1 to 20 columns"
    for place, each in enumerate(value, start=1):
        if not isinstance(each, dict) or not {"code", "label", "kind"} <= set(each) <= {"code", "label", "kind", "settings"}:
            return f"must have code, label and kind for each column, and may have settings; column {place} has not"
        wrong = code(each["code"]) or text_of(LINE, 1)(each["label"]) or one_of(*CELLS)(each["kind"])
        if wrong or (wrong := cell_settings(each["kind"], each.get("settings", {}))):
            return f"has a column, number {place}, in which something {wrong}"
    codes = [each["code"] for each in value]
    return None if len(set(codes)) == len(codes) else "must not use one code for two columns"


def cell_settings(kind: str, settings: Any) -> str | None:
    known = CELLS[kind].settings
    if not isinstance(settings, dict) or not set(settings) <= set(known):
        return f"must be one of its settings: {', '.join(known)}"
    if kind == "select" and "choices" not in settings:
        return "must say the choices"
    return next((wrong for name, each in settings.items() if (wrong := SHAPES[known[name]](each))), upside_down(settings))


def upside_down(settings: dict[str, Any]) -> str | None:
    """A lowest that lies above its highest."""
    for low, high in RANGES:
        least, most = settings.get(low), settings.get(high)
        if isinstance(least, int) and isinstance(most, int) and least > most:
            return f"“{low}” is above “{high}”: nothing could be answered"
    return None


SHAPES: dict[str, Shape] = {
    "text": text_of(LINE),
    "line": text_of(LINE, 1),
    "note": text_of(2_000),
    "long_text": text_of(LONGEST),
    "code": code,
    "codes": list_of(code, 50),
    "texts": list_of(code, 12),
    "flag": flag,
    "whole": figure_from(0),
    "figure": figure_from(-LARGEST),
    "choices": choices,
    "columns": columns,
    "pattern": one_of(*PATTERNS),
    "file_types": list_of(one_of(*sorted(FILE_TYPES))),
    "unit": one_of(*ADDED_UP),
    "reckoning": one_of(*RECKONINGS),
    "figure_unit": one_of(*UNITS),
}

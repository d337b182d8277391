"""The types of questions and their settings in the words of officers: what each is for, and what may be laid down."""

from typing import Any

from portal.core import money
from portal.questions.documents.references import RULES_OF
from portal.questions.filling import SOURCES
from portal.questions.kinds import KINDS
from portal.questions.kinds.texts import PATTERNS
from portal.questions.published import Form

SORTS: dict[str, tuple[str, ...]] = {  # as the page that offers them puts them together
    "Words": ("short_text", "long_text"),
    "Figures and days": ("number", "money", "percentage", "date", "month"),
    "Choosing": ("yes_no", "radios", "checkboxes", "select", "declaration"),
    "People and places": (
        "email",
        "phone",
        "postcode",
        "web_address",
        "address",
        "person",
        "organisation",
        "areas",
        "bank_account",
    ),
    "The plan": ("objective", "objectives"),
    "Several things at once": ("group", "table", "grid", "file"),
    "Nothing to answer": ("guidance", "shown", "calculated"),
}
NAMES: dict[str, tuple[str, str]] = {
    "short_text": ("Short text", "One line: a name, a title, a number with letters in it"),
    "long_text": ("Long text", "A paragraph or more, with the most words it may have"),
    "number": ("Number", "A count, such as how many people will take part"),
    "money": ("Money", "An amount in pounds"),
    "percentage": ("Percentage", "A share, such as 12.5%"),
    "date": ("Date", "A day, month and year"),
    "month": ("Month", "A month and year, where the day does not matter"),
    "yes_no": ("Yes or no", "One of two answers"),
    "radios": ("One of a few", "All choices are seen at once; up to about seven"),
    "checkboxes": ("Any of a few", "Several may be ticked"),
    "select": ("One of many", "A list that is searched by typing"),
    "declaration": ("Declaration", "A sentence to agree to with one tick"),
    "email": ("E-mail address", ""),
    "phone": ("Phone number", "A number in the United Kingdom"),
    "postcode": ("Postcode", ""),
    "web_address": ("Web address", ""),
    "address": ("Address", "Five boxes, as on an envelope"),
    "person": ("Person", "Name, role, e-mail address and phone number of somebody to write to"),
    "organisation": ("Organisation that holds the money", "One of the bodies that the portal knows"),
    "areas": ("Areas", "Districts or wards"),
    "bank_account": ("Bank details", "Kept sealed and shown masked. Only those who pay can read them"),
    "objective": ("One objective", "Of the police and crime plan in force"),
    "objectives": ("Objectives", "One to three of the police and crime plan in force"),
    "group": ("Repeating lines", "The same few questions again and again, such as the lines of a budget"),
    "table": ("Table", "Rows that you name, columns of one type each, with totals"),
    "grid": ("Spending by quarter", "Rows that you name, by quarter and year, with totals"),
    "file": ("File", "A document to upload. Ask for as few as you can"),
    "guidance": ("Words between the questions", "Nothing to answer"),
    "shown": ("Something the portal knows", "Shown so that nobody types it again"),
    "calculated": ("Worked out", "A sum, a difference or a share of other answers"),
}
SETTINGS: dict[str, str] = {  # what a setting asks the officer
    "max_chars": "Most characters", "pattern": "It must look like", "pattern_hint": "What to enter, for those who got it wrong",
    "words": "Most words", "min": "Lowest", "max": "Highest", "min_pence": "Lowest amount", "max_pence": "Highest amount",
    "choices": "Choices, one on each line", "hosts": "Only bodies that may receive grants", "area_kinds": "Kinds of area",
    "text": "Text", "rows": "Rows, one on each line", "columns": "Columns", "totals": "Show totals",
    "years": "Years, one on each line",
    "unit": "What is entered", "types": "Types of file", "max_mb": "Largest file, in MB", "max_files": "Most files", "of": "What",
    "reckon": "How", "min_rows": "Fewest lines", "max_rows": "Most lines", "row_name": "What one line is called",
    "total_of": "Show the sum of",
}  # fmt: skip
MEANINGS = {  # codes among the values of settings, in words
    "sum": "The sum", "difference": "The first less the others", "share": "The first as a share of the second",
    "money": "Money", "number": "Numbers", "percentage": "Percentages", "district": "Districts", "ward": "Wards",
}  # fmt: skip
KNOWN = {"applicant": "The applicant’s name", "area": "The applicant’s area", "standing": "How the applicant stands with us"}
FACTS: dict[str, tuple[str, tuple[str, ...]]] = {  # core facts that an answer may write to, and by which types
    "title": ("The title of the bid", ("short_text",)),
    "summary": ("The summary of the bid", ("long_text", "short_text")),
    "requested_pence": ("The amount asked for", ("money",)),
    "budget": ("The lines of the budget", ("group",)),
    "measures": ("The measures that are reported on", ("group",)),
    "partners": ("Who else takes part", ("group",)),
    "crosses_boundary": ("Whether the work crosses the area’s boundary", ("yes_no",)),
    "starts_on": ("The first day of the project", ("date",)),
    "ends_on": ("The last day of the project", ("date",)),
    "accountable_body": ("The body that holds the money", ("organisation",)),
    "objectives": ("The objectives of the plan that it serves", ("group", "objectives")),
}


def setting_name(kind: str, name: str) -> str:
    special = {("checkboxes", "max"): "Most that may be ticked", ("objectives", "max"): "Most objectives",
               ("areas", "max"): "Most areas", ("declaration", "text"): "The sentence to agree to",
               ("guidance", "text"): "The words, in Markdown", ("shown", "of"): "What is shown",
               ("calculated", "of"): "From which answers", ("calculated", "unit"): "What it reads as"}  # fmt: skip
    return special.get((kind, name)) or SETTINGS.get(name, name.replace("_", " ").capitalize())


def kind_name(kind: str) -> str:
    return NAMES[kind][0] if kind in NAMES else kind.replace("_", " ").capitalize()


def offered(in_group: tuple[str, ...] = ()) -> list[tuple[str, list[tuple[str, str, str]]]]:
    """Every type by its sort: code, name, what it is for. `in_group` leaves only these."""
    sorted_ones = {kind for kinds in SORTS.values() for kind in kinds}
    sorts = SORTS | {"Others": tuple(kind for kind in KINDS if kind not in sorted_ones)}
    found = {sort: [(kind, kind_name(kind), NAMES.get(kind, ("", ""))[1]) for kind in kinds
                    if kind in KINDS and (not in_group or kind in in_group)] for sort, kinds in sorts.items()}  # fmt: skip
    return [(sort, kinds) for sort, kinds in found.items() if kinds]


def settings_told(kind: str, settings: dict[str, Any]) -> list[tuple[str, str]]:
    """The settings of its type as an officer reads them: name and value; conditions and rules are sentences elsewhere."""
    known = KINDS[kind].settings
    return [(setting_name(kind, name).removesuffix(", one on each line"), value_told(name, value))
            for name, value in settings.items() if name in known and (kind, name) != ("calculated", "of")]  # fmt: skip


def value_told(name: str, value: Any) -> str:
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if name.endswith("_pence") and isinstance(value, int):
        return money.show(value)
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, list):
        return "; ".join(entry_told(name, each) for each in value)
    return MEANINGS.get(value, KNOWN.get(value, PATTERNS.get(value, str(value))))


def entry_told(name: str, entry: Any) -> str:
    """One of several: a column, a choice with its code, or a plain value."""
    if isinstance(entry, dict):
        return str(entry["label"])
    return str(entry[1]) if isinstance(entry, list) else value_told(name, entry)


def filled_with(source: str | None) -> str:
    """What a question is filled in with beforehand; empty where it is not."""
    words = SOURCES[source].words if source in SOURCES else ""
    return words[:1].lower() + words[1:]


def is_asked(kind: str) -> bool:
    """True for what applicants answer."""
    return KINDS[kind].is_answered


def takes_figures(kind: str) -> bool:
    return bool(KINDS[kind].scale)


def has_rules(kind: str) -> bool:
    return any(kind in kinds for kinds, _ in RULES_OF.values())


def count(form: Form) -> int:
    """How many questions there are to answer."""
    return sum(1 for each in form.by_code.values() if is_asked(each.kind) or each.kind == "group")

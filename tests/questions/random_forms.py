"""Forms and answers as chance will have them, within what a document may say."""

from typing import Any

from hypothesis import strategies as st

from tests.questions.forms import COLUMNS

HOSTILE = "<script>alert(1)</script>{{ 7*7 }}{% raw %} \"'&amp; =cmd|' /C calc'!A0"
LABELS = st.sampled_from(["What will it cost?", HOSTILE, "ß", "٣", "a" * 500]) | st.text(
    st.characters(categories=("L", "N", "P")), min_size=1, max_size=40
)
ROWS = [["r1", "Row <b>one</b>"], ["r2", "Row two"]]
CHOICES = {"choices": [["a", "First"], ["b", HOSTILE]]}
SETTINGS: dict[str, Any] = {
    "radios": CHOICES, "checkboxes": CHOICES, "select": CHOICES, "declaration": {"text": HOSTILE},
    "guidance": {"text": f"# Words\n\n{HOSTILE} [x](javascript:alert(1)) ![p](//x/y.png)"}, "shown": {"of": "applicant"},
    "table": {"rows": ROWS, "columns": COLUMNS}, "grid": {"rows": ROWS, "years": ["2026-27", "2027-28"]},
    "group": {"min_rows": 1, "max_rows": 3, "columns": [
        {"code": "text", "kind": "short_text", "label": HOSTILE}, {"code": "sum", "kind": "money", "label": "How much?"}]},
}  # fmt: skip


@st.composite
def forms(draw: Any, kinds: list[str]) -> dict[str, Any]:
    """One section of a few questions, some of which wait for earlier ones."""
    questions: list[dict[str, Any]] = []
    for number in range(draw(st.integers(2, 6))):
        kind = draw(st.sampled_from(kinds))
        settings = dict(SETTINGS.get(kind, {}))
        figures = [each["code"] for each in questions if each["kind"] in ("money", "number", "grid")]
        if kind == "calculated":
            if not figures:
                kind, settings = "money", {}
            else:
                settings = {"reckon": draw(st.sampled_from(["sum", "difference"])), "of": figures}
        question = {"code": f"q{number}", "kind": kind, "label": draw(LABELS.filter(str.strip)), "settings": settings,
                    "required": draw(st.booleans()), "hint": draw(st.sampled_from(["", HOSTILE]))}  # fmt: skip
        if condition := draw(conditions(questions)):
            question["shown_when"] = condition
        questions.append(question)
    return {"format": 1, "key": "by-chance", "name": HOSTILE,
            "sections": [{"code": "only", "title": HOSTILE, "questions": questions}]}  # fmt: skip


@st.composite
def conditions(draw: Any, earlier: list[dict[str, Any]]) -> dict[str, Any] | None:
    asked = [each for each in earlier if each["kind"] not in ("group", "guidance", "shown", "file", "calculated")]
    if not asked or not draw(st.booleans()):
        return None
    tests = []
    for each in draw(st.lists(st.sampled_from(asked), min_size=1, max_size=2)):
        if "choices" in each["settings"]:
            tests.append({"question": each["code"], draw(st.sampled_from(["is", "is_not"])): ["a"]})
        else:
            tests.append({"question": each["code"], "answered": draw(st.booleans())})
    return tests[0] if len(tests) == 1 else {draw(st.sampled_from(["all", "any"])): tests}

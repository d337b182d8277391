"""Questions of several boxes that make one answer: an address, a person."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from portal.questions.around import Around
from portal.questions.kinds.texts import LONGEST_LINE, Email, Kind, Phone, Postcode, one_line
from portal.questions.models import Question

MOST_CELLS = 400


def join_cells(values: Sequence[str]) -> str:
    """Boxes of one name as one text, a line for each, empty ones too: what a box is, is told by its place."""
    cells = [one_line(value)[:LONGEST_LINE].strip() for value in values[:MOST_CELLS]]
    return "\n".join(cells) if any(cells) else ""


@dataclass(frozen=True)
class Box:
    """One box of several."""

    code: str
    label: str
    kind: Kind
    is_required: bool = True
    width: int | None = None
    autocomplete: str = ""


class Boxes(Kind):
    """Several boxes, one below the other. The value is a dictionary by the boxes' codes."""

    template = "boxes"
    first_box = "-1"
    settings: ClassVar[dict[str, str]] = {}
    boxes: ClassVar[tuple[Box, ...]]

    def join(self, values: Sequence[str]) -> str:
        return join_cells(values[: len(self.boxes)])

    def parts(self, raw: str) -> list[str]:
        return [*raw.split("\n"), *[""] * len(self.boxes)][: len(self.boxes)]

    def read(self, raw: str, question: Question, around: Around) -> dict[str, Any]:
        value: dict[str, Any] = {}
        for box, text in zip(self.boxes, self.parts(raw), strict=True):
            if text:
                value[box.code] = box.kind.read(text, PLAIN, around)
            elif box.is_required:
                raise ValueError(f"Fill in: {box.label}")
        return value

    def show(self, value: Any, question: Question, around: Around) -> str:
        return ", ".join(str(value[box.code]) for box in self.boxes if box.code in (value or {}))

    def compared(self, value: Any) -> Any:
        return {code: str(text).casefold().split() for code, text in (value or {}).items()}

    def code(self, value: Any) -> str:
        return ""


PLAIN = Question(settings={})  # a box has no settings of its own


class Address(Boxes):
    boxes = (
        Box("line_1", "Address line 1", Kind(), autocomplete="address-line1"),
        Box("line_2", "Address line 2 (optional)", Kind(), is_required=False, autocomplete="address-line2"),
        Box("town", "Town or city", Kind(), width=20, autocomplete="address-level2"),
        Box("county", "County (optional)", Kind(), is_required=False, width=20),
        Box("postcode", "Postcode", Postcode(), width=10, autocomplete="postal-code"),
    )


class PersonNamed(Boxes):
    """Somebody to write to. Nothing is looked up: they need no account."""

    boxes = (
        Box("name", "Full name", Kind()),
        Box("role", "Job or role (optional)", Kind(), is_required=False),
        Box("email", "E-mail address", Email()),
        Box("phone", "Phone number (optional)", Phone(), is_required=False, width=20),
    )

"""One question as it stands: what was answered, how it reads, what is wrong with it."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from portal.questions import figures
from portal.questions.calculated import figure_of, unit_of
from portal.questions.conditions import holds
from portal.questions.kinds import KINDS, Kind, OneOf, kind_of
from portal.questions.models import Answer, Question
from portal.questions.rules import broken_rule

if TYPE_CHECKING:
    from portal.questions.sheet import Sheet


@dataclass(frozen=True)
class Stand:
    """How an answer stood in the transaction that saved it, for the page to tell without reading it all again."""

    key: str
    row: int
    raw: str
    edition: int
    saved_at: datetime | None
    saved_by_id: int | None
    warning: str | None
    totals: list[figures.Total]  # of the group in which this answer stands
    sums: dict[str, str]  # below its own table, by their places
    figures: list[figures.Figure]  # on the same page, worked out from it


@dataclass
class Item:
    """One question as it stands: in a group, one cell of one row."""

    question: Question
    row: int
    answers: list[Answer]
    sheet: "Sheet" = field(repr=False)

    @property
    def key(self) -> str:
        """What names it in a page and in a form: `17`, or `17-2` in the second row of a group."""
        return f"{self.question.id}-{self.row}" if self.row else str(self.question.id)

    @property
    def field_id(self) -> str:
        """Where an error leads: the first thing to type in."""
        return f"field-{self.key}{self.kind.first_box}"

    @property
    def label(self) -> str:
        """The question as a page asks it."""
        question = self.question
        number = f"{question.number}. " if question.number else ""
        return f"{number}{question.label}{'' if self.is_required or not self.kind.is_answered else ' (optional)'}"

    @property
    def kind(self) -> Kind:
        return kind_of(self.question)

    @property
    def answer(self) -> Answer | None:
        return self.answers[0] if self.answers else None

    @property
    def raw(self) -> str:
        return self.answer.raw if self.answer else ""

    @property
    def value(self) -> Any:
        if self.question.kind == "calculated":
            return figure_of(self.question, self.sheet)
        return self.answer.value if self.answer else None

    @property
    def edition(self) -> int:
        return self.answer.edition if self.answer else 0

    @property
    def saved_at(self) -> datetime | None:
        return self.answer.saved_at if self.answer else None

    @property
    def saved_by_id(self) -> int | None:
        return self.answer.saved_by_id if self.answer else None

    @property
    def filled_from(self) -> str | None:
        """Whence it was filled in beforehand, as long as nobody has changed it."""
        return self.answer.filled_from if self.answer else None

    @property
    def savers(self) -> set[int]:
        return {answer.saved_by_id for answer in self.answers}

    @property
    def words(self) -> int | None:
        """The most words that the answer may have."""
        return self.question.settings.get("words")

    @property
    def stand(self) -> Stand:
        return Stand(
            self.key, self.row, self.raw, self.edition, self.saved_at, self.saved_by_id, self.warning,
            figures.totals_after(self), self.sums, self.figures,
        )  # fmt: skip

    @property
    def total(self) -> figures.Total | None:
        """Of a group: what its lines come to."""
        return figures.total_of(self.sheet, self.question)

    @property
    def sums(self) -> dict[str, str]:
        """Of a table: the totals below it, by the places where they stand."""
        return figures.sums_of(self)

    @property
    def figure(self) -> figures.Figure:
        """Of a figure that is worked out: as it is read, and as conditions compare it."""
        return figures.figure_of(self)

    @property
    def figures(self) -> list[figures.Figure]:
        """Those on the same page that are worked out from this answer."""
        return figures.figures_after(self)

    @property
    def shown(self) -> str:
        """The answer as people read it; what does not parse is shown as it was typed."""
        if self.question.kind == "shown":
            return self.sheet.around.facts.get(self.question.settings.get("of", ""), "")
        if self.question.kind == "file":
            return ", ".join(answer.raw for answer in self.answers)
        if self.question.kind == "calculated":
            return KINDS[unit_of(self.question)].show(self.value, self.question, self.sheet.around)
        return self.kind.veil(self.raw) if self.value is None else self.kind.show(self.value, self.question, self.sheet.around)

    def show(self, raw: str) -> str:
        """Another text, as it would read here."""
        try:
            return self.kind.show(self.kind.read(raw, self.question, self.sheet.around), self.question, self.sheet.around)
        except ValueError:
            return self.kind.veil(raw)

    @property
    def choices(self) -> list[tuple[str, str]]:
        """What may be chosen."""
        return self.kind.options(self.question, self.sheet.around) if isinstance(self.kind, OneOf) else []

    @property
    def warning(self) -> str | None:
        """What is wrong with what was typed; None for an empty answer, which is only missing."""
        if not (raw := self.raw) or self.question.kind == "file":
            return None
        if self.is_in_removed_line:
            return "This line has been removed, so it does not count. Load the page again to undo that."
        try:
            self.kind.read(raw, self.question, self.sheet.around)
        except ValueError as error:
            return str(error)
        return broken_rule(self, self.sheet)

    @property
    def is_in_removed_line(self) -> bool:
        return self.row in self.sheet.removed.get(self.question.group_id or 0, {})

    @property
    def is_required(self) -> bool:
        """Always, or when earlier answers call for it."""
        wish = self.question.settings.get("required_when")
        return self.question.is_required or bool(wish and holds(wish, self.sheet.value))

    @property
    def is_missing(self) -> bool:
        return self.kind.is_answered and self.is_required and not self.raw

    @property
    def fault(self) -> str | None:
        """The same, told beside the question itself."""
        return "Answer this question" if self.is_missing else self.warning

    @property
    def problem(self) -> str | None:
        """What keeps the form from being handed in."""
        if self.is_missing:
            return f"Answer: {self.question.label}"
        label, warning = self.question.label, self.warning
        return warning and f"{label}{'' if label.endswith('?') else ':'} {warning}"

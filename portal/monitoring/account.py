"""The figures of a return as pages show them: each with where it came from, where it should be, and what is wrong with it."""

from collections.abc import Sequence
from dataclasses import dataclass

from portal.core import money
from portal.core.forms import read_whole
from portal.monitoring import figures, lists
from portal.monitoring.models import LineSpend, MeasureReading, Return
from portal.plan.models import Rag


@dataclass(frozen=True)
class MeasureRow:
    """One measure: from its baseline towards its target."""

    reading: MeasureReading
    before: int | None  # what the return before said
    elapsed_percent: int

    @property
    def key(self) -> int:
        return self.reading.measure_id

    @property
    def way_percent(self) -> int | None:
        """How much of the whole way lies behind; more than 100 where the target was passed."""
        measure = self.reading.measure
        if self.reading.achieved is None:
            return None
        return figures.path_share(measure.baseline, measure.target, self.reading.achieved, 100)

    @property
    def suggested(self) -> Rag:
        measure, achieved = self.reading.measure, self.reading.achieved
        reached = [] if achieved is None else [(measure.baseline, measure.target, achieved)]
        return figures.delivery_rag(reached, self.elapsed_percent)

    @property
    def warning(self) -> str | None:
        """What is wrong with what was typed."""
        return sentence_of(read_whole, self.reading.typed)

    @property
    def problem(self) -> str | None:
        """What keeps the return from being sent."""
        name = self.reading.measure.name
        return told(name, self.warning) if self.reading.typed else f"Enter how far this has come: {name}"


@dataclass(frozen=True)
class LineRow:
    """One budget line: from what was agreed to what was spent."""

    spend: LineSpend
    before_pence: int
    elapsed_percent: int

    @property
    def key(self) -> int:
        return self.spend.line_id

    @property
    def agreed_pence(self) -> int:
        return self.spend.line.pence

    @property
    def planned_pence(self) -> int:
        """What should be spent by the end of the period, if it went evenly."""
        return self.agreed_pence * self.elapsed_percent // 100

    @property
    def left_pence(self) -> int | None:
        return None if self.spend.spent_pence is None else self.agreed_pence - self.spend.spent_pence

    @property
    def warning(self) -> str | None:
        spent = self.spend.spent_pence
        if spent is None:
            return sentence_of(money.parse, self.spend.typed)
        if spent < self.before_pence:
            return f"You reported {money.show(self.before_pence)} before: enter that or more, counted from the start"
        return None

    @property
    def comment_problem(self) -> str | None:
        if (self.spend.spent_pence or 0) > self.agreed_pence and not self.spend.comment:
            return f"Say why more was spent than agreed: {self.spend.line.description}"
        return None

    @property
    def problem(self) -> str | None:
        name = self.spend.line.description
        return told(name, self.warning) if self.spend.typed else f"Enter what was spent: {name}"


@dataclass(frozen=True)
class Account:
    """All figures of a return, with their totals and what they suggest."""

    return_: Return
    measures: Sequence[MeasureRow]
    lines: Sequence[LineRow]
    elapsed_percent: int

    @property
    def agreed_pence(self) -> int:
        return sum(row.agreed_pence for row in self.lines)

    @property
    def before_pence(self) -> int:
        return sum(row.before_pence for row in self.lines)

    @property
    def spent_pence(self) -> int:
        return lists.spent(self.return_)

    @property
    def planned_pence(self) -> int:
        return self.return_.award.pence * self.elapsed_percent // 100

    @property
    def variance_pence(self) -> int:
        return self.spent_pence - self.planned_pence

    @property
    def variance_percent(self) -> int:
        return figures.share(self.variance_pence, self.planned_pence) if self.planned_pence else 0

    @property
    def suggested_delivery(self) -> Rag:
        reached = [(row.reading.measure.baseline, row.reading.measure.target, row.reading.achieved)
                   for row in self.measures if row.reading.achieved is not None]  # fmt: skip
        return figures.delivery_rag(reached, self.elapsed_percent)

    @property
    def suggested_spend(self) -> Rag:
        return figures.spend_rag(self.spent_pence, self.planned_pence)

    @property
    def has_warnings(self) -> bool:
        """True when something that was typed is wrong, whatever may still be missing."""
        of_lines = any(row.warning or row.comment_problem for row in self.lines)
        return of_lines or any(row.warning for row in self.measures)

    @property
    def is_begun(self) -> bool:
        return self.return_.figures_edition > 0

    def problems(self) -> list[tuple[str, str]]:
        """What is missing or contradicts itself, with the field it is about."""
        found = [(row.problem, f"measure-{row.key}") for row in self.measures]
        for line in self.lines:
            found += [(line.problem, f"line-{line.key}"), (line.comment_problem, f"about-line-{line.key}")]
        return [(sentence, place) for sentence, place in found if sentence] + self.wrong_ratings()

    def wrong_ratings(self) -> list[tuple[str, str]]:
        return_ = self.return_
        wanted = (
            (return_.delivery_rag, "Choose red, amber or green for delivery", "delivery_rag"),
            (return_.spend_rag, "Choose red, amber or green for spending", "spend_rag"),
            (return_.rag_reason, "Give the reason for your readings", "rag_reason"),
        )
        return [(sentence, place) for value, sentence, place in wanted if not value]


def account_of(return_: Return) -> Account:
    before = lists.earlier(return_)
    reached = {each.measure_id: each.achieved for each in before.measures} if before else {}
    spent = {each.line_id: each.spent_pence or 0 for each in before.spending} if before else {}
    elapsed = lists.elapsed_percent(return_)
    return Account(
        return_=return_,
        measures=[MeasureRow(each, reached.get(each.measure_id), elapsed) for each in return_.measures],
        lines=[LineRow(each, spent.get(each.line_id, 0), elapsed) for each in return_.spending],
        elapsed_percent=elapsed,
    )


def sentence_of(read: object, typed: str) -> str | None:
    """Why this text cannot be read; None when it can, or is empty."""
    if not typed:
        return None
    try:
        read(typed)  # type: ignore[operator]
    except ValueError as error:
        return str(error)
    return None


def told(name: str, warning: str | None) -> str | None:
    """A warning away from its field says which it is about."""
    return f"{name}: {warning[0].lower()}{warning[1:]}" if warning else None


def missing_from(return_: Return) -> list[tuple[str, str]]:
    """What keeps a return from being sent: each sentence with the address of the place."""
    sheet, address = lists.sheet_of(return_), f"/returns/{return_.ref}"
    found = [
        (sentence, f"{address}/sections/{section.code}?check=yes#question-{item.key}")
        for section in sheet.sections
        for item, sentence in sheet.problems(section)
    ]
    found += [(sentence, f"{address}/figures?check=yes#{place}") for sentence, place in account_of(return_).problems()]
    asked = [query for query in return_.queries if query.is_open]
    return found + [
        (f"Answer the office's question about {query.about.lower()}", f"{address}#query-{query.id}") for query in asked
    ]

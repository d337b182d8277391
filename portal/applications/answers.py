"""Every answer of a round's bids as a spreadsheet: a column a question, with the codes of what was chosen beside the words.

It holds what was handed in, and never what somebody is writing. Answers that are personal are left out unless they are asked for.
"""

import csv
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from io import StringIO
from typing import Any

from flask import Response, current_app, stream_with_context
from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session

from portal.applications.models import Application, Snapshot
from portal.applications.policy import visible_to
from portal.core.db import db
from portal.core.exports import Pounds, as_cell, attachment, workbook
from portal.funds.models import Round
from portal.people.models import Organisation, User
from portal.questions.frozen import kind_read_as
from portal.questions.kinds import OneOf, kind_of
from portal.questions.models import AnswerSet, Question
from portal.questions.published import form_of

Rows = Iterator[Sequence[Any]]
BATCH = 100  # bids in memory at once
FIRST = ["Reference", "Applicant", "Stage", "Handed in", "Time"]
NAME_OF_A_CODE = "{} (code)"


@dataclass(frozen=True)
class Column:
    """One question, whichever version of the form asked it."""

    code: str
    label: str
    kind: str
    reads_as: str
    has_code: bool
    columns: tuple["Column", ...] = ()  # of a group

    @property
    def labels(self) -> list[str]:
        return [self.label, NAME_OF_A_CODE.format(self.label)] if self.has_code else [self.label]


class RoundAnswers:
    """The bids of a round that this person may see."""

    def __init__(self, round_: Round, user: User, *, personal: bool) -> None:
        self.round_id, self.personal = round_.id, personal
        self.bids = visible_to(user).where(Application.round_id == round_.id, Application.submitted_at.is_not(None))
        self.columns = self.columns_of(round_)

    def columns_of(self, round_: Round) -> list[Column]:
        """The questions of every version that the bids were written on; what several ask is one column."""
        used = self.bids.join(Application.answer_set).with_only_columns(AnswerSet.version_id).distinct()
        versions = set(db.session.scalars(used)) | ({round_.question_version_id} if round_.question_version_id else set())
        found: dict[str, Column] = {}
        for version_id in sorted(versions, reverse=True):
            form = form_of(version_id)
            for section in form.sections:
                for question in section.questions:
                    if question.group_id is None and self.is_told(question):
                        found.setdefault(question.code, self.column(question, form.columns.get(question.id, [])))
        return list(found.values())

    def is_told(self, question: Question) -> bool:
        return kind_of(question).is_told and (self.personal or not question.is_personal)

    def column(self, question: Question, inside: Sequence[Question] = ()) -> Column:
        number = f"{question.number}. " if question.number else ""
        return Column(
            question.code, f"{number}{question.label}", question.kind, kind_read_as(question),
            isinstance(kind_of(question), OneOf), tuple(self.column(each) for each in inside if self.is_told(each)),
        )  # fmt: skip

    # Rows

    def snapshots(self, session: Session) -> Iterator[Row[Any]]:
        """Each bid with what was handed in last, some at a time."""
        last = select(func.max(Snapshot.id)).where(Snapshot.application_id == Application.id).correlate(Application)
        found = (
            self.bids.join(Application.organisation)
            .join(Snapshot, Snapshot.id == last.scalar_subquery())
            .with_only_columns(Application.id, Application.ref, Organisation.name, Application.stage, Snapshot.taken_at,
                               Snapshot.number, Snapshot.content)
            .order_by(Application.id)
            .limit(BATCH)
        )  # fmt: skip
        after = 0
        while rows := session.execute(found.where(Application.id > after)).all():
            yield from rows
            after = rows[-1].id

    def rows(self, session: Session) -> Iterator[list[Any]]:
        for bid in self.snapshots(session):
            said = {item["code"]: item for section in bid.content for item in section["items"]}
            row = [bid.ref, bid.name, bid.stage.label, bid.taken_at, bid.number]
            for column in self.columns:
                row += cells_of(column, said.get(column.code))
            yield row

    def lines(self, session: Session, group: Column) -> Iterator[list[Any]]:
        """The lines of one group, each with the reference of its bid."""
        for bid in self.snapshots(session):
            for section in bid.content:
                for item in section["items"]:
                    if item["code"] == group.code and "rows" in item:
                        yield from ([bid.ref, number, *line] for number, line in enumerate(lines_of(group, item), 1))

    # Files

    @property
    def headings(self) -> list[str]:
        return [*FIRST, *(label for column in self.columns for label in column.labels)]

    def as_csv(self, name: str) -> Response:
        def text() -> Iterator[str]:
            buffer = StringIO()
            writer = csv.writer(buffer)
            buffer.write("\ufeff")  # so that spreadsheets read it as UTF-8
            writer.writerow(map(as_cell, self.headings))
            with Session(db.engine) as session:
                for row in self.rows(session):
                    writer.writerow(map(as_cell, row))
                    if buffer.tell() > 100_000:
                        yield buffer.getvalue()
                        buffer.seek(0)
                        buffer.truncate()
            yield buffer.getvalue()

        return Response(stream_with_context(text()), mimetype="text/csv", headers=attachment(name))

    def workbook(self, follow: Callable[[Rows], Rows] = lambda rows: rows) -> bytes:
        """The bids, and a sheet for each group with its lines."""
        with Session(db.engine) as session:
            sheets: dict[str, tuple[list[str], Rows]] = {"Applications": (self.headings, follow(self.rows(session)))}
            for number, group in enumerate((each for each in self.columns if each.columns), 1):
                labels = ["Reference", "Line", *(label for column in group.columns for label in column.labels)]
                sheets[f"{number} {group.label}"] = (labels, self.lines(session, group))
            return workbook(sheets)

    def count_up_to(self, most: int) -> int:
        found = self.bids.with_only_columns(Application.id).limit(most).subquery()
        return db.session.scalar(select(func.count()).select_from(found)) or 0

    @property
    def is_too_long(self) -> bool:
        """True where a workbook of it is the worker's business, not a request's."""
        most: int = current_app.extensions["settings"].xlsx_rows_at_once
        return self.count_up_to(most + 1) > most


def cells_of(column: Column, item: dict[str, Any] | None) -> list[Any]:
    """The answer, and its code where it was chosen; empty where the bid was not asked."""
    if item is None:
        return [None] * len(column.labels)
    if "rows" in item:
        return ["\n".join(told_line(column, item["columns"], line) for line in item["rows"] if any(line))]
    if "files" in item:
        return [", ".join(name for _, name in item["files"])]
    return plain(column, item.get("shown", ""), item.get("value"))


def told_line(group: Column, labels: list[str], line: list[str]) -> str:
    """A line of a group in one cell, without what is not to be told."""
    told = {column.label for column in group.columns}
    return "; ".join(f"{label}: {cell}" for label, cell in zip(labels, line, strict=False) if cell and label in told)


def lines_of(group: Column, item: dict[str, Any]) -> Iterator[list[Any]]:
    """The lines of a group, cell by cell. One that was kept before figures stood beside the words has the words alone."""
    places = {label: place for place, label in enumerate(item["columns"])}
    for number, line in enumerate(item["rows"]):
        values = item["values"][number] if "values" in item else [None] * len(line)
        cells: list[Any] = []
        for column in group.columns:
            place = places.get(column.label)
            cells += [None] * len(column.labels) if place is None else plain(column, line[place], values[place])
        yield cells


def plain(column: Column, shown: str, value: Any) -> list[Any]:
    """A figure as a number, a day as a day, anything else as it reads; then the code."""
    if column.has_code:
        return [shown, value]
    if isinstance(value, int):
        return [{"money": Pounds(value), "percentage": value / 100}.get(column.reads_as, value)]
    if isinstance(value, str) and column.reads_as == "date":
        return [date.fromisoformat(value)]
    return [shown]

"""What is read of a bid: always as it was handed in, and by assessors without what is personal."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from portal.applications.lists import latest_snapshot
from portal.applications.models import Application, Snapshot
from portal.assessment.models import Assignment
from portal.core.db import db
from portal.funds.models import Criterion
from portal.questions.models import Question
from portal.questions.published import form_of, sections_of

Content = list[dict[str, Any]]
NAME = "name"  # the column of the form's partners that says who takes part


def content_for_office(application: Application) -> Content:
    """Everything, as it was handed in last."""
    snapshot = latest_snapshot(application)
    return snapshot.content if snapshot else []


def content_for_assessors(application: Application) -> Content:
    """The answers that assessors are shown: none that is personal, and no personal column of a group."""
    columns = columns_of(application)
    sections = []
    for section in content_for_office(application):
        items = [without_personal(item, columns) for item in section["items"] if item["assessors"] and not item["personal"]]
        if items:
            sections.append(section | {"items": items})
    return sections


def changed_since(assignment: Assignment) -> datetime | None:
    """When the bid was handed in again, if that was after this person's last score."""
    taken_at = db.session.scalar(select(func.max(Snapshot.taken_at)).where(Snapshot.application_id == assignment.application_id))
    last = max((score.saved_at for score in assignment.scores), default=None)
    return taken_at if taken_at and last and taken_at > last else None


def columns_of(application: Application) -> dict[int, list[Question]]:
    """The columns of each group of the bid's form, in order. A form's version never changes, so they fit the snapshot."""
    columns: dict[int, list[Question]] = {}
    for section in sections_of(application.answer_set.version_id):
        for question in section.questions:
            if question.group_id is not None:
                columns.setdefault(question.group_id, []).append(question)
    return columns


def without_personal(item: dict[str, Any], columns: dict[int, list[Question]]) -> dict[str, Any]:
    if item["kind"] != "group":
        return item
    shown = [place for place, column in enumerate(columns[item["question"]]) if not column.is_personal]
    return item | {
        "columns": [item["columns"][place] for place in shown],
        "rows": [[row[place] for place in shown] for row in item["rows"]],
    }


def partners_of(application: Application) -> list[str]:
    """The names of those who take part, and nothing else of what the bid says."""
    asked = form_of(application.answer_set.version_id).writers.get("partners")
    if asked is None or asked.kind != "group":
        return []
    codes = [column.code for column in columns_of(application)[asked.id]]
    rows = [
        row for section in content_for_office(application) for item in section["items"] if item["question"] == asked.id
        for row in item["rows"]
    ]  # fmt: skip
    return [row[codes.index(NAME)] for row in rows] if NAME in codes else []


@dataclass(frozen=True)
class Part:
    """A criterion with the answers that belong to it."""

    criterion: Criterion
    items: list[dict[str, Any]]


def by_criterion(content: Content, criteria: Sequence[Criterion]) -> tuple[list[Part], Content]:
    """The answers under the criteria they are scored under, and the sections that are left."""
    items = {item["code"]: item for section in content for item in section["items"]}
    parts = [Part(each, [items[code] for code in each.question_codes if code in items]) for each in criteria]
    used = {item["code"] for part in parts for item in part.items}
    rest = [section | {"items": [item for item in section["items"] if item["code"] not in used]} for section in content]
    return parts, [section for section in rest if section["items"]]

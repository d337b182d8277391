"""The world that is broken: reference data, cast, and many complete drafts, each person with some of their own."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import flask_migrate
from flask import Flask
from sqlalchemy import insert, inspect, select

from portal.applications.models import Application, ApplicationObjective
from portal.core.db import Base, db, write
from portal.demonstration import acts, reference
from portal.demonstration.cast import ADA, CLEO, FINN, HAL, ISLA, NINA, SAM
from portal.questions.models import Answer, AnswerSet, GroupRow
from portal.questions.published import sections_of
from tests.bench.worlds import KEYS, portal_with, signed_in

LEADS = (ADA, CLEO, ISLA, HAL, NINA, SAM)
ASKED = "problem"  # the section in which everybody writes


@dataclass(frozen=True)
class Seat:
    """A browser in which somebody is signed in, the bids that it has yet to work on, and the questions it answers."""

    headers: dict[str, str]
    bids: list[str]
    questions: list[int]


def environment(folder: Path, url: str, **more: str) -> dict[str, str]:
    names = {"PORTAL_PROFILE": "demonstration", "PORTAL_INSTANCE": str(folder / "instance"), "PORTAL_DATABASE_URL": url}
    return KEYS | names | {f"PORTAL_{name.upper()}": setting for name, setting in more.items()}


def fill(settings: dict[str, str], browsers: int, bids: int) -> tuple[list[Seat], dict[str, str]]:
    """Make the tables, the cast, and so many drafts for each of so many browsers; and the headers of a finance officer."""
    app = portal_with(settings)
    with app.app_context():
        flask_migrate.upgrade()
        reference.load_reference()
        clerk = signed_in(app, FINN)
        return seats(app, browsers, bids), clerk


def seats(app: Flask, browsers: int, bids: int) -> list[Seat]:
    people = LEADS[: min(browsers, len(LEADS))]
    drafts = [acts.a_complete_draft(each) for each in people]
    made = []
    for number in range(browsers):
        person, draft = people[number % len(people)], drafts[number % len(people)]
        questions = [
            question.id
            for section in sections_of(draft.answer_set.version_id)
            for question in section.questions
            if section.code == ASKED and question.kind in ("short_text", "long_text") and question.group_id is None
        ]
        refs = write(copies, draft, f"F{number:02}", bids)
        made.append(Seat(signed_in(app, person), refs, questions))
    db.session.remove()
    db.engine.dispose()
    return made


def copies(draft: Application, code: str, count: int) -> list[str]:
    """The references of so many drafts that say what this one says."""
    refs = [f"{code}-{number:04}" for number in range(count)]
    answers = rows(Answer, Answer.answer_set_id == draft.answer_set_id)
    lines = rows(GroupRow, GroupRow.answer_set_id == draft.answer_set_id)
    served = rows(ApplicationObjective, ApplicationObjective.application_id == draft.id)
    bid = rows(Application, Application.id == draft.id)[0]
    for ref in refs:
        answer_set = AnswerSet(version_id=draft.answer_set.version_id)
        db.session.add(answer_set)
        db.session.flush()
        new = Application(**bid | {"ref": ref, "answer_set_id": answer_set.id})
        db.session.add(new)
        db.session.flush()
        for table, found, owner in (
            (Answer, answers, {"answer_set_id": answer_set.id}),
            (GroupRow, lines, {"answer_set_id": answer_set.id}),
            (ApplicationObjective, served, {"application_id": new.id}),
        ):
            if found:
                db.session.execute(insert(table), [row | owner for row in found])
    return refs


def rows(table: type[Base], condition: Any) -> list[dict[str, Any]]:
    columns = [column.key for column in inspect(table).column_attrs if column.key != "id"]
    return [{name: getattr(row, name) for name in columns} for row in db.session.scalars(select(table).where(condition))]

"""Filling in the form of a bid as a browser does: by the questions' codes."""

from typing import Any

from sqlalchemy import select

from portal.applications.lists import sheet_of
from portal.applications.models import Application
from portal.core.db import db
from portal.questions.models import Question

HTMX = {"HX-Request": "true", "HX-Target": "lines"}


def question(bid: Application, code: str, column: str = "") -> Question:
    """A question of the bid's form; with `column`, a column of that group."""
    sheet = sheet_of(bid)
    asked = sheet.by_code[code]
    return next(each for each in sheet.columns[asked.id] if each.code == column) if column else asked


def key(bid: Application, code: str, column: str = "", row: int = 0) -> str:
    asked = question(bid, code, column)
    return f"{asked.id}-{row}" if row else str(asked.id)


def item(bid: Application, code: str, column: str = "", row: int = 0) -> Any:
    """The answer as it stands now."""
    db.session.rollback()
    return sheet_of(bid).item(question(bid, code, column), row)


def answer_url(bid: Application, code: str, column: str = "", row: int = 0) -> str:
    return f"/applications/{bid.ref}/answers/{question(bid, code, column).id}/{row}"


def section_url(bid: Application, code: str) -> str:
    return f"/applications/{bid.ref}/sections/{code}"


def typed(bid: Application, code: str, text: Any, column: str = "", row: int = 0, edition: int | None = None) -> dict[str, Any]:
    """What a page sends for one question: the text, over the edition that stands there (or over another one)."""
    name = key(bid, code, column, row)
    shown = item(bid, code, column, row).edition if edition is None else edition
    return {f"answer-{name}": text, f"edition-{name}": str(shown)}


def autosave(
    client: Any, bid: Application, code: str, text: Any, column: str = "", row: int = 0, edition: int | None = None
) -> Any:
    """Save one answer as htmx does."""
    name = key(bid, code, column, row)
    headers = HTMX | {"HX-Target": f"answer-{name}"}
    return client.post(answer_url(bid, code, column, row), data=typed(bid, code, text, column, row, edition), headers=headers)


def reload(bid: Application) -> Application:
    db.session.rollback()
    return db.session.scalars(select(Application).where(Application.ref == bid.ref)).one()

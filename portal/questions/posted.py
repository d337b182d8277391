"""What a form posted under its questions' names, and the addresses under which a blueprint takes answers."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import url_for
from werkzeug.datastructures import FileStorage, MultiDict

from portal.core.files import Kept, display_name, keep
from portal.core.problems import NotFound, Refused, Unavailable
from portal.questions.item import Item
from portal.questions.models import Question

FILE = re.compile(r"file-(\d{1,9})", re.ASCII)
MARK = re.compile(r"edition-(\d{1,9})(?:-(\d{1,6}))?", re.ASCII)
Posted = tuple[list[str], int]  # what was typed, and the edition that the page showed
Answers = dict[tuple[int, int], Posted]


def read_answers(form: MultiDict[str, str]) -> Answers:
    """Every answer that the form holds. The hidden edition says that a question was on the page: an unticked box sends nothing.

    Hidden questions come too, as a colleague may have hidden what one was typing in; not those where the person has
    chosen a colleague's text.
    """
    found: Answers = {}
    for name in form:
        if mark := MARK.fullmatch(name):
            question_id, row = int(mark[1]), int(mark[2] or 0)
            if not gives_way(form, question_id, row):
                found[question_id, row] = read_one(form, question_id, row)
    return found


def read_one(form: MultiDict[str, str], question_id: int, row: int) -> Posted:
    """What was typed in answer to one question, and over which edition; `keep-…` says that the newer one was seen too."""
    key = key_of(question_id, row)
    return form.getlist(f"answer-{key}"), as_number(form.get(f"keep-{key}") or form.get(f"edition-{key}"))


def gives_way(form: MultiDict[str, str], question_id: int, row: int) -> bool:
    """True when the person has chosen a colleague's text over their own."""
    return f"take-{key_of(question_id, row)}" in form


def key_of(question_id: int, row: int) -> str:
    return f"{question_id}-{row}" if row else str(question_id)


def as_number(text: str | None) -> int:
    """An edition as it was sent; what is not one counts as never seen, so that it cannot overwrite anything unseen."""
    return int(text) if text and re.fullmatch(r"\d{1,9}", text, re.ASCII) else 0


@dataclass
class Uploads:
    """Files that came with a form: stored ones, by question, and the sentences for those that were refused."""

    kept: list[tuple[int, Kept]]
    refused: dict[str, str]  # by the question's key


def read_uploads(files: MultiDict[str, FileStorage], find: Callable[[int], Question]) -> Uploads:
    """Check and store what was chosen. Slow, so it happens before the transaction.

    What cannot be kept stops nothing: the rest of the page is saved, and the page says which file to choose again.
    """
    found = Uploads([], {})
    for name, upload in files.items(multi=True):
        if (mark := FILE.fullmatch(name)) and upload.filename:
            try:
                settings = settings_of(find(int(mark[1])))
                kept = keep(upload, settings.get("types", ["pdf"]), settings.get("max_mb", 5))
                found.kept.append((int(mark[1]), kept))
            except (Refused, Unavailable, NotFound) as problem:
                found.refused[mark[1]] = f"{display_name(upload.filename)} was not kept. {problem}"
    return found


def settings_of(question: Question) -> dict[str, Any]:
    """What is laid down for its files."""
    if question.kind != "file":
        raise NotFound("This question takes no files.")
    return question.settings


class Urls:
    """Where the answers of one form are posted: the same six views under each blueprint that takes answers."""

    def __init__(self, blueprint: str, **where: Any) -> None:
        self.blueprint, self.where = blueprint, where

    def _to(self, view: str, **values: Any) -> str:
        return url_for(f"{self.blueprint}.{view}", **self.where, **values)

    def answer(self, item: Item) -> str:
        return self._to("answer", question_id=item.question.id, row=item.row)

    def add_line(self, group: Question) -> str:
        return self._to("add_line", group_id=group.id)

    def remove_line(self, group: Question, row: int) -> str:
        return self._to("remove_line", group_id=group.id, row=row)

    def restore_line(self, group: Question, row: int) -> str:
        return self._to("restore_line", group_id=group.id, row=row)

    def attach(self, item: Item) -> str:
        return self._to("attach", question_id=item.question.id)

    def detach(self, item: Item, row: int) -> str:
        return self._to("detach", question_id=item.question.id, row=row)

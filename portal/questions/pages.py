"""Keeping a page of answers, with what its button says besides: for whoever owns a form, a bid or a return."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from portal.core.files import Kept
from portal.core.problems import NotNow
from portal.questions import actions
from portal.questions.actions import Overtaken
from portal.questions.models import Question
from portal.questions.sheet import Sheet

Place = tuple[int, int]  # question and row
Answers = Mapping[Place, tuple[Sequence[str], int | None]]  # what was typed, over which edition
Find = Callable[[int], Question]  # the question of this id, if it may be answered now; else it raises


@dataclass(frozen=True)
class Page:
    """What a page sent: answers, and files that were checked and stored already."""

    answers: Answers = field(default_factory=dict)
    files: Sequence[tuple[int, Kept]] = ()


@dataclass
class Saved:
    """What became of a page."""

    overtaken: dict[str, Overtaken]  # by the question's key: a colleague was faster
    revealed: list[str]  # the keys of questions that these answers have brought up
    refused: dict[str, str] = field(default_factory=dict)  # by the question's key: why there can be no more lines or files
    line: int = 0  # the line that was added
    changed: list[Question] = field(default_factory=list)  # what was answered, in the order it was

    def refuse(self, question_id: int, sentence: str) -> "Saved":
        """Tell beside a question what could not be done there; the rest is saved."""
        self.refused[str(question_id)] = sentence
        return self


def keep_page(sheet: Sheet, page: Page, find: Find, *, by: Any) -> Saved:
    """Keep every answer for itself, so that what a colleague changed does not hold up the rest; then the files."""
    questions = {place: find(place[0]) for place in page.answers}
    editions = {place: sheet.item(question, place[1]).edition for place, question in questions.items()}
    shown = {question.id for question in sheet.by_code.values() if sheet.is_shown(question)}
    overtaken = actions.save_all(sheet, page.answers, by=by)
    revealed = [question for question in sheet.by_code.values() if question.id not in shown and sheet.is_shown(question)]
    saved = Saved(
        {each.item.key: each for each in overtaken}, [str(each.id) for each in revealed if not sheet.item(each).answers]
    )
    saved.changed = [
        question for place, question in questions.items() if sheet.item(question, place[1]).edition != editions[place]
    ]
    for question_id, kept in page.files:
        question = find(question_id)
        with telling(saved, question):
            actions.attach(sheet, question, kept, by=by)
    return saved


def press(
    sheet: Sheet, question_id: int, page: Page, verb: Callable[[Sheet, Question], Any], find: Find, *, by: Any
) -> Saved:  # fmt: skip
    """Keep the page on which a button was pressed, then do what the button says to its question."""
    saved = keep_page(sheet, page, find, by=by)
    question = find(question_id)
    with telling(saved, question):
        done = verb(sheet, question)
        saved.line = done if isinstance(done, int) else 0
    return saved


@contextmanager
def telling(saved: Saved, question: Question) -> Iterator[None]:
    """A line or file too many is told; what was typed beside it is kept all the same."""
    try:
        yield
        saved.changed.append(question)
    except NotNow as problem:
        saved.refused[str(question.id)] = str(problem)

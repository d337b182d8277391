"""Keeping a page of answers, with what its button says besides: for whoever owns a form, a bid or a return."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from portal.core.files import Kept
from portal.core.problems import NotNow
from portal.questions import actions
from portal.questions.actions import Overtaken
from portal.questions.carried import NoLongerAsked, values_now
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
    is_of_earlier: bool = False  # the page had questions of an earlier version of the form

    def now(self, find: Find, question_id: int) -> Question | None:
        """The question as it is asked now; None where the form has ceased to ask it."""
        try:
            question = find(question_id)
        except NoLongerAsked:
            question = None
        self.is_of_earlier = self.is_of_earlier or question is None or question.id != question_id
        return question

    def refuse(self, question_id: int, sentence: str) -> "Saved":
        """Tell beside a question what could not be done there; the rest is saved."""
        self.refused[str(question_id)] = sentence
        return self


def keep_page(sheet: Sheet, page: Page, find: Find, *, by: Any) -> Saved:
    """Keep every answer for itself, so that what a colleague changed does not hold up the rest; then the files."""
    saved = Saved({}, [])
    answers = answers_now(sheet, page, find, saved)
    editions = {place: sheet.item(sheet.questions[place[0]], place[1]).edition for place in answers}
    shown = {question.id for question in sheet.by_code.values() if sheet.is_shown(question)}
    saved.overtaken = {each.item.key: each for each in actions.save_all(sheet, answers, by=by)}
    revealed = [question for question in sheet.by_code.values() if question.id not in shown and sheet.is_shown(question)]
    saved.revealed = [str(each.id) for each in revealed if not sheet.item(each).answers]
    saved.changed = [
        question for (question_id, row), edition in editions.items()
        if sheet.item(question := sheet.questions[question_id], row).edition != edition
    ]  # fmt: skip
    for question_id, kept in page.files:
        if (asked := saved.now(find, question_id)) is not None:
            with telling(saved, asked):
                actions.attach(sheet, asked, kept, by=by)
    return saved


def answers_now(sheet: Sheet, page: Page, find: Find, saved: Saved) -> Answers:
    """What a page sent, by the questions as the form asks them now."""
    found = {}
    for (question_id, row), (values, edition) in page.answers.items():
        if (question := saved.now(find, question_id)) is not None:
            found[question.id, row] = (values_now(sheet.form, question_id, values), edition)
    return found


def press(
    sheet: Sheet, question_id: int, page: Page, verb: Callable[[Sheet, Question], Any], find: Find, *, by: Any
) -> Saved:  # fmt: skip
    """Keep the page on which a button was pressed, then do what the button says to its question."""
    saved = keep_page(sheet, page, find, by=by)
    if (question := saved.now(find, question_id)) is not None:
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

"""Answering: what is typed, lines of groups, files. Never refused for what it says, only when the bid is locked."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from portal.applications import lists
from portal.applications.facts import write_fact
from portal.applications.models import Application, Stage
from portal.core import clock
from portal.core.db import db
from portal.core.files import Kept
from portal.core.problems import NotNow
from portal.people.actions import involve
from portal.people.models import Capacity, User
from portal.questions import actions as answering
from portal.questions import pages
from portal.questions.carried import question_now, values_now
from portal.questions.item import Stand
from portal.questions.models import Question
from portal.questions.pages import Answers, Page, Saved
from portal.questions.sheet import Sheet

NOTHING = Page()


def save_answer(
    application: Application, question_id: int, row: int, values: Sequence[str], *, edition: int | None, by: User
) -> Stand:
    """Keep what was typed in answer to one question."""
    hold_open(application)
    question = writable(application, question_id)
    sheet = lists.sheet_of(application, [question])
    before = sheet.item(question, row).edition
    values = values_now(sheet.form, question_id, values)
    item = answering.save(sheet, question, row, values, edition=edition, by=by)
    if item.edition != before:
        note_change(application, sheet, question, by=by)
    return item.stand


def save_section(application: Application, answers: Answers, files: Sequence[tuple[int, Kept]] = (), *, by: User) -> Saved:
    return save_page(application, Page(answers, files), by=by)


def save_page(application: Application, page: Page, *, by: User) -> Saved:
    """Keep a whole page at once."""
    hold_open(application)
    sheet = lists.sheet_of(application)
    saved = pages.keep_page(sheet, page, partial(writable, application), by=by)
    if saved.changed:
        note_change(application, sheet, *saved.changed, by=by)
    return saved


def add_line(application: Application, group_id: int, page: Page = NOTHING, *, by: User) -> Saved:
    return press(application, group_id, page, lambda sheet, group: answering.add_row(sheet, group, by=by), by=by)


def remove_line(application: Application, group_id: int, row: int, page: Page = NOTHING, *, by: User) -> Saved:
    return press(application, group_id, page, lambda sheet, group: answering.remove_row(sheet, group, row, by=by), by=by)


def restore_line(application: Application, group_id: int, row: int, page: Page = NOTHING, *, by: User) -> Saved:
    return press(application, group_id, page, lambda sheet, group: answering.restore_row(sheet, group, row, by=by), by=by)


def attach(application: Application, question_id: int, kept: Kept, *, by: User) -> Saved:
    return save_section(application, {}, [(question_id, kept)], by=by)


def detach(application: Application, question_id: int, row: int, page: Page = NOTHING, *, by: User) -> Saved:
    return press(application, question_id, page, lambda sheet, asked: answering.detach(sheet, asked, row, by=by), by=by)


# How the verbs above do it


def press(application: Application, question_id: int, page: Page, verb: Callable[[Sheet, Question], Any], *, by: User) -> Saved:
    """Keep the page on which a button was pressed, then do what the button says."""
    hold_open(application)
    sheet = lists.sheet_of(application)
    saved = pages.press(sheet, question_id, page, verb, partial(writable, application), by=by)
    note_change(application, sheet, *saved.changed, by=by)
    return saved


def hold_open(application: Application) -> None:
    """Read the bid again and hold it, so that nothing is saved into one that is being submitted."""
    db.session.scalars(
        select(Application)
        .where(Application.id == application.id)
        .options(
            *(joinedload(part, innerjoin=True) for part in (Application.answer_set, Application.round, Application.organisation))
        )
        .with_for_update(of=Application, key_share=True)
        .execution_options(populate_existing=True)
    ).one()
    if not application.is_open:
        raise NotNow(f"{application} has been submitted, so its answers can no longer be changed.")


def writable(application: Application, question_id: int) -> Question:
    """The question, as the form asks it now, if the applicant may write in it."""
    question = question_now(lists.form_for(application), question_id)
    if application.stage is Stage.RETURNED and question.section.code not in lists.opened_sections(application):
        raise NotNow("We asked about other sections. This one is closed.")
    return question


def note_change(application: Application, sheet: Sheet, *questions: Question, by: User) -> None:
    """Let the changed answers write their facts, and note who touched the bid, and when."""
    for question in {sheet.owner(question).id: question for question in questions}.values():
        write_fact(application, sheet, question)
    application.changed_at = clock.now()
    if by.id not in sheet.savers:  # whoever has saved before is known already
        involve(by, application.ref, Capacity.APPLICANT)

"""Carrying the drafts of a round over to a newer version of its form. What was handed in stays with its own."""

from typing import Any

from sqlalchemy import update

from portal.applications.actions.rounds import drafts_of, tell
from portal.applications.facts import SETTERS
from portal.applications.lists import sheet_of
from portal.applications.models import Application
from portal.core import clock
from portal.core.audit import OFFICE, record
from portal.core.db import db
from portal.core.problems import NotNow
from portal.funds.actions import hold_numbers
from portal.funds.models import Round, RoundStage
from portal.questions.actions import value_of
from portal.questions.carried import Ways, ways_between
from portal.questions.kinds import kind_of
from portal.questions.models import Answer, GroupRow, Question, QuestionVersion
from portal.questions.published import form_of

RUNNING = (RoundStage.OPEN, RoundStage.PAUSED, RoundStage.CHECKED)
CHANGED = "asks some of its questions in new words. Your answers are kept; the page of your application shows what changed."


def carry_form(round_: Round, version: QuestionVersion, *, by: Any) -> int:
    """From now on the round asks this version, and its drafts answer it; how many there were."""
    hold_numbers(round_)
    old = round_.question_version
    if old is None or round_.stage not in RUNNING or version.set_id != old.set_id or version.published_at is None:
        raise NotNow(f"{round_} cannot be carried over: it must be running, and the version be a later one of its own form.")
    if version.number <= old.number:
        raise NotNow(f"{round_} asks version {old.number} already.")
    drafts = [draft for draft in drafts_of(round_) if draft.answer_set.version_id == old.id]
    carry(drafts, old, version, ways_between(form_of(old.id), form_of(version.id)))
    round_.question_version_id = version.id
    record("round.carry_form", round_, by=by, readers=OFFICE, number=version.number, drafts=len(drafts))
    db.session.flush()
    tell(drafts, "has a corrected form", f"The form {CHANGED}")
    return len(drafts)


def carry(drafts: list[Application], old: QuestionVersion, version: QuestionVersion, ways: Ways) -> None:
    """Move the answers of these bids. Those to questions that are gone stay where they are, and are no longer asked."""
    sets = [draft.answer_set_id for draft in drafts]
    for was, now in ways:
        for held in (Answer, GroupRow):
            of_this = (held.answer_set_id.in_(sets), held.question_id == was.id)
            db.session.execute(
                update(held).where(*of_this).values(question_id=now.id).execution_options(synchronize_session=False)
            )
    for draft in drafts:
        draft.answer_set.version_id, draft.answer_set.carried_from_id = version.id, old.id
        draft.changed_at = clock.now()
    db.session.flush()
    changed = {now.id: was for was, now in ways if (was.kind, was.settings) != (now.kind, now.settings)}
    for draft in drafts:
        db.session.expire(draft.answer_set)
        read_anew(draft, changed)


def read_anew(draft: Application, changed: dict[int, Question]) -> None:
    """Read what was typed as the new questions take it, and write the core facts again. `changed` holds what they were before."""
    sheet = sheet_of(draft)
    for (question_id, row), answer in sheet.answers.items():
        if question_id in changed:
            now, was = sheet.questions[question_id], changed[question_id]
            if kind_of(now) is kind_of(was):
                answer.raw = kind_of(now).moved(answer.raw, was, now)
            answer.value = value_of(sheet.item(now, row))
    for question in sheet.by_code.values():
        if question.writes_to in SETTERS:
            SETTERS[question.writes_to](draft, sheet, question)

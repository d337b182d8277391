"""Beginning a draft: from nothing, like another form, to correct a published one, or from a file."""

import copy
from typing import Any

from sqlalchemy import select

from portal.core.audit import OFFICE, record
from portal.core.constraints import explain
from portal.core.db import db
from portal.questions import documents
from portal.questions.builder import drafts
from portal.questions.builder.parts import Facts, code_from
from portal.questions.models import FormDraft, QuestionSet, QuestionVersion

explain(one_draft_of_a_form="Somebody has just begun a draft of this form. Open the list of forms and go on with that one.")


def being_written(key: str) -> FormDraft | None:
    """The draft of this form that is being written, if there is one."""
    return db.session.scalar(
        select(FormDraft).where(FormDraft.key == key, FormDraft.published_id.is_(None), FormDraft.dropped_at.is_(None))
    )


def begin(name: str, like: QuestionVersion | None = None, *, by: Any) -> FormDraft:
    """A new form: from nothing but a first section, or with all that another one asks."""
    document = documents.as_document(like) if like else empty()
    keys = {*db.session.scalars(select(QuestionSet.key)), *db.session.scalars(select(FormDraft.key))}
    return open_draft(document | {"key": code_from(name, keys), "name": name, "version": 1}, None, "Began the form", by=by)


def empty() -> Facts:
    section = {"code": "about_your_project", "title": "About your project", "guidance": "", "questions": []}
    return {"format": documents.FORMAT, "minutes": 30, "sections": [section]}


def correct(version: QuestionVersion, *, by: Any) -> FormDraft:
    """A draft of the next version of a published form; the one that is being written where there is one."""
    if draft := being_written(version.question_set.key):
        return draft
    document = documents.as_document(version) | {"version": version.number + 1}
    return open_draft(document, version, f"Began to correct version {version.number}", by=by)


def bring_in(document: Any, *, by: Any) -> FormDraft:
    """A draft from a document that came as a file. Where its form is being written, it takes the place of that,
    which can be undone.

    Raises `Faulty` with every fault and its place; then nothing is kept.
    """
    if faults := documents.faults_in(document):
        raise documents.Faulty(faults)
    if draft := being_written(document["key"]):
        drafts.keep(draft, drafts.held(draft), lambda now: replace(now, document), "Brought in a file", by=by)
        return draft
    newest = newest_of(document["key"])
    number = newest.number + 1 if newest else 1
    return open_draft(document | {"version": number}, newest, "Brought in a file", by=by)


def replace(now: Facts, document: Facts) -> None:
    number = now["version"]
    now.clear()
    now.update(copy.deepcopy(document) | {"version": number})


def newest_of(key: str) -> QuestionVersion | None:
    """The newest published version of a form."""
    found = select(QuestionVersion).join(QuestionVersion.question_set).where(QuestionSet.key == key)
    return db.session.scalars(
        found.where(QuestionVersion.published_at.is_not(None)).order_by(QuestionVersion.number.desc())
    ).first()


def open_draft(document: Facts, based_on: QuestionVersion | None, words: str, *, by: Any) -> FormDraft:
    draft = FormDraft(key=document["key"], name=document["name"], based_on=based_on, edition=1)
    db.session.add(draft)
    draft.editions.append(drafts.edition_of(draft, document, words, None, by=by))
    db.session.flush()
    record("form.begin", draft, by=by, readers=OFFICE, form=draft.name)
    return draft

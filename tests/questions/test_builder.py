"""The form builder: what an officer chooses becomes a form, and nothing that others wrote is lost on the way."""

import re

import pytest
from sqlalchemy import select

from portal.core.db import db, write
from portal.core.problems import Refused
from portal.questions.builder import beginning, drafts, lists
from portal.questions.builder.parts import Place
from portal.questions.documents import as_document, faults_in
from portal.questions.models import FormDraft, QuestionVersion
from tests.cast import ADA, OMAR, PRIYA, user_of

HOME = "/commissioning/forms"


def a_draft(name="Community sport"):
    return write(beginning.begin, name, by=user_of(OMAR))


def now(draft):
    return drafts.document_of(db.session.get(FormDraft, draft.id))


def add(draft, kind, label, section="about_your_project", **settings):
    facts = {"kind": kind, "label": label, "settings": settings, "code": ""}
    return write(drafts.add, draft, Place(section=section), facts, by=user_of(OMAR))


def codes(draft):
    return [asked["code"] for section in now(draft)["sections"] for asked in section["questions"]]


def test_every_page_of_the_builder_opens(app, as_user):
    omar = as_user(OMAR)
    assert omar.get(f"{HOME}/").status_code == 200
    reply = omar.post(f"{HOME}/new", data={"name": "Sport", "like": "large_service_form/1"})
    assert reply.status_code == 303, reply.text
    home = f"{HOME}/sport/draft"
    draft = lists.draft_at(user_of(OMAR), "sport")
    pages = ["", "/preview", "/preview?width=phone", "/print", "/changes", "/form.json", "/details", "/publish", "/drop", "/copy",
             "/copy?from=safer_communities_form/1", "/sections/add"]  # fmt: skip
    for section in draft.form.sections:
        pages += [f"/sections/{section.code}", f"/preview?section={section.code}", f"/sections/{section.code}/questions/add"]
        for question in section.questions:
            if question.group_id is None:
                pages += [f"/questions/{question.code}", f"/questions/{question.code}/asked"]
    from portal.questions.kinds import KINDS

    pages += [f"/sections/{section.code}/questions/add/{kind}" for kind in KINDS]
    for page in pages:
        assert omar.get(f"{home}{page}").status_code == 200, page

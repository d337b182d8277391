"""Drafts of forms made for a test, and what they say now."""

from portal.core.db import db, write
from portal.questions.builder import beginning, drafts
from portal.questions.builder.parts import Place
from portal.questions.models import FormDraft
from tests.cast import OMAR, user_of

HOME = "/commissioning/forms"
FIRST = "about_your_project"
HOSTILE = "<script>alert(1)</script>{{ 7*7 }} \"'; drop table"


def a_draft(name="Community sport"):
    return write(beginning.begin, name, by=user_of(OMAR))


def now(draft):
    return drafts.document_of(db.session.get(FormDraft, draft.id))


def add(draft, kind, label, section=FIRST, **settings):
    facts = {"kind": kind, "label": label, "settings": settings, "code": ""}
    return write(drafts.add, draft, Place(section=section), facts, by=user_of(OMAR))


def save(draft, question, facts, who=OMAR, edition=None):
    edition = db.session.get(FormDraft, draft.id).edition if edition is None else edition
    write(drafts.save, draft, Place(question=question), facts, edition, by=user_of(who))


def codes(draft):
    return [asked["code"] for section in now(draft)["sections"] for asked in section["questions"]]


def waiting():
    """A draft in which the second question waits for the first, and a third stands alone."""
    draft = a_draft()
    add(draft, "yes_no", "Will others pay too?")
    add(draft, "money", "How much will others pay?")
    add(draft, "short_text", "What is the project called?")
    save(draft, "how_much_will_others_pay", {"shown_when": {"question": "will_others_pay_too", "is": ["yes"]}})
    return draft

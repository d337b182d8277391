"""A form as a Word document: every question of it, whatever is written in it; and a plain answer where Word is not installed."""

import sys
from io import BytesIO

import pytest
from sqlalchemy import select

from portal.core.db import db
from portal.demonstration.reference import FORMS
from portal.questions.models import QuestionSet, QuestionVersion
from portal.questions.word import as_word
from tests.cast import ADA
from tests.conftest import lack
from tests.questions.forms import a_form, a_question
from tests.run import Missing


@pytest.fixture
def read():
    """`read(content)`: all the words of a document."""
    try:
        from docx import Document
    except ImportError:
        lack(Missing("python-docx (install the extra “word”)"))

    def words(content):
        paper = Document(BytesIO(content))
        cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
        return "\n".join([*(each.text for each in paper.paragraphs), *cells])

    return words


def test_every_form_is_written_with_all_of_its_questions(app, read):
    for version in db.session.scalars(select(QuestionVersion).join(QuestionSet).where(QuestionSet.key.in_(FORMS))):
        text = read(as_word(version))
        asked = [each for section in version.sections for each in section.questions if each.kind != "guidance"]
        assert [each.label for each in asked if each.label not in text] == []


def test_no_text_of_a_form_breaks_its_document(app, read):
    hostile = a_form(
        a_question("radios", "odd", settings={"choices": [["a", "=1+1 </w:t> \x0b\ufffe & <b>"]]}, hint="{{ 7*7 }} ￿")
    )
    assert "=1+1 </w:t>  & <b>" in read(as_word(hostile.version))


def test_where_word_is_not_installed_it_is_said(as_user, monkeypatch):
    monkeypatch.setitem(sys.modules, "docx", None)
    ada = as_user(ADA)
    reply = ada.get("/applications/start/SCF26/form.docx")
    assert (reply.status_code, reply.location) == (303, "/applications/start/SCF26")
    assert "extra “word”" in ada.get(reply.location).text

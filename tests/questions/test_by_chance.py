"""Forms, answers and faults as chance will have them: nothing breaks saving, showing, exporting or the way there and back."""

import copy
import json

import pytest
from flask import render_template
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.core.db import db, write
from portal.demonstration.data import data
from portal.questions import actions, documents
from portal.questions.kinds import KINDS
from portal.questions.posted import Urls
from portal.questions.sentences import of_question
from tests.cast import ADA
from tests.questions.forms import sheet_of
from tests.questions.random_forms import HOSTILE, forms
from tests.questions.test_kinds import NASTY

ANSWERS = st.lists(st.text(max_size=20) | st.sampled_from([*NASTY, HOSTILE, "a", "yes", "5", "12.50"]), min_size=1, max_size=9)
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["code", "kind", "all", "x"]), inner, max_size=3),
    max_leaves=5,
)


@settings(max_examples=25)
@given(form=forms(list(KINDS)), given_answers=st.lists(ANSWERS, min_size=8, max_size=8))
def test_any_form_takes_any_answer_and_comes_back_exactly(app, person, form, given_answers):
    assert documents.faults_in(form) == []
    ada = person(ADA)
    version = write(documents.store, form)
    went = documents.as_document(version)
    assert documents.parse(json.dumps(went).encode()) == went
    assert documents.faults_in(went) == []

    answers = write(lambda: actions.new_answer_set(version.id))
    write(lambda: answer_all(sheet_of(answers), given_answers, by=ada))
    sheet = sheet_of(answers)
    shown_and_exported(app, sheet)
    db.session.rollback()


def answer_all(sheet, given_answers, *, by):
    for question, said in zip(list(sheet.questions.values()), given_answers, strict=False):
        if sheet.item(question).kind.is_typed:
            actions.save(sheet, question, 1 if question.group_id else 0, said, edition=None, by=by)


def shown_and_exported(app, sheet):
    [section] = sheet.sections
    assert json.dumps(sheet.snapshot())
    for item in sheet.all_items(section):
        assert isinstance(item.shown, str)
        assert isinstance(item.kind.export(item.value, item.question, sheet.around), str | int)
        assert isinstance(item.kind.code(item.value), str)
        assert of_question(item.question, sheet.by_code) is not None
    with app.test_request_context():
        asked = render_template("questions/_section.html", sheet=sheet, section=section, urls=Urls("applications", ref="X"),
                                checked=True)  # fmt: skip
        told = render_template("questions/_answers.html", content=sheet.snapshot())
    for page in (asked, told):
        assert "<script" not in page
        assert 'href="javascript:' not in page
        assert "<b>one</b>" not in page


@pytest.mark.parametrize("name", ["contribution_form", "victims_return_form"])
@settings(max_examples=150)
@given(choice=st.data())
def test_whatever_is_put_into_a_document_is_told_or_harmless(name, choice):
    document = copy.deepcopy(data(name))
    place = document
    while isinstance(place, dict | list) and place:
        key = choice.draw(st.sampled_from(sorted(place) if isinstance(place, dict) else range(len(place))))
        if not isinstance(place[key], dict | list) or not place[key] or choice.draw(st.integers(0, 3)) == 0:
            place[key] = choice.draw(ANYTHING)
            break
        place = place[key]
    assert all(str(fault)[0].isupper() for fault in documents.faults_in(document))

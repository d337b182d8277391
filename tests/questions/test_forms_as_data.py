"""The forms that come with the portal: each is faultless, can be filled in to the end, and reads as it was answered."""

import pytest
from sqlalchemy import select

from portal.core.db import db, write
from portal.demonstration.data import data
from portal.demonstration.reference import FORMS
from portal.questions import actions, documents
from portal.questions.models import QuestionSet, QuestionVersion
from tests.cast import ADA
from tests.questions.filling import fill
from tests.questions.forms import sheet_of

SIZES = {"safer_communities_form": 30, "large_service_form": 60}


def version_of(key):
    found = select(QuestionVersion).join(QuestionVersion.question_set).where(QuestionSet.key == key)
    return db.session.scalars(found).one()


@pytest.mark.parametrize("key", FORMS)
def test_a_form_has_no_fault_and_its_document_names_it(key):
    assert documents.faults_in(data(key)) == []
    assert data(key)["key"] == key
    assert sum(len(section["questions"]) for section in data(key)["sections"]) >= SIZES.get(key, 9)


@pytest.mark.parametrize("place", [0, -1])
@pytest.mark.parametrize("key", FORMS)
def test_a_form_can_be_filled_in_to_the_end_whatever_is_chosen(app, person, key, place):
    ada = person(ADA)
    answers = write(lambda: actions.new_answer_set(version_of(key).id))
    write(lambda: fill(sheet_of(answers), place, by=ada))

    sheet = sheet_of(answers)
    assert [sentence for section in sheet.sections for _, sentence in sheet.problems(section)] == []
    assert sheet.is_complete
    told = [item for section in sheet.snapshot() for item in section["items"]]
    silent = [item["code"] for item in told if not (item.get("shown") or item.get("rows") or item.get("files"))]
    assert set(silent) <= {"standing"}  # what the portal fills in


def test_figures_are_worked_out_from_the_answers(app, person):
    ada = person(ADA)
    answers = write(lambda: actions.new_answer_set(version_of("contribution_form").id))
    write(lambda: fill(sheet_of(answers), 0, by=ada))
    sheet = sheet_of(answers)
    assert (sheet.value("total_cost"), sheet.value("requested")) == (500_000, 1_000)
    assert sheet.item(sheet.by_code["our_share"]).shown == "0.2%"
    assert sheet.item(sheet.by_code["uncovered"]).shown == "£4,980.00"
    assert sheet.is_shown(sheet.by_code["gap"])

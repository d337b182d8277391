"""The questions before the form: why not, what is kept, and what goes with the bid."""

import pytest
from sqlalchemy import select

from portal.applications import actions
from portal.applications.entry import Entry
from portal.applications.models import Application
from portal.core.db import db, write
from portal.core.problems import Forbidden, Incomplete, Refused
from portal.demonstration.acts.bids import organisation_of
from tests import factories
from tests.cast import ADA, MAYA, OLLY, OMAR, ROSA, user_of
from tests.funds.rounds import round_called

START = "/applications/start/YCF26"


def place(person=MAYA):
    return f"{START}/eligibility/{organisation_of(person).id}"


def answers(*wrong, edition=0, leave=()):
    opposite = {"yes": "no", "no": "yes"}
    questions = round_called("YCF26").eligibility
    given = {each.id: opposite[each.passing] if at in wrong else each.passing for at, each in enumerate(questions)}
    return {f"question-{key}": value for at, (key, value) in enumerate(given.items()) if at not in leave} | {
        "edition": str(edition)
    }


def begin(browser, person=MAYA):
    return browser.post(START, data={"organisation": str(organisation_of(person).id), "seen": "0"})


def bids():
    return db.session.scalars(select(Application)).all()


def test_whoever_begins_is_asked_first(as_user):
    maya = as_user(MAYA)
    assert "There are 4 questions before the form" in maya.get(START).text
    assert begin(maya).location == place()
    assert bids() == []
    with pytest.raises(Refused, match="Answer the questions about who can apply first"):
        write(actions.start, round_called("YCF26"), organisation_of(MAYA), by=user_of(MAYA))


def test_a_refused_applicant_reads_why_keeps_the_answers_and_may_change_them(as_user):
    maya = as_user(MAYA)
    assert maya.post(place(), data=answers(2)).location == place()
    page = maya.get(place()).text
    assert "you cannot apply in this round" in page
    assert "We can only pay into an account for which two people sign." in page
    assert "Nothing has been sent to us" in page
    assert page.count("checked") == 4
    assert "with the answers so far you cannot apply" in maya.get(START).text
    assert begin(maya).location == place()
    assert bids() == []
    assert maya.post(place(), data=answers(edition=1)).location.startswith(START)
    assert begin(maya).location == f"/applications/{bids()[0].ref}"


def test_an_answer_that_is_missing_is_named_with_its_place(as_user):
    reply = as_user(MAYA).post(place(), data=answers(leave=(1,)))
    question = round_called("YCF26").eligibility[1]
    assert reply.status_code == 422
    assert f'href="#question-{question.id}"' in reply.text
    assert f"Answer Yes or No: {question.text}" in reply.text
    assert reply.text.count("checked") == 3
    with pytest.raises(Incomplete):
        write(actions.answer_eligibility, round_called("YCF26"), organisation_of(MAYA), {}, by=user_of(MAYA))


def test_two_colleagues_see_what_the_other_answered(as_user):
    maya = as_user(MAYA)
    maya.post(place(), data=answers(2))
    reply = maya.post(place(), data=answers(1, edition=0))
    assert reply.status_code == 409
    assert "Maya Cole answered" in reply.text
    assert Entry(round_called("YCF26"), organisation_of(MAYA)).saved.edition == 1


def test_each_organisation_has_its_own_answers_and_no_other_sees_them(as_user):
    as_user(MAYA).post(place(), data=answers())
    assert as_user(OLLY).get(place()).status_code == 404
    assert as_user(ADA).get(place()).status_code == 404
    assert as_user(ROSA).get(place()).status_code == 403
    assert not Entry(round_called("YCF26"), organisation_of(OLLY)).passes
    with pytest.raises(Forbidden):
        write(actions.answer_eligibility, round_called("YCF26"), organisation_of(MAYA), {}, by=user_of(OLLY))


def test_a_round_without_questions_goes_straight_to_the_form(as_user):
    address = f"/applications/start/SCF26/eligibility/{organisation_of(ADA).id}"
    assert as_user(ADA).get(address).location == "/applications/start/SCF26"


def test_answers_that_pass_go_with_the_bid_and_stand_at_the_gate(as_user):
    bid = factories.a_submitted_bid(by=MAYA, project="boxing")
    assert [each["answer"] for each in bid.eligibility] == ["Yes", "Yes", "Yes", "No"]
    page = as_user(OMAR).get(f"/assessment/{bid.ref}/gate").text
    assert "Answered before the form" in page
    assert "Answered the questions about who can apply" in as_user(MAYA).get(f"/grants/{bid.ref}").text
    assert "two people to agree to each payment" in page
    as_user(MAYA).post(place(), data=answers(2, edition=1))
    db.session.expire_all()
    assert [each["answer"] for each in bid.eligibility] == ["Yes", "Yes", "Yes", "No"]  # as it was handed in


def test_who_would_no_longer_pass_cannot_hand_in(as_user):
    bid = factories.a_complete_draft(by=MAYA, project="boxing")
    maya = as_user(MAYA)
    maya.post(place(), data=answers(2, edition=1))
    reply = maya.post(f"/applications/{bid.ref}/submit")
    assert reply.status_code == 422
    assert f'href="{place()}"' in reply.text


def test_a_question_that_was_changed_is_asked_again(as_user):
    maya, round_ = as_user(MAYA), round_called("YCF26")
    maya.post(place(), data=answers())
    first = round_.eligibility[0]
    fields = {"text": "Do you have a constitution?", "hint": "", "passing": "yes", "refusal": "Write one.", "edition": "1"}
    assert as_user(OMAR).post(f"/commissioning/rounds/YCF26/eligibility/{first.id}", data=fields).status_code == 303
    assert "there are questions to answer" in maya.get(START).text
    assert begin(maya).location == place()

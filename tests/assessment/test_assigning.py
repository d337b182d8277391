"""Assessors are asked once, never when they have a part in the bid, and leave without a trace in the score."""

import pytest

from portal.assessment import actions, lists
from portal.assessment.models import Stage
from portal.core.db import db, write
from portal.core.problems import NotNow, Refused
from portal.people.actions import involve
from portal.people.models import Appointment, Capacity, Involvement, Membership, OfficeRole, Right
from tests import factories
from tests.cast import DANA, OMAR, SINCE, TESS, UMA, VIC


def add(row):
    write(db.session.add, row)


def test_an_assessor_is_asked_by_mail_that_tells_nothing_of_the_bid(app, outbox, verbs_about):
    bid = factories.an_admitted_bid()
    assignment = factories.assign(bid, TESS)
    assert assignment.stage is Stage.INVITED
    assert verbs_about(bid)[-1] == "assignment.invite"
    mail = outbox()[-1]
    assert mail.to_address == TESS.email
    assert bid.name not in mail.subject + mail.body
    assert f"/assessment/{bid.ref}/interest" in mail.body


def test_nobody_is_asked_twice(app):
    bid = factories.an_admitted_bid()
    factories.assign(bid, TESS)
    with pytest.raises(Refused, match="already assigned"):
        factories.assign(bid, TESS)


def test_assessors_are_asked_all_or_none(app, person):
    bid = factories.an_admitted_bid()
    with pytest.raises(Refused, match="not an assessor"):
        write(actions.assign_all, bid, [person(TESS), person(DANA)], by=person(OMAR))
    assert lists.assignments_of(bid) == []


def test_whoever_acts_for_the_applicant_or_has_a_part_in_the_bid_is_not_asked(app, person):
    bid = factories.an_admitted_bid()
    add(Membership(user_id=person(TESS).id, organisation_id=bid.organisation_id, right=Right.READER, from_on=SINCE))
    add(Membership(user_id=person(VIC).id, organisation_id=bid.accountable_body_id, right=Right.READER, from_on=SINCE))
    write(involve, person(UMA), bid.ref, Capacity.DECIDER)
    assert lists.candidates(bid, []) == []
    for who in (TESS, VIC, UMA):
        with pytest.raises(Refused):
            factories.assign(bid, who)


def test_only_a_bid_in_assessment_takes_assessors(app):
    with pytest.raises(NotNow):
        factories.assign(factories.a_submitted_bid(), TESS)
    with pytest.raises(NotNow):
        factories.assign(factories.a_moderated_bid(), VIC)


def test_an_officer_asks_several_people_on_the_page_of_the_bid(as_user, person):
    bid = factories.an_admitted_bid()
    omar, place = as_user(OMAR), f"/assessment/{bid.ref}/assign"
    page = omar.get(f"/assessment/{bid.ref}?part=scores").text
    assert all(name in page for name in ("Tess Aldous", "Uma Rao", "Vic Lowe"))
    for nothing in ({}, {"assessors": ["abc"]}, {"assessors": [str(person(DANA).id)]}, {"assessors": ["9" * 40]}):
        reply = omar.post(place, data=nothing)
        assert reply.status_code == 422
        assert "Choose at least one assessor" in reply.text
    reply = omar.post(place, data={"assessors": [str(person(TESS).id), str(person(UMA).id)]})
    assert reply.status_code == 303
    assert [each.assessor.name for each in lists.assignments_of(bid)] == ["Tess Aldous", "Uma Rao"]
    assert omar.post(place, data={"assessors": [str(person(TESS).id)]}).status_code == 422


def test_whoever_is_stood_down_loses_the_bid_and_their_points_do_not_count(as_user, outbox):
    bid, (tess, uma) = factories.a_bid_with_assessors()
    factories.score(tess, 5)
    factories.score(uma, 1, hand_in=False)
    omar, place = as_user(OMAR), f"/assessment/{bid.ref}/assessors/{uma.id}/stand-down"
    assert omar.post(place, data={"reason": ""}).status_code == 422
    assert omar.post(place, data={"reason": "On leave"}).status_code == 303
    assert uma.stage is Stage.STOOD_DOWN
    assert as_user(UMA).get(f"/assessment/{bid.ref}/score").status_code == 404
    assert "closed to you" in as_user(UMA).get(f"/assessment/{bid.ref}/interest").text
    assert (outbox()[-1].to_address, "On leave" in outbox()[-1].body) == (UMA.email, False)
    assert "needs the scores of 2 assessors; there are 1" in omar.get(f"/assessment/{bid.ref}?part=scores").text
    factories.score(factories.declare(factories.assign(bid, VIC)), 3)
    given = lists.points_given(lists.assignments_of(bid))
    assert given == [dict.fromkeys((each.id for each in bid.round.criteria), points) for points in (5, 3)]
    assert omar.post(place, data={"reason": "again"}).status_code == 409


def test_whoever_was_stood_down_can_be_asked_again_and_goes_on_with_what_they_had(as_user, outbox, verbs_about):
    bid, (tess, uma) = factories.a_bid_with_assessors()
    factories.score(tess, 5)
    factories.score(uma, 1, hand_in=False)
    omar, place = as_user(OMAR), f"/assessment/{bid.ref}/assessors/{uma.id}"
    assert omar.get(f"{place}/ask-again").status_code == 409  # nobody has stood her down
    omar.post(f"{place}/stand-down", data={"reason": "On leave"})
    assert f"{place}/ask-again" in omar.get(f"/assessment/{bid.ref}?part=scores").text
    assert as_user(UMA).post(f"{place}/ask-again", data={"reason": "I am back"}).status_code == 403
    assert omar.post(f"{place}/ask-again", data={"reason": ""}).status_code == 422
    assert omar.post(f"{place}/ask-again", data={"reason": "Back from leave"}).status_code == 303
    assert (uma.stage, uma.declared_at, verbs_about(bid)[-1]) == (Stage.INVITED, None, "assignment.ask_again")
    assert (outbox()[-1].to_address, "Back from leave" in outbox()[-1].body) == (UMA.email, False)
    factories.declare(uma)
    assert [score.points for score in uma.scores] == [1] * 6
    factories.score(uma, 5)
    assert uma.stage is Stage.SUBMITTED


@pytest.mark.parametrize("why", ["an interest", "a decision", "the applicant's side"])
def test_whoever_has_another_part_in_the_bid_by_now_is_not_asked_again(as_user, person, why):
    bid, (_, uma) = factories.a_bid_with_assessors()
    omar, place = as_user(OMAR), f"/assessment/{bid.ref}/assessors/{uma.id}"
    omar.post(f"{place}/{'interest' if why == 'an interest' else 'stand-down'}", data={"reason": "A reason"})
    if why == "a decision":
        write(lambda: db.session.query(Involvement).filter_by(case=bid.ref, user_id=person(UMA).id).delete())
        write(involve, person(UMA), bid.ref, Capacity.DECIDER)
    if why == "the applicant's side":
        add(Membership(user_id=person(UMA).id, organisation_id=bid.organisation_id, right=Right.READER, from_on=SINCE))
    assert omar.post(f"{place}/ask-again", data={"reason": "Again"}).status_code in (403, 422)
    assert uma.stage is Stage.STOOD_DOWN


def test_an_assessor_who_falls_out_in_moderation_can_be_replaced(as_user, person):
    bid = factories.begin_moderation(factories.a_scored_bid())
    _, uma = lists.assignments_of(bid)
    omar = as_user(OMAR)
    omar.post(f"/assessment/{bid.ref}/assessors/{uma.id}/interest", data={"reason": "Her sister applied."})
    assert f"{bid.ref}" in omar.get("/desk").text.split("Assessors to assign")[1].split("</section>")[0]
    assert omar.post(f"/assessment/{bid.ref}/assign", data={"assessors": [str(person(VIC).id)]}).status_code == 303


def test_scores_go_back_with_a_reason_and_wait_to_be_agreed_again(as_user, outbox):
    bid = factories.a_moderated_bid()
    tess, _ = lists.assignments_of(bid)
    place = f"/assessment/{bid.ref}/assessors/{tess.id}/send-back"
    assert as_user(OMAR).post(place, data={"reason": "Read question 8 again."}).status_code == 303
    assert (tess.stage, bid.agreed_permille) == (Stage.SENT_BACK, None)
    assert (outbox()[-1].to_address, "Read question 8 again." in outbox()[-1].body) == (TESS.email, True)
    assert bid.name in as_user(TESS).get("/desk").text.split("Scores to give")[1]
    page = as_user(OMAR).get(f"/assessment/{bid.ref}/moderate").text
    assert "Scores are still to come from Tess Aldous." in page
    factories.score(tess, 2)
    assert tess.stage is Stage.SUBMITTED


def test_a_recommended_bid_takes_no_scores_back(as_user):
    bid = factories.a_recommended_bid()
    tess, _ = lists.assignments_of(bid)
    reply = as_user(OMAR).post(f"/assessment/{bid.ref}/assessors/{tess.id}/send-back", data={"reason": "x"})
    assert reply.status_code == 409
    assert tess.stage is Stage.SUBMITTED


def test_an_officer_records_an_interest_that_came_to_light(as_user):
    bid = factories.a_moderated_bid()
    tess, _ = lists.assignments_of(bid)
    place = f"/assessment/{bid.ref}/assessors/{tess.id}/interest"
    assert as_user(OMAR).post(place, data={"reason": "Her brother runs the skip firm."}).status_code == 303
    assert (tess.stage, tess.has_conflict, bid.agreed_permille) == (Stage.STOOD_DOWN, True, None)
    assert as_user(TESS).get(f"/assessment/{bid.ref}/score").status_code == 404


def test_an_assignment_is_found_through_its_own_bid_only(as_user):
    bid, (tess, _) = factories.a_bid_with_assessors()
    other = factories.an_admitted_bid()
    omar = as_user(OMAR)
    assert omar.get(f"/assessment/{bid.ref}/assessors/{tess.id}/stand-down").status_code == 200
    assert omar.get(f"/assessment/{other.ref}/assessors/{tess.id}/stand-down").status_code == 404
    assert omar.get(f"/assessment/{bid.ref}/assessors/{10**20}/stand-down").status_code == 404


def test_an_assessor_whose_appointment_has_ended_sees_nothing_any_more(as_user, person, frozen):
    bid, _ = factories.a_bid_with_assessors()
    tess = person(TESS)
    (appointment,) = tess.appointments
    assert appointment.role is OfficeRole.ASSESSOR

    def end():
        db.session.get(Appointment, appointment.id).to_on = frozen.now.date()

    write(end)
    frozen.move(days=1)
    assert as_user(TESS).get(f"/assessment/{bid.ref}/score").status_code == 404
    assert as_user(TESS).get("/assessment/").status_code == 403

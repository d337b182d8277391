"""Interests are declared before a bid opens, and a conflict closes it for good, whatever other hats somebody wears."""

import pytest
from sqlalchemy import select

from portal.assessment import lists
from portal.assessment.models import Stage
from portal.assessment.policy import bids_visible_to
from portal.core.db import db, write
from portal.people.models import Appointment, Capacity, Membership, OfficeRole, Right
from portal.people.policy import was_involved
from tests import factories
from tests.cast import OMAR, SINCE, TESS, VIC

NONE, NOTED, CONFLICT = ({"declared": key} for key in ("none", "noted", "conflict"))


@pytest.fixture
def invited(app):
    return factories.assign(factories.an_admitted_bid(), TESS)


def place(assignment, page="interest"):
    return f"/assessment/{assignment.application.ref}/{page}"


def test_before_that_only_who_takes_part_is_shown(as_user, invited):
    bid = invited.application
    page = as_user(TESS).get(place(invited)).text
    for name in ("Fenland Community Safety Partnership", "Fenland District Council", "Wisbech St Mary Parish Council"):
        assert name in page
    told = f"{bid.organisation} {bid.accountable_body} {lists.partners_of(bid)}"
    content = [item["shown"] for section in lists.content_for_office(bid) for item in section["items"] if item.get("shown")]
    assert [
        text for text in content if len(text) > 8 and text in page and text not in told and str(bid.organisation) not in text
    ] == []
    assert bid.name not in page
    assert ".example" not in page.split("<main")[1].split("</main")[0]


def test_a_bid_opens_when_there_is_no_interest(as_user, invited, person):
    tess = as_user(TESS)
    assert tess.get(place(invited, "score")).location.endswith("/interest")
    assert tess.post(place(invited), data=NONE).location.endswith("/score")
    assert invited.stage is Stage.DECLARED
    assert was_involved(person(TESS), invited.case, Capacity.ASSESSOR)
    assert invited.application.name in tess.get(place(invited, "score")).text
    assert tess.post(place(invited), data=NONE).status_code == 303  # a second click meets the first


def test_a_link_is_noted_and_the_office_reads_it(as_user, invited):
    tess = as_user(TESS)
    assert tess.post(place(invited), data=NOTED).status_code == 422
    assert tess.post(place(invited), data=NOTED | {"interest": "I once lived there."}).status_code == 303
    assert (invited.stage, invited.has_conflict, invited.interest) == (Stage.DECLARED, False, "I once lived there.")
    assert "I once lived there." in as_user(OMAR).get(f"/assessment/{invited.case}?part=scores").text


def test_a_conflict_needs_words_and_closes_the_bid_for_good(as_user, invited, outbox):
    tess = as_user(TESS)
    assert tess.post(place(invited), data=CONFLICT).status_code == 422
    assert tess.post(place(invited), data=CONFLICT | {"interest": "My sister chairs it."}).status_code == 303
    assert (invited.stage, invited.has_conflict) == (Stage.STOOD_DOWN, True)
    assert "closed to you" in tess.get(place(invited)).text
    for page in ("score", "score/submit"):
        assert tess.get(place(invited, page)).status_code == 404
    assert tess.get(f"/assessment/{invited.case}").status_code == 404
    assert tess.post(place(invited), data=NONE).status_code == 200  # the same closed page, and nothing changes
    assert invited.stage is Stage.STOOD_DOWN
    assert [(mail.to_address, "sister" in mail.body) for mail in outbox()] == [(OMAR.email, False)]


@pytest.mark.parametrize("fields", [{}, {"declared": "maybe"}, CONFLICT | {"interest": "x" * 20_000}])
def test_a_declaration_that_cannot_be_read_is_refused_with_what_was_typed(as_user, invited, fields):
    reply = as_user(TESS).post(place(invited), data=fields)
    assert reply.status_code == 422
    assert fields.get("interest", "") in reply.text
    assert invited.stage is Stage.INVITED


def test_a_conflict_after_scoring_takes_the_scores_out_of_the_count(as_user):
    bid = factories.a_moderated_bid()
    tess, _ = lists.assignments_of(bid)
    reply = as_user(TESS).post(place(tess), data=CONFLICT | {"interest": "I have just found out."})
    assert reply.status_code == 303
    assert bid.agreed_permille is None
    assert len(lists.points_given(lists.assignments_of(bid))) == 1
    assert len(tess.scores) == 6


def test_a_conflict_wins_over_every_other_hat(as_user, person):
    bid = factories.an_admitted_bid()
    write(db.session.add, Appointment(user_id=person(VIC).id, role=OfficeRole.GRANTS_OFFICER, from_on=SINCE))
    vic = as_user(VIC)
    assert vic.get(f"/assessment/{bid.ref}").status_code == 200
    factories.declare(factories.assign(bid, VIC), conflict="My sister chairs it.")
    for page in ("", "/gate", "/moderate", "/recommend", "/score"):
        assert vic.get(f"/assessment/{bid.ref}{page}").status_code == 404
    assert bid.ref not in vic.get("/assessment/").text
    assert bid.ref not in vic.get("/assessment/export.csv").text
    assert vic.get(f"/applications/{bid.ref}").status_code == 404


def test_nobody_in_the_office_assesses_a_bid_of_their_own_organisation(as_user, person):
    bid = factories.a_scored_bid()
    write(db.session.add, Membership(user_id=person(OMAR).id, organisation_id=bid.organisation_id, right=Right.READER,
                                     from_on=SINCE))  # fmt: skip
    assert as_user(OMAR).get(f"/assessment/{bid.ref}").status_code == 404
    assert db.session.scalars(select(bids_visible_to(person(OMAR)).subquery().c.ref)).all() == []


def test_only_the_assessor_declares_their_own_interest(as_user, invited):
    assert as_user(VIC).get(place(invited)).status_code == 404
    assert as_user(OMAR).post(place(invited), data=NONE).status_code == 404
    assert invited.stage is Stage.INVITED

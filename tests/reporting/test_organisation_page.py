"""An organisation's page gathers what each reader may see of it; parts that are not theirs are not there."""

import pytest
from sqlalchemy import select

from portal.assessment import actions as assessment
from portal.assessment import gate
from portal.awards.models import Award
from portal.core.db import db, write
from portal.people import actions
from portal.people.models import Capacity, Membership, PaperKind, Right
from tests.cast import ADA, ALEX, CLEO, DANA, FINN, GUS, IRA, OMAR, PAT, ROSA, TESS, VIC, user_of
from tests.factories import a_live_award, a_submitted_bid, assign, declare, returns_of
from tests.people.organisations import added, at, body
from tests.people.test_papers import given


def headings(text):
    ids = ("documents", "overdue", "grants", "applications", "interests", "host", "people", "history")
    return [name for name in ids if f'<h2 id="{name}">' in text]


@pytest.fixture
def told(app, frozen):
    """Fenland with a grant, a bid in assessment with an interest, and a document."""
    award = a_live_award()
    bid = a_submitted_bid()
    noted = {each.check.id: (True, "Seen.") for each in gate.findings(bid)}
    write(assessment.admit, bid, noted, by=user_of(OMAR))
    declare(assign(bid, VIC), conflict="My sister sits on its board.")
    given(PaperKind.CONSTITUTION, None)
    return award, bid


@pytest.mark.parametrize(("who", "parts"), [
    (OMAR, ["documents", "grants", "applications", "interests", "host", "people", "history"]),
    (ALEX, ["documents", "grants", "applications", "interests", "host", "people", "history"]),
    (FINN, ["grants", "applications", "interests", "host", "people", "history"]),
    (ADA, ["documents", "grants", "applications", "host", "people", "history"]),
    (ROSA, ["documents", "grants", "applications", "host", "people", "history"]),
])  # fmt: skip
def test_each_reads_the_parts_that_are_theirs(as_user, told, who, parts):
    text = as_user(who).get(at(body("fenland-csp"))).text
    assert headings(text) == parts
    assert ("My sister sits on its board." in text) is (who not in (ADA, ROSA))


@pytest.mark.parametrize(("who", "status"), [(CLEO, 404), (GUS, 404), (TESS, 404), (VIC, 404), (None, 303)])
def test_others_do_not_learn_that_it_is_there(as_user, who, status):
    assert as_user(who).get(at(body("fenland-csp"))).status_code == status
    if who is not None:
        there, nowhere = (as_user(who).get(address).text for address in (at(body("fenland-csp")), "/organisations/999999"))
        assert there.partition("<main")[2] == nowhere.partition("<main")[2]


def test_its_own_people_reach_theirs_from_every_page(as_user, told):
    award, bid = told
    ada = as_user(ADA)
    assert 'href="/your-organisation"' in ada.get("/desk").text
    text = ada.get("/your-organisation").text
    assert award.ref in text
    assert bid.ref in text
    assert "Replace<span" in text
    assert "Merge with another" not in text
    assert as_user(OMAR).get("/your-organisation").status_code == 403


def test_who_acts_for_several_chooses(as_user, person):
    other = body("east-cambridgeshire-csp")
    ada = person(ADA)
    held = Membership(user_id=ada.id, organisation_id=other.id, right=Right.READER, from_on=ada.memberships[0].from_on)
    write(db.session.add, held)
    assert f'href="{at(other)}"' in as_user(ADA).get("/your-organisation").text


def test_a_conflict_closes_the_case_here_too(as_user, person, told):
    award, _ = told
    write(lambda: actions.involve(person(PAT), award.ref, Capacity.CONFLICTED))
    assert award.ref not in as_user(PAT).get(at(body("fenland-csp"))).text
    assert award.ref in as_user(DANA).get(at(body("fenland-csp"))).text


def test_an_applicants_page_never_tells_how_far_the_office_is(as_user, told):
    text = as_user(ADA).get("/your-organisation").text
    assert "Vic Lowe" not in text
    assert "In assessment" in text


def test_it_is_led_to_from_the_bid_and_from_the_grants_file(as_user, told):
    award, bid = told
    link = f'href="{at(body("fenland-csp"))}"'
    assert link in as_user(OMAR).get(f"/assessment/{bid.ref}").text
    assert link in as_user(FINN).get(f"/grants/{award.ref}").text
    assert link in as_user(ADA).get(f"/grants/{award.ref}").text
    assert link not in as_user(GUS).get(f"/grants/{award.ref}").text


def test_overdue_returns_stand_above_the_grants(as_user, told, frozen):
    award, _ = told
    first = returns_of(award)[0]
    frozen.move(days=(first.due_on - frozen.now.date()).days + 2)
    text = as_user(OMAR).get(at(body("fenland-csp"))).text
    assert f'href="/returns/{first.ref}"' in text


def test_the_page_asks_as_often_for_three_rows_as_for_one(as_user, query_count, told, person):
    omar, fenland = as_user(OMAR), body("fenland-csp")

    def add(number):
        def rows():
            other = actions.add_organisation(f"Body {'abc'[number] * 6}", body("fen-edge-youth-trust").kind, by=person(OMAR))
            actions.add_contact(fenland, f"Jo {number}", "", "jo@fenland.example", "", frozen_day, by=person(OMAR))
            actions.add_partner(fenland, other, frozen_day, by=person(OMAR))

        write(rows)
        given(PaperKind.INSURANCE)

    frozen_day = person(OMAR).appointments[0].from_on
    add(0)
    with query_count() as one:
        assert omar.get(at(fenland)).status_code == 200
    for number in (1, 2):
        add(number)
        a_submitted_bid()
        a_live_award()
    with query_count() as three:
        text = omar.get(at(fenland)).text
    assert text.count("jo@fenland.example") == 3
    assert len(db.session.scalars(select(Award)).all()) == 3
    assert len(one) == len(three)


def test_a_merged_one_shows_until_when_it_can_be_undone(as_user, person):
    charity, double = body("fen-edge-youth-trust"), added("Fen Edge Youth Trust Ltd")
    text = as_user(OMAR).get(at(charity)).text
    assert "This may be the same as Fen Edge Youth Trust Ltd. Their names are alike." in text
    assert "This may be the same" not in as_user(FINN).get(at(charity)).text
    write(lambda: actions.merge(charity, double, by=person(OMAR)))
    text = as_user(IRA).get(at(charity)).text
    assert "Can be undone until 9 July 2026 at 11am" in text
    assert "This may be the same" not in text

"""The desk: what waits for a person, and that each link leads where they may go."""

import re
from datetime import timedelta

import pytest

from portal.applications.models import Application
from portal.core import clock
from portal.core.db import db, write
from portal.people import actions as people
from portal.people.actions import involve
from portal.people.models import Appointment, Capacity, OfficeRole
from portal.reporting.desk import waiting_for
from tests import factories as acts
from tests.cast import ADA, ALEX, BEN, CARA, CLEO, DANA, FINN, GUS, IRA, KIT, MAYA, MONA, OMAR, PAT, PRIYA, ROSA, TESS, UMA, VIC


@pytest.fixture
def piles(app, person):
    """`piles(ADA)`: the titles of what waits for her, with how many."""
    with app.test_request_context():
        yield lambda who: {pile.title: len(pile.found) for pile in waiting_for(person(who))}


def test_nothing_waits_in_an_empty_house(as_user, app):
    for who in (ADA, GUS, OMAR, TESS, DANA, MONA, IRA):
        assert "Nothing waits for you" in as_user(who).get("/desk").text
    assert as_user(None).get("/desk").location.startswith("/sign-in")


@pytest.mark.parametrize(
    ("bring", "expected"),
    [
        (acts.a_draft, {ADA: "Applications to finish", BEN: "Applications to finish"}),
        (acts.a_submitted_bid, {OMAR: "Applications to check", PRIYA: "Applications to check", ADA: "With the office"}),
        (acts.a_returned_bid, {ADA: "Questions to answer", BEN: "Questions to answer"}),
        (acts.an_admitted_bid, {OMAR: "Assessors to assign"}),
        (acts.a_bid_with_assessors, {TESS: "Scores to give", UMA: "Scores to give"}),
        (acts.a_scored_bid, {OMAR: "Scores to moderate"}),
        (acts.a_moderated_bid, {OMAR: "Recommendations to make"}),
        (acts.a_recommended_bid, {DANA: "Applications to decide"}),
        (acts.a_declined_bid, {MONA: "Notices to publish"}),
        (acts.an_offered_award, {GUS: "Offers to accept"}),
        (acts.an_accepted_award, {OMAR: "Grants to start", MONA: "Notices to publish"}),
        (acts.a_submitted_return, {OMAR: "Returns to review"}),
        (acts.a_queried_return, {ADA: "Returns to send", BEN: "Returns to send", GUS: "Returns to send"}),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_each_stage_waits_for_those_whose_turn_it_is(as_user, piles, app, bring, expected):
    bring()
    for who, title in expected.items():
        assert piles(who).get(title) == 1, (who.name, piles(who))
        page = as_user(who).get("/desk").text
        assert title in page
        for address in set(re.findall(r'class="govuk-link govuk-task-list__link" href="([^"]+)"', page)):
            assert as_user(who).get(address).status_code == 200, address


def test_what_takes_a_second_person_waits_on_the_desk_of_those_who_may_answer_it(as_user, piles, person):
    asked = (OfficeRole.DECISION_MAKER, clock.today(), None, "Acts while Dana is away")
    write(lambda: people.give_role(person(PAT), *asked, by=person(IRA)))
    assert (piles(KIT), piles(IRA)) == ({"Roles to confirm": 1}, {})
    page = as_user(KIT).get("/desk").text
    (address,) = re.findall(r'task-list__link" href="([^"]+)"', page)
    assert as_user(KIT).get(address).status_code == 200


def test_who_only_sits_on_the_panel_reads_how_they_take_part(as_user, person):
    write(lambda: db.session.add(Appointment(user=person(ROSA), role=OfficeRole.PANEL_MEMBER, from_on=clock.today())))
    write(lambda: [db.session.delete(each) for each in person(ROSA).memberships])
    page = as_user(ROSA).get("/desk").text
    assert "the grants team sends you the file of each bid" in page
    for address in ("/plan", "/funds", "/decisions"):
        assert f'<a href="{address}">' in page
        assert as_user(ROSA).get(address).status_code == 200


def test_strangers_and_readers_have_nothing_to_do(piles, app):
    acts.a_returned_bid()
    acts.an_offered_award(CLEO)
    for who in (ROSA, MAYA, VIC, FINN, DANA):
        assert "Questions to answer" not in piles(who)
        assert "Offers to accept" not in piles(who)
    assert piles(CLEO) == {}


def test_before_interests_are_declared_only_the_applicant_is_named(as_user, app):
    bid = acts.an_admitted_bid()
    acts.assign(bid, TESS)
    page = as_user(TESS).get("/desk").text
    assert "Interests to declare" in page
    assert bid.title not in page


def test_a_conflict_takes_the_bid_off_the_desk(piles, app):
    acts.declare(acts.assign(acts.an_admitted_bid(), VIC), conflict="My sister works there.")
    assert piles(VIC) == {}
    assert piles(OMAR) == {"Assessors to assign": 1}


def test_who_has_touched_the_bid_is_not_asked_to_decide_it(piles, app, person):
    bid = acts.a_recommended_bid()
    write(involve, person(DANA), bid.ref, Capacity.CONFLICTED)
    assert "Applications to decide" not in piles(DANA)


def test_an_offer_that_waits_for_an_answer_is_not_yet_announced(piles, app):
    acts.an_offered_award()
    assert piles(MONA) == {}


def test_returns_come_to_the_desk_in_time_and_turn_red(as_user, piles, app, frozen):
    return_ = acts.a_due_return()
    due = frozen.now + timedelta(days=(return_.due_on - frozen.now.date()).days)
    for before, waits in ((60, False), (45, True), (1, True), (0, True), (-3, True)):
        frozen.at(due - timedelta(days=before))
        assert ("Returns to send" in piles(ADA)) == waits
    assert "Overdue" in as_user(ADA).get("/desk").text
    assert piles(OMAR) == {"Overdue returns to chase": 1}


def test_a_flood_is_counted_and_not_shown(as_user, app, monkeypatch):
    for _ in range(8):
        acts.start_bid(ADA)
        write(age)
    page = as_user(ADA).get("/desk").text
    assert '<span class="count">8</span>' in page
    assert page.count("govuk-task-list__item ") + page.count('govuk-task-list__item"') <= 8
    assert "See all of them" in page


def age():
    """Let no draft be taken for the untouched one of a moment ago."""
    db.session.query(Application).update({"title": "Begun"})


@pytest.mark.parametrize(
    ("who", "words"),
    [(FINN, "Open the finance report"), (CARA, "Awarded"), (PAT, "Open the plan"), (ALEX, "Check the chain")],
)
def test_those_who_look_on_begin_with_figures(as_user, app, who, words):
    acts.a_live_award()
    assert words in as_user(who).get("/desk").text


def test_the_auditor_sees_that_the_chain_holds(as_user, app):
    acts.a_submitted_bid()
    assert "The chain holds" in as_user(ALEX).get("/chain").text
    for who in (OMAR, ADA, FINN):
        assert as_user(who).get("/chain").status_code == 403


def test_the_number_of_queries_does_not_grow_with_what_waits(as_user, app, query_count):
    counts = []
    for bring in (acts.a_submitted_bid, acts.a_recommended_bid, acts.a_live_award):
        bring()
        bring(CLEO)
    for _ in range(2):
        for who in (OMAR, DANA, ADA):
            client = as_user(who)
            with query_count() as queries:
                client.get("/desk")
            counts.append(len(queries))
        for bring in (acts.a_submitted_bid, acts.a_recommended_bid):
            bring(ADA)
    assert counts[:3] == counts[3:]
    assert max(counts) <= 16

"""A grant's file: the whole story to those whose it is, no scores to the applicant, nothing to strangers."""

import pytest
from markupsafe import escape

from portal.assessment.lists import gate_results
from portal.awards.models import AwardLine, AwardMeasure
from portal.core.db import db, write
from portal.demonstration import history, reference
from tests import factories as acts
from tests.cast import ADA, ALEX, BEN, CLEO, DANA, FINN, GUS, MONA, NED, OMAR, PRIYA, ROSA, TESS, VIC

FENLAND = (ADA, BEN, ROSA)
OFFICE = (OMAR, PRIYA, DANA, FINN, MONA, ALEX)


@pytest.mark.parametrize("who", [*FENLAND, GUS, *OFFICE])
def test_the_file_of_a_live_grant_is_open_to_its_people_and_the_office(as_user, app, who):
    award = acts.a_live_award()
    page = as_user(who).get(f"/grants/{award.ref}").text
    for words in (award.title, "£1,450.00", "Fenland District Council", "Live", "Commissioner", "History", "Decided"):
        assert words in page


@pytest.mark.parametrize("who", [CLEO, NED, TESS, VIC])
def test_strangers_meet_the_same_404_as_where_there_is_nothing(as_user, app, who):
    award = acts.a_live_award()
    client = as_user(who)
    there, nowhere = client.get(f"/grants/{award.ref}"), client.get("/grants/SCF26-9999")
    assert there.status_code == nowhere.status_code == 404
    assert award.title not in there.text


def test_visitors_are_sent_to_sign_in(as_user, app):
    award = acts.a_live_award()
    assert as_user(None).get(f"/grants/{award.ref}").location.startswith("/sign-in")


def test_a_draft_is_seen_by_its_writers_only(as_user, app):
    draft = acts.a_complete_draft()
    assert as_user(ADA).get(f"/grants/{draft.ref}").status_code == 200
    for who in (OMAR, GUS, CLEO):
        assert as_user(who).get(f"/grants/{draft.ref}").status_code == 404


def test_nothing_private_is_in_the_applicants_file(as_user, app):
    """A canary in each place that is the office's own."""
    bid, assignments = acts.a_bid_with_assessors()
    for assignment in assignments:
        acts.score(assignment, 4)
    with_canaries(bid, assignments)
    decision = acts.decline(acts.recommend(bid, reasons="CANARY recommendation"), feedback="CANARY feedback")
    for who in FENLAND:
        page = as_user(who).get(f"/grants/{bid.ref}").text
        assert decision.reasons in page
        for private in ("CANARY", "Tess Aldous", "Uma Rao", "Omar Haddad", "80.0", "80%", "/assessment/"):
            assert private not in page, private
    assert "CANARY recommendation" in as_user(OMAR).get(f"/grants/{bid.ref}").text


def with_canaries(bid, assignments):
    def plant():
        for result in gate_results(bid):
            result.note = "CANARY note of the gate"
        for assignment in assignments:
            for score in assignment.scores:
                score.justification = "CANARY justification"
            assignment.interest = "CANARY interest"

    write(plant)
    acts.moderate(bid, 4)


@pytest.mark.parametrize("bring", [acts.a_moderated_bid, acts.a_recommended_bid])
def test_the_applicant_is_told_that_a_bid_is_assessed_until_it_is_decided(as_user, app, bring):
    bid = bring()
    page = as_user(ADA).get(f"/grants/{bid.ref}").text
    assert "In assessment" in page
    assert "ecommended" not in page
    assert "oderation" not in page


def test_the_file_of_an_award_in_part_has_money_budget_measures_and_decision(as_user, app):
    award = acts.an_accepted_award(awarded=100000)
    page = as_user(ADA).get(f"/grants/{award.ref}").text
    for words in ("£1,000.00", "asked for £1,450.00", "2026-27", "Who pays", "Budget", "Agreed", "Measures", "Target",
                  "Awarded in part", "The last of the budget lines is paid in part only."):  # fmt: skip
        assert words in page


def test_returns_show_their_readings_in_words_and_their_direction(as_user, app):
    return_ = acts.an_accepted_return()
    page = as_user(GUS).get(f"/grants/{return_.award.ref}").text
    for words in ("Mid-point return", "Green", 'rag__letter" aria-hidden="true">G', "New", "Accepted the mid-point return"):
        assert words in page


def test_the_figures_of_an_unsent_return_are_its_writers_own(as_user, app):
    return_ = acts.a_filled_return()
    spent = "£725.00"
    own, office = (as_user(who).get(f"/grants/{return_.award.ref}").text for who in (ADA, OMAR))
    assert (spent in own) or ("Green" in own)
    assert "Green" not in office


@pytest.mark.parametrize(("who", "button"), [(GUS, "Accept the grant"), (ADA, None), (OMAR, None)])
def test_only_who_may_accept_is_offered_to(as_user, app, who, button):
    award = acts.an_offered_award()
    page = as_user(who).get(f"/grants/{award.ref}").text
    assert ("Accept the grant" in page) == (button is not None)
    assert ("Decline the offer" in page) == (button is not None)


def test_the_officer_starts_an_accepted_grant_from_its_file(as_user, app):
    award = acts.an_accepted_award()
    assert f'action="/awards/{award.ref}/start"' in as_user(OMAR).get(f"/grants/{award.ref}").text
    assert f'action="/awards/{award.ref}/start"' not in as_user(ADA).get(f"/grants/{award.ref}").text


def test_grants_of_the_past_show_their_figures_with_source_and_note(as_user, app):
    for facts in reference.data("history_awards"):
        award = write(history.take_over, facts)
        page = as_user(FINN).get(f"/grants/{award.ref}").text
        for words in (
            f"£{facts['pence'] / 100:,.2f}",
            facts["source"],
            "Taken over from published papers",
            history.SPEND_UNKNOWN,
        ):
            assert escape(words) in page
        for part in facts["funding"]:
            assert f"£{part['pence'] / 100:,.2f}" in page


@pytest.mark.parametrize("ref", ["none", "SCF26-0001'--", "%00", "<b>", "a" * 3000])
def test_no_reference_breaks_the_page(as_user, app, ref):
    assert as_user(OMAR).get(f"/grants/{ref}").status_code == 404


def test_the_number_of_queries_does_not_grow_with_lines_measures_or_steps(as_user, app, query_count):
    return_ = acts.an_accepted_return()
    ref, award_id = return_.award.ref, return_.award_id
    officer, counts = as_user(OMAR), []
    for more in range(2):
        write(add_lines, award_id, more * 3)
        with query_count() as queries:
            officer.get(f"/grants/{ref}")
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_file_is_light_and_the_whole_of_it_is_one_page_further(as_user, app, query_count):
    return_ = acts.an_accepted_return()
    address, omar = f"/grants/{return_.award.ref}", as_user(OMAR)
    with query_count() as queries:
        glance = omar.get(address).text

    asked = [query for query in queries if query.startswith("SELECT")]
    assert len(asked) <= 12
    assert len(glance) <= 40_000
    assert f'href="{address}/whole#application"' in glance
    whole = omar.get(f"{address}/whole").text
    for words in ("Print the whole file", "Not answered", 'id="section-'):
        assert (words in glance) != (words in whole)
    for words in ("Who pays", "Decision", "Returns", "History"):
        assert words in whole


@pytest.mark.parametrize("who", [CLEO, NED, TESS, VIC])
def test_the_whole_file_is_as_closed_to_strangers(as_user, app, who):
    assert as_user(who).get(f"/grants/{acts.a_live_award().ref}/whole").status_code == 404


def add_lines(award_id: int, number: int) -> None:
    for position in range(100, 100 + number):
        db.session.add(AwardLine(award_id=award_id, position=position, category="Other", description="x", asked_pence=0, pence=0))
        db.session.add(AwardMeasure(award_id=award_id, position=position, name="x", baseline=0, target=1))

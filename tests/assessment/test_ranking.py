"""Bids under schemes other than the weighted one: what assessors fill in, what is agreed, and the order that comes of it."""

import pytest

from portal.core import clock
from portal.core.db import write
from portal.funds.lists import budgets_for
from tests import factories
from tests.assessment.typed import place
from tests.cast import ADA, ALEX, CLEO, MAYA, OMAR, TESS

RANKING = "/assessment/rounds/{}/ranking"


def test_a_pass_or_fail_is_chosen_in_words_and_a_fail_recommends_no_grant(as_user):
    bid, (tess, uma) = factories.a_bid_with_assessors(by=MAYA, project="boxing")
    page = as_user(TESS).get(place(tess)).text
    assert ("Result for: Safeguarding" in page, "Pass or fail" in page) == (True, True)
    assert "A policy that fits this work" in page
    factories.score(tess, (4, 4, 4, 4, 4, 1))
    factories.score(uma, (4, 4, 4, 4, 4, 0))
    omar = as_user(OMAR)
    scores = omar.get(f"/assessment/{bid.ref}?part=scores").text
    assert "The assessors are far apart on Safeguarding" in scores
    factories.moderate(bid, (4, 4, 4, 4, 4, 0))
    assert bid.agreed_permille == 800
    page = omar.get(f"/assessment/{bid.ref}/recommend").text
    assert ("Fails: Safeguarding" in page, "80%" in page) == (True, True)
    assert "Fails: Safeguarding" in omar.get(RANKING.format("YCF26")).text


@pytest.mark.parametrize(("points", "advice"), [((3, 3, 3, 4, 3, 1), "Below the threshold of 65%"),
                                                ((4, 3, 3, 3, 3, 1), "At or above the threshold of 65%")])  # fmt: skip
def test_the_threshold_speaks_where_there_is_one(as_user, points, advice):
    bid = factories.moderate(factories.a_scored_bid(by=MAYA, project="boxing", points=(points, points)))
    assert advice in as_user(OMAR).get(f"/assessment/{bid.ref}").text


def test_bids_stand_in_order_with_a_line_where_the_money_ends(as_user, query_count):
    low = factories.moderate(factories.a_scored_bid(points=(3, 3)))
    omar = as_user(OMAR)
    omar.get(RANKING.format("SCF26"))
    with query_count() as few:
        omar.get(RANKING.format("SCF26"))
    high = factories.moderate(factories.a_scored_bid(by=CLEO, project="ely-bikes", points=(5, 4)))
    equal = factories.moderate(factories.a_scored_bid(by=CLEO, project="witchford-tips", points=(3, 3)))
    page = omar.get(RANKING.format("SCF26")).text
    assert page.index(high.ref) < page.index(low.ref) < page.index(equal.ref)  # the same score: the earlier one first
    assert "The money ends here" not in page

    def spend_nearly_all():
        for number, budget in enumerate(budgets_for(low.round.fund_id, clock.today())):
            budget.over_programming_pence = 0
            budget.pence = budget.committed_pence + (0 if number else high.requested_pence)

    write(spend_nearly_all)
    with query_count() as many:
        page = omar.get(RANKING.format("SCF26")).text
    assert page.index(high.ref) < page.index("The money ends here") < page.index(low.ref)
    assert len(many) <= len(few) <= 16


@pytest.mark.parametrize(("who", "status"), [(ALEX, 200), (TESS, 404), (ADA, 404), (None, 303)])
def test_who_reads_a_ranking(as_user, who, status):
    assert as_user(who).get(RANKING.format("SCF26")).status_code == status

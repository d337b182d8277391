"""Every page of assessment answers, for each person and stage that it is made for."""

import pytest

from tests import factories
from tests.cast import ALEX, DANA, OMAR, PRIYA, TESS, UMA


@pytest.mark.parametrize("who", [OMAR, PRIYA, DANA, ALEX])
@pytest.mark.parametrize("part", ["answers", "gate", "scores", "nothing"])
def test_the_office_reads_a_bid_part_by_part(as_user, who, part):
    bid = factories.a_recommended_bid()
    reply = as_user(who).get(f"/assessment/{bid.ref}?part={part}")
    assert reply.status_code == 200
    assert bid.name in reply.text


def test_every_page_of_an_officer(as_user):
    officer = as_user(OMAR)
    submitted = factories.a_submitted_bid()
    for page in ("gate", "return"):
        assert officer.get(f"/assessment/{submitted.ref}/{page}").status_code == 200
    bid, assignments = factories.a_bid_with_assessors(project="new-drove")
    for page in ("", "?part=scores", "/moderate", "/recommend", "/return"):
        assert officer.get(f"/assessment/{bid.ref}{page}").status_code == 200
    for page in ("stand-down", "interest"):
        assert officer.get(f"/assessment/{bid.ref}/assessors/{assignments[0].id}/{page}").status_code == 200
    for assignment, points in zip(assignments, (5, [1, 3, 2, 5, 4, 0]), strict=True):
        factories.score(assignment, points)
    for page in ("", "?part=scores", "/moderate", "/recommend", f"/assessors/{assignments[0].id}/send-back"):
        assert officer.get(f"/assessment/{bid.ref}{page}").status_code == 200
    factories.begin_moderation(bid)
    for page in ("", "?part=scores", "/moderate", "/recommend"):
        assert officer.get(f"/assessment/{bid.ref}{page}").status_code == 200


def test_every_page_of_an_assessor(as_user):
    tess = as_user(TESS)
    bid = factories.an_admitted_bid()
    assignment = factories.assign(bid, TESS)
    assert tess.get("/assessment/").status_code == 200
    assert tess.get("/assessment/mine").status_code == 200
    assert tess.get(f"/assessment/{bid.ref}/interest").status_code == 200
    assert tess.get(f"/assessment/{bid.ref}/score").status_code == 303
    factories.declare(assignment)
    assert tess.get(f"/assessment/{bid.ref}/score").status_code == 200
    factories.score(assignment, 4, hand_in=False)
    assert tess.get(f"/assessment/{bid.ref}/score/submit").status_code == 200
    factories.score(assignment, 4)
    assert tess.get(f"/assessment/{bid.ref}/score").status_code == 200
    other = factories.declare(factories.assign(bid, UMA))
    factories.score(other, 3)
    assert "All scores" in tess.get(f"/assessment/{bid.ref}/score").text


def test_a_refused_bid_and_what_the_office_may_do_with_it(as_user):
    bid = factories.a_submitted_bid()
    factories.refuse_entry(bid)
    assert as_user(OMAR).get(f"/assessment/{bid.ref}?part=gate").status_code == 200
    assert as_user(PRIYA).get(f"/assessment/{bid.ref}/reinstate").status_code == 200

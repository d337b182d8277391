"""Who may open and do what: each page and button is asked by everyone, the outsider first."""

import pytest

from portal.assessment import lists
from portal.core.db import db, write
from portal.people.models import Appointment, OfficeRole
from tests import factories
from tests.cast import ADA, ALEX, CLEO, DANA, FINN, GUS, OMAR, PRIYA, ROSA, SINCE, TESS, UMA, VIC

OUTSIDE = (ADA, ROSA, GUS, CLEO)  # the applicant's own people, and another's
READERS = (DANA, FINN, ALEX)  # of the office, to read only


@pytest.fixture
def bid(app):
    """In assessment: Tess may score it, Uma has not declared yet, Vic has an interest."""
    made = factories.an_admitted_bid()
    factories.declare(factories.assign(made, TESS))
    factories.assign(made, UMA)
    factories.declare(factories.assign(made, VIC), conflict="My sister chairs it.")
    return made


def expected(bid):
    """Address and method → the status for the outside, Tess, Uma, Vic, readers, and officers."""
    tess, _, _ = lists.assignments_of(bid)
    (criterion, *_) = bid.round.criteria
    return {
        ("GET", ""): (404, 403, 404, 404, 200, 200),
        ("GET", "?part=scores"): (404, 403, 404, 404, 200, 200),
        ("GET", "/return"): (404, 403, 404, 404, 403, 200),
        ("GET", "/gate"): (404, 403, 404, 404, 403, 409),
        ("GET", "/refuse"): (404, 403, 404, 404, 403, 409),
        ("GET", "/reinstate"): (404, 403, 404, 404, 403, (403, 409)),
        ("GET", "/moderate"): (404, 403, 404, 404, 403, 200),
        ("GET", "/recommend"): (404, 403, 404, 404, 403, 200),
        ("GET", "/interest"): (404, 200, 200, 200, 404, 404),
        ("GET", "/score"): (404, 200, 303, 404, 404, 404),
        ("GET", "/score/submit"): (404, 409, 409, 404, 404, 404),
        ("GET", f"/assessors/{tess.id}/stand-down"): (404, 403, 404, 404, 404, 200),
        ("GET", f"/assessors/{tess.id}/send-back"): (404, 403, 404, 404, 404, 409),
        ("GET", f"/assessors/{tess.id}/interest"): (404, 200, 404, 404, 404, 200),
        ("POST", "/assign"): (404, 403, 404, 404, 403, 422),
        ("POST", "/return"): (404, 403, 404, 404, 403, 422),
        ("POST", "/moderate"): (404, 403, 404, 404, 403, 409),
        ("POST", "/recommend"): (404, 403, 404, 404, 403, 422),
        ("POST", "/score"): (404, 303, 303, 404, 404, 404),
        ("POST", f"/score/{criterion.id}"): (404, 200, 409, 404, 404, 404),
    }


def test_every_page_and_button_is_open_to_those_alone_who_need_it(as_user, bid):
    groups = (OUTSIDE, (TESS,), (UMA,), (VIC,), READERS, (OMAR, PRIYA))
    browsers = {who: as_user(who) for people in groups for who in people}
    wrong = []
    for (method, rest), statuses in expected(bid).items():
        for people, status in zip(groups, statuses, strict=True):
            for who in people:
                ask = browsers[who].get if method == "GET" else browsers[who].post
                given = ask(f"/assessment/{bid.ref}{rest}").status_code
                if given not in (status if isinstance(status, tuple) else (status,)):
                    wrong.append(f"{method} {rest} by {who.name}: {given} instead of {status}")
    assert wrong == []


def test_nobody_who_is_not_signed_in_learns_that_a_bid_exists(as_user, bid):
    stranger = as_user(None)
    for ref in (bid.ref, "SCF26-9999"):
        assert stranger.get(f"/assessment/{ref}").status_code == 303
        assert stranger.post(f"/assessment/{ref}/assign").status_code == 303


@pytest.mark.parametrize(("who", "listed", "mine"), [
    (ADA, 403, 403), (ROSA, 403, 403), (GUS, 403, 403), (TESS, 200, 200), (VIC, 200, 200), (OMAR, 200, 403),
    (DANA, 200, 403), (ALEX, 200, 403),
])  # fmt: skip
def test_who_has_a_list(as_user, who, listed, mine):
    browser = as_user(who)
    for rest in ("", "export.csv", "export.xlsx"):
        assert browser.get(f"/assessment/{rest}").status_code == listed
    for rest in ("mine", "mine/export.csv", "mine/export.xlsx"):
        assert browser.get(f"/assessment/{rest}").status_code == mine


def test_buttons_and_routes_agree(as_user, bid):
    """What the page offers answers; what it does not offer is refused."""
    for who in (OMAR, PRIYA, DANA, ALEX):
        browser = as_user(who)
        page = browser.get(f"/assessment/{bid.ref}?part=scores").text
        for name in ("gate", "return", "refuse", "reinstate", "moderate", "recommend"):
            offered = f'href="/assessment/{bid.ref}/{name}"' in page
            if offered:
                assert browser.get(f"/assessment/{bid.ref}/{name}").status_code == 200
        assert ('action="/assessment' in page) == (who in (OMAR, PRIYA) and "Ask to assess" in page)


def test_an_officer_who_assesses_too_has_two_lists_and_sees_no_scores_early(as_user, person):
    bid, (tess, _) = factories.a_bid_with_assessors()
    write(db.session.add, Appointment(user_id=person(OMAR).id, role=OfficeRole.ASSESSOR, from_on=SINCE))
    own = factories.declare(factories.assign(bid, OMAR))
    factories.score(tess, 5)
    omar = as_user(OMAR)
    assert "Bids for you to score" in omar.get("/assessment/").text
    assert bid.ref in omar.get("/assessment/mine").text
    for page in ("?part=scores", "/moderate", "/score"):
        assert "Says it all" not in omar.get(f"/assessment/{bid.ref}{page}").text
    factories.score(own, 4)
    assert "All scores" not in omar.get(f"/assessment/{bid.ref}/score").text

"""The start page and the funds: everything an applicant needs to know, without signing in and without a cookie."""

import pytest

from portal.core.db import write
from portal.funds import actions
from portal.funds.lists import public_fund
from tests.cast import ADA, BEN, GUS, MAYA, OMAR, PRIYA, ROSA, user_of

PUBLIC = ("/", "/funds", "/funds/safer-communities", "/funds/safer-communities/questions", "/decisions", "/privacy", "/cookies",
          "/accessibility", "/contact", "/healthz", "/robots.txt", "/.well-known/security.txt", "/nowhere")  # fmt: skip


@pytest.mark.parametrize("address", PUBLIC)
def test_a_visitor_gets_no_cookie(as_user, address):
    reply = as_user(None).get(address)
    assert "Set-Cookie" not in reply.headers
    assert reply.status_code == (404 if address == "/nowhere" else 200)


def test_the_start_page_says_what_is_open_how_much_for_whom_and_until_when(as_user):
    page = as_user(None).get("/").text
    for words in ("Safer Communities Fund", "Up to £5,000 for each application", "The six Community Safety Partnerships",
                  "(UK time)", "Safer Communities Fund, May 2022", "All published decisions", "/sign-in"):  # fmt: skip
        assert words in page


def test_a_fund_that_closes_moves_from_open_to_closed(as_user, app):
    fund = public_fund("safer-communities")
    assert "Read about it and apply" in as_user(None).get("/").text
    for round_ in [each for each in fund.rounds if each.is_open]:
        write(actions.close, round_, "The pot is spent.", by=user_of(PRIYA))

    page = as_user(None).get("/funds/safer-communities").text

    assert "This fund is closed to applications." in page
    assert "Sign in to apply" not in page


def test_a_fund_says_who_what_how_much_by_when_and_how_it_is_judged(as_user):
    page = as_user(None).get("/funds/safer-communities").text
    for words in ("Who can apply", "Fly-tipping", "What we do not pay for", "Work outside Cambridgeshire and Peterborough",
                  "Fit with the plan", "30%", "Need and evidence", "Up to £5,000 for each application", "(UK time)",
                  "Safer Communities Fund, May 2022", "within 10 working days", "2011 Act s.9"):  # fmt: skip
        assert words in page


@pytest.mark.parametrize(
    ("who", "way"),
    [(None, "Sign in to apply"), (ADA, "Start an application"), (BEN, "Start an application"), (ROSA, "does not act"),
     (GUS, "does not act"), (MAYA, "does not act"), (OMAR, "does not act")],
)  # fmt: skip
def test_only_those_who_may_apply_are_offered_to_start(as_user, who, way):
    page = as_user(who).get("/funds/safer-communities").text
    assert way in page
    assert ("/applications/start/SCF26" in page) == (who in (ADA, BEN))


def test_the_questions_can_be_read_before_signing_in(as_user):
    page = as_user(None).get("/funds/safer-communities/questions").text
    for words in ("5. What is the project called?", "Up to 75 words.", "For each"):
        assert words in page


@pytest.mark.parametrize("slug", ["youth-offending-services", "none", "%00", "safer-communities%00"])
def test_a_fund_that_was_never_open_to_applications_has_no_page(as_user, slug):
    assert as_user(None).get(f"/funds/{slug}").status_code == 404
    assert as_user(OMAR).get(f"/funds/{slug}/questions").status_code == 404


@pytest.mark.parametrize(("address", "most"), [("/", 5), ("/funds", 2), ("/funds/safer-communities", 7), ("/decisions", 5)])
def test_public_pages_are_light(as_user, query_count, address, most):
    with query_count() as queries:
        as_user(None).get(address)
    assert len([each for each in queries if not each.startswith(("BEGIN", "SAVEPOINT"))]) <= most

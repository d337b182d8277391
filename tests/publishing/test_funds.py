"""The start page and the funds: everything an applicant needs to know, without signing in and without a cookie."""

import pytest
from sqlalchemy import select, update

from portal.core import clock, money
from portal.core.db import db, write
from portal.funds.lists import public_rounds_of
from portal.funds.models import Round, RoundKind, RoundStage
from portal.funds.workflow import LIFE
from portal.people.models import SYSTEM
from tests import factories as acts
from tests.cast import ADA, BEN, GUS, MAYA, OMAR, ROSA

SCF22, YCF27 = "/funds/safer-communities/rounds/SCF22", "/funds/youth-and-community/rounds/YCF27"
PUBLIC = ("/", "/funds", "/funds?state=closed&q=safer", "/funds/safer-communities", "/funds/safer-communities/questions", SCF22,
          YCF27, f"{SCF22}/guide", "/funds/feed.atom", "/sitemap.xml", "/alerts/asked", "/alerts/stopped", "/decisions",
          "/privacy", "/cookies", "/accessibility", "/contact", "/healthz", "/robots.txt", "/.well-known/security.txt",
          "/nowhere")  # fmt: skip


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


def close(round_: Round) -> None:
    write(LIFE.advance, round_, "close", by=SYSTEM)


def test_a_fund_that_closes_moves_from_open_to_closed(as_user, app):
    assert "Read about it and apply" in as_user(None).get("/").text
    for round_ in [each for each in public_rounds_of("safer-communities") if each.is_open]:
        close(round_)

    page = as_user(None).get("/funds/safer-communities").text

    assert "This fund is closed to applications." in page
    assert "Sign in to apply" not in page


def test_a_fund_says_who_what_how_much_by_when_and_how_it_is_judged(as_user):
    page = as_user(None).get("/funds/safer-communities").text
    for words in ("Who can apply", "Fly-tipping", "What we do not pay for", "Work outside Cambridgeshire and Peterborough",
                  "Fit with the plan", "30%", "Need and evidence", "Up to £5,000 for each application", "(UK time)",
                  "Safer Communities Fund, May 2022", "within 10 working days", "Act 2011, section 9"):  # fmt: skip
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


@pytest.mark.parametrize(
    ("address", "most"),
    [
        ("/", 6),
        ("/funds", 5),
        ("/funds/safer-communities", 3),
        ("/decisions", 5),
        ("/funds/safer-communities/rounds/SCF22", 4),
        ("/funds/youth-and-community/rounds/YCF27/guide", 3),
        ("/funds/feed.atom", 2),
        ("/sitemap.xml", 2),
    ],
)
def test_public_pages_are_light(as_user, query_count, address, most):
    visitor = as_user(None)
    visitor.get(address)  # reads the forms, which are then known
    with query_count() as queries:
        visitor.get(address)
    assert len([each for each in queries if not each.startswith(("BEGIN", "SAVEPOINT"))]) <= most


def test_a_visitor_has_a_cookie_only_from_the_page_with_the_form_for_alerts(as_user):
    visitor = as_user(None)
    assert "Set-Cookie" in visitor.get("/alerts").headers
    page = visitor.get("/cookies").text
    assert "to get e-mails about new rounds" in page
    assert all("Set-Cookie" not in visitor.get(address).headers for address in PUBLIC)


@pytest.mark.parametrize(
    "address", ["/", "/funds", "/funds/safer-communities", SCF22, f"{SCF22}/guide", "/decisions", "/privacy"]
)
def test_a_public_page_may_be_kept_for_a_minute_where_nobody_is_signed_in(as_user, address):
    visitor, reply = as_user(None), as_user(None).get(address)
    assert reply.headers["Cache-Control"] == "public, max-age=60"
    assert "Cookie" in reply.headers["Vary"]
    assert as_user(ADA).get(address).headers["Cache-Control"] == "no-store"
    visitor.get("/sign-in")
    assert visitor.get(address).headers["Cache-Control"] == "no-store"  # a form has begun: notices may follow


def test_what_is_private_or_went_wrong_is_never_kept(as_user):
    for address in ("/alerts", "/sign-in", "/nowhere", "/funds/none", "/applications/", "/healthz"):
        assert as_user(None).get(address).headers["Cache-Control"] == "no-store"


def test_a_coming_round_is_announced_with_its_hour_and_takes_nothing_yet(as_user):
    page = as_user(ADA).get(YCF27).text
    for words in (
        "Coming",
        "This round opens on 9 July 2026 at 9am (UK time)",
        "Get an e-mail when it opens",
        "What the score is made of",
    ):
        assert words in page
    assert "Start an application" not in page
    assert as_user(ADA).get("/applications/start/YCF27").status_code == 404
    assert "second round" in as_user(None).get("/").text
    assert "first round" in as_user(None).get("/funds/youth-and-community").text  # the open round speaks for its fund


def test_a_closed_round_says_what_came_of_it(as_user):
    page = as_user(None).get(SCF22).text
    for words in (
        "This fund is closed to applications.",
        "No decision of this round has been published here yet.",
        "31 March 2023 at 5pm (UK time)",
    ):
        assert words in page


def test_what_came_of_a_round_counts_only_what_is_published(app, as_user):
    decision = acts.decide(acts.a_recommended_bid())
    close(decision.application.round)
    address = "/funds/safer-communities/rounds/SCF26"
    assert "No decision of this round has been published here yet." in as_user(None).get(address).text
    acts.accept(acts.award_of(decision.application))
    acts.publish(decision)
    assert f"1 grant, {money.show(decision.awarded_pence)} in all." in as_user(None).get(address).text


def test_the_guide_has_everything_on_one_page(as_user):
    page = as_user(None).get("/funds/youth-and-community/rounds/YCF26/guide").text
    for words in ("Who can apply", "What we do not pay for", "First we check that", "Value for money", "All questions",
                  "What is the project called?", "28 days to accept", "grants@", "(UK time)"):  # fmt: skip
        assert words in page


@pytest.mark.parametrize("address", ["/funds/safer-communities/rounds/YCF26", "/funds/none/rounds/SCF26",
                                     "/funds/safer-communities/rounds/x",
                                     "/funds/youth-offending-services/rounds/YOS21"])  # fmt: skip
def test_a_round_has_a_page_under_its_own_fund_and_only_if_anybody_could_apply(as_user, address):
    assert as_user(OMAR).get(address).status_code == 404
    assert as_user(None).get(f"{address}/guide").status_code == 404


def test_a_direct_award_stays_out_of_the_page_of_a_fund_that_is_also_competed(as_user, app):
    def agree() -> None:
        fund = public_rounds_of("youth-and-community")[0].fund
        fund.rounds.append(Round(code="YCFD", title="A direct award", kind=RoundKind.DIRECT, opens_at=clock.now(), accepts=[],
                                 stage=RoundStage.OPEN, open_at=clock.now()))  # fmt: skip

    write(agree)
    for address in ("/", "/funds", "/funds/youth-and-community", "/funds/feed.atom", "/sitemap.xml"):
        page = as_user(None).get(address).text
        assert "A direct award" not in page
        assert "YCFD" not in page


def test_a_paused_round_says_so_among_those_that_are_open(as_user, app):
    (round_,) = db.session.scalars(select(Round).where(Round.code == "YCF26"))
    db.session.execute(update(Round).where(Round.id == round_.id).values({"stage": RoundStage.PAUSED, "paused_at": clock.now()}))
    db.session.commit()
    assert "Applications are paused." in as_user(None).get("/funds/youth-and-community/rounds/YCF26").text
    assert "Paused" in as_user(None).get("/funds").text

"""Published decisions: what the law asks for, nothing more, and nothing before its time."""

import csv
from io import StringIO

import pytest
from sqlalchemy import update

from portal.core.db import db, write
from portal.funds.models import Fund
from tests import factories as acts
from tests.cast import ADA, CLEO, DANA, MONA, OMAR


def published(reasons: str = "It helps.", conditions: str = "Tell residents first."):
    """A decision that was accepted and published."""
    decision = acts.decide(acts.a_recommended_bid(), reasons=reasons, conditions=conditions)
    acts.accept(acts.award_of(decision.application))
    return acts.publish(decision)


def register(client, **chosen: str) -> list[dict[str, str]]:
    reply = client.get("/decisions/export.csv", query_string=chosen)
    assert reply.mimetype == "text/csv"
    return list(csv.DictReader(StringIO(reply.text.removeprefix("\ufeff"))))


def test_a_published_notice_is_everyones(as_user, app):
    decision = published(reasons="Residents will see cleaner roads.")
    page = as_user(None).get(f"/decisions/{decision.ref}").text
    for words in (
        "Residents will see cleaner roads.",
        "Tell residents first.",
        "Fenland District Council",
        "Dana Whitfield",
        decision.ref,
    ):
        assert words in page


@pytest.mark.parametrize("who", [None, ADA, OMAR, MONA, DANA])
def test_a_notice_that_is_not_published_has_no_public_page_for_anyone(as_user, app, who):
    decision = acts.decide(acts.a_recommended_bid())
    assert as_user(who).get(f"/decisions/{decision.ref}").status_code == 404
    assert decision.ref not in as_user(who).get("/decisions").text
    assert as_user(None).get("/decisions/D1999-0001").status_code == 404


def test_the_register_has_every_field_that_the_law_asks_for(as_user, app):
    decision = published()
    (row,) = register(as_user(None))
    bid = decision.application
    assert row["Decision"] == decision.ref
    assert row["Recipient"] == "Fenland District Council"
    assert row["Registration"] == "GB-LAE-FEN"
    assert row["Applicant"] == "Fenland Community Safety Partnership"
    assert row["Awarded"] == f"{decision.awarded_pence / 100:.2f}"
    assert (row["Reasons"], row["Conditions"], row["Purpose"]) == ("It helps.", "Tell residents first.", bid.summary)
    assert "PCF1" in row["Plan objectives"]
    assert row["Decided"] == "2026-06-09"
    assert row["Legal basis"] == "2011 Act s.9"


def test_an_offer_that_is_turned_down_is_not_told_as_money_given(as_user, app):
    decision = acts.decide(acts.a_recommended_bid())
    acts.decline_offer(acts.award_of(decision.application))
    acts.publish(decision)
    (row,) = register(as_user(None))
    assert row["Status"] == "Offer not taken up"


def test_nothing_private_is_in_what_the_public_reads(as_user, app):
    bid = acts.a_scored_bid()
    acts.moderate(bid)
    acts.recommend(bid, reasons="CANARY recommendation")
    decision = acts.decline(bid, reasons="Others were stronger.", feedback="CANARY feedback")
    acts.publish(decision)
    visitor = as_user(None)
    pages = [visitor.get(at).text for at in ("/", "/decisions", f"/decisions/{decision.ref}", "/decisions/export.csv")]
    for private in ("CANARY", "Clear and well founded", "Tess Aldous", "Uma Rao", "Omar Haddad", "Ada Khan", "ada@"):
        assert not any(private in page for page in pages), private
    assert "Others were stronger." in pages[2]


def test_formulas_in_what_people_wrote_stay_text(as_user, app):
    published(reasons='=HYPERLINK("http://evil.example")')
    (row,) = register(as_user(None))
    assert row["Reasons"].startswith("'=")


def test_the_register_can_be_searched_and_chosen_from(as_user, app):
    decision = published()
    visitor = as_user(None)
    assert (
        len(register(visitor, q="Fenland")) == len(register(visitor, fund="safer-communities", year="2026", outcome="award")) == 1
    )
    assert register(visitor, q="Ely") == register(visitor, outcome="decline") == []
    assert "1 decision" in visitor.get("/decisions?q=Fenland", headers={"HX-Request": "true", "HX-Target": "results"}).text
    assert decision.ref in visitor.get("/decisions?fund=unknown&year=%27--").text


def test_the_number_of_queries_does_not_grow_with_the_decisions(as_user, app, query_count):
    counts = []
    for people in ((ADA,), (ADA, CLEO)):
        for person in people:
            decision = acts.decide(acts.a_recommended_bid(person))
            acts.accept(acts.award_of(decision.application))
            acts.publish(decision)
        db.session.remove()
        for address in ("/decisions", "/"):
            with query_count() as queries:
                as_user(None).get(address)
            counts.append(len(queries))
    assert counts[:2] == counts[2:]


@pytest.mark.parametrize(("sensitivity", "hidden"), [("places", False), ("recipients", True)])
def test_what_a_sensitive_fund_withholds_stands_nowhere_in_public(as_user, app, sensitivity, hidden):
    """In no page, list, search or export; the amount counts all the same, and the office reads everything."""
    decision = published()
    bid, fund = decision.application, {"sensitivity": sensitivity, "sensitivity_reason": "A refuge."}
    write(db.session.execute, update(Fund).where(Fund.slug == "safer-communities").values(**fund))
    visitor = as_user(None)
    pages = [visitor.get(at).text for at in ("/", "/decisions", f"/decisions/{decision.ref}", "/decisions/export.csv",
                                             "/funds/safer-communities", "/funds/feed.atom", "/sitemap.xml")]  # fmt: skip
    withheld = [bid.title, bid.summary, "A refuge"] + (["Fenland", "GB-LAE-FEN"] if hidden else [])
    for words in withheld:
        assert not any(words in page for page in pages[1:4]), words
    assert bid.title not in pages[0]
    assert f"{decision.awarded_pence / 100:,.2f}" in pages[2]
    assert ("Fenland District Council" in pages[2]) is not hidden
    assert decision.ref not in visitor.get("/decisions?q=fenland").text
    office = as_user(MONA).get(f"/awards/decisions/{decision.ref}").text
    assert all(words in office for words in (bid.title, "Fenland District Council", "A refuge."))

"""A decision's notice: what the law has us publish and nothing else, by the monitoring officer, after the offer was answered."""

from html import unescape

import pytest

from portal.assessment.actions import reinstate
from portal.awards import actions
from portal.awards.models import NoticeStage, Outcome
from portal.core.db import db, write
from portal.core.problems import Forbidden, NotNow
from portal.funds.models import Budget
from tests.cast import ADA, ALEX, CLEO, DANA, FINN, GUS, MONA, OMAR, PRIYA, TESS
from tests.factories import (
    a_recommended_bid,
    accept,
    an_accepted_award,
    an_offered_award,
    award_of,
    decline,
    decline_offer,
    publish,
)

SECRETS = {"feedback": "Canary-feedback: your figures were thin.", "not_funded": "Canary-not-paid: the drone."}


def a_decision_with_secrets(person):
    bid = a_recommended_bid()
    budget = db.session.query(Budget).filter_by(fund_id=bid.round.fund_id, year="2026-27").one()
    return write(
        actions.decide, bid, Outcome.PART_AWARD, 100_000, budget_id=budget.id, reasons="Less arson on the drove.",
        conditions="Photographs after.", interests="No interest was declared.", by=person(DANA), **SECRETS,
    )  # fmt: skip


def test_a_published_notice_tells_what_the_law_asks_and_keeps_the_rest(person, as_user):
    decision = a_decision_with_secrets(person)
    bid = decision.application
    award = accept(award_of(bid))
    publish(decision)

    page = unescape(as_user(None).get(f"/decisions/{decision.ref}").text)

    for wanted in (decision.ref, bid.title, bid.summary, "Dana Whitfield", "Fenland District Council", "£1,000.00",
                   "Less arson on the drove.", "Photographs after.", "Act 2011, section 9", "No interest was declared.",
                   award.objectives[0].objective.text):  # fmt: skip
        assert wanted in page, wanted
    secrets = ("Canary", bid.recommendation, "80%", "Agreed score", "£1,450.00", "1450.00", "Tess Aldous", "Ada Khan")
    for address in (f"/decisions/{decision.ref}", "/decisions", "/decisions/export.csv", "/"):
        text = unescape(as_user(None).get(address).text)
        assert [secret for secret in secrets if secret in text] == [], address


def test_the_office_reads_beside_the_notice_what_is_not_published(person, as_user):
    decision = a_decision_with_secrets(person)
    page = as_user(OMAR).get(f"/awards/decisions/{decision.ref}").text
    assert "Canary-feedback" in page
    assert "Canary-not-paid" in page


def test_who_may_read_and_who_may_publish(as_user):
    decision = an_accepted_award().decision
    url = f"/awards/decisions/{decision.ref}"
    for who, read, post in [(DANA, 200, 403), (OMAR, 200, 403), (ALEX, 200, 403), (FINN, 200, 403), (TESS, 404, 404),
                            (ADA, 404, 404), (GUS, 404, 404), (CLEO, 404, 404), (None, 303, 303)]:  # fmt: skip
        client = as_user(who)
        assert (client.get(url).status_code, client.post(f"{url}/publish").status_code) == (read, post), who
    assert as_user(None).get(f"/decisions/{decision.ref}").status_code == 404

    mona = as_user(MONA)
    assert "Publish the notice" in mona.get(url).text
    assert mona.post(f"{url}/publish").status_code == 303
    assert decision.stage is NoticeStage.PUBLISHED
    assert mona.post(f"{url}/publish").location == url  # a second click
    assert as_user(None).get(f"/decisions/{decision.ref}").status_code == 200
    assert as_user(ADA).get(url).status_code == 403  # hers is the public page


def test_an_offer_is_not_announced_before_it_is_answered(as_user, person):
    award = an_offered_award()
    mona, url = as_user(MONA), f"/awards/decisions/{award.decision.ref}"

    with pytest.raises(NotNow, match="not been answered"):
        publish(award.decision)
    assert mona.post(f"{url}/publish").status_code == 409
    page = mona.get(url).text
    assert "Publish the notice" not in page
    assert "the notice is published after that" in page
    assert award.title not in mona.get("/awards/").text.split('id="results"')[0]

    accept(award)
    assert award.title in mona.get("/awards/").text.split('id="results"')[0]
    with pytest.raises(Forbidden):
        publish(award.decision, by=OMAR)


def test_an_offer_that_was_turned_down_is_published_as_not_taken_up(as_user):
    award = decline_offer(an_offered_award())
    publish(award.decision)
    assert "was not taken up" in as_user(None).get(f"/decisions/{award.decision.ref}").text


def test_a_declined_bid_gets_a_notice_without_amount_or_feedback(as_user):
    decision = decline(a_recommended_bid(), feedback="Canary-feedback: count again.")
    publish(decision)
    page = as_user(None).get(f"/decisions/{decision.ref}").text
    assert "Declined" in page
    assert "Canary" not in page
    assert "£" not in page


def test_a_notice_that_was_replaced_says_by_which(person, as_user):
    first = decline(a_recommended_bid())
    publish(first)
    write(reinstate, first.application, "The evidence had been overlooked.", by=person(PRIYA))
    second = decline(first.application)
    assert f"replaced by {second.ref}" in as_user(None).get(f"/decisions/{first.ref}").text
    assert as_user(None).get(f"/decisions/{second.ref}").status_code == 404

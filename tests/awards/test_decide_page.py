"""The decision-maker's page: everything on it, a look before it is final, and nothing lost that was typed."""

import re

from portal.applications.models import Stage
from portal.awards.models import Decision
from portal.core.db import db, write
from portal.funds.models import Budget
from tests.cast import DANA
from tests.factories import a_recommended_bid, a_submitted_bid

TYPED = {
    "outcome": "award",
    "amount": "£1,450.00",
    "reasons": "Less fly-tipping means less arson on the drove.",
    "conditions": "Photographs before and after.",
    "feedback": "Thank you for the careful counts.",
    "no_interest": "y",
    "interest_note": "I have met the lead once.",
}


def budget_of(bid):
    return db.session.query(Budget).filter_by(fund_id=bid.round.fund_id, year="2026-27").one()


def typed_for(bid, **changes):
    return {**TYPED, "budget": str(budget_of(bid).id), **changes}


def hidden_fields(html, button):
    """The fields of the form that this button sends."""
    form = next(each for each in re.findall(r"<form.*?</form>", html, re.DOTALL) if button in each)
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form))


def test_the_page_shows_bid_score_and_what_is_left(as_user):
    bid = a_recommended_bid()
    page = as_user(DANA).get(f"/awards/decide/{bid.ref}").text
    for wanted in (bid.title, bid.summary, "£1,450.00", "80%", "Fund", "Fenland District Council", "left", bid.recommendation):
        assert wanted in page, wanted
    assert "checked" not in re.search(r'name="outcome".*?name="amount"', page, re.DOTALL)[0]  # nothing is decided beforehand


def test_a_decision_is_shown_once_more_before_it_is_final(as_user):
    bid = a_recommended_bid()
    dana = as_user(DANA)
    url = f"/awards/decide/{bid.ref}"

    check = dana.post(url, data=typed_for(bid))
    assert check.status_code == 200
    assert "Check your decision" in check.text
    assert "No interest was declared. I have met the lead once." in check.text
    assert db.session.query(Decision).count() == 0

    back = dana.post(url, data=hidden_fields(check.text, "Change something"))
    assert back.status_code == 200
    assert "Photographs before and after." in back.text
    assert "There is a problem" not in back.text

    final = dana.post(url, data=hidden_fields(check.text, "Confirm the decision"))
    assert (final.status_code, final.location) == (303, "/awards/decisions/D2026-0001")
    decision = db.session.query(Decision).one()
    assert (decision.awarded_pence, decision.conditions) == (145_000, "Photographs before and after.")
    assert decision.interests == "No interest was declared. I have met the lead once."
    assert bid.stage is Stage.AWARDED


def test_a_repeated_click_meets_the_decision_it_made(as_user):
    bid = a_recommended_bid()
    dana, url = as_user(DANA), f"/awards/decide/{bid.ref}"
    dana.post(url, data=typed_for(bid, step="confirm"))

    again = dana.post(url, data=typed_for(bid, step="confirm"))

    assert (again.status_code, again.location) == (303, "/awards/decisions/D2026-0001")
    assert dana.get(url).location == "/awards/decisions/D2026-0001"
    assert db.session.query(Decision).count() == 1


def test_when_the_last_pounds_have_gone_what_was_typed_is_kept(as_user):
    bid = a_recommended_bid()
    budget = budget_of(bid)
    write(lambda: setattr(budget, "committed_pence", budget.limit_pence - 100))

    reply = as_user(DANA).post(f"/awards/decide/{bid.ref}", data=typed_for(bid, step="confirm"))

    assert reply.status_code == 422
    assert "There is £1.00 left in this budget, which is less than £1,450.00." in reply.text
    assert 'href="#amount"' in reply.text
    assert "Less fly-tipping means less arson on the drove." in reply.text
    assert bid.stage is Stage.RECOMMENDED


def test_everything_that_is_wrong_is_said_at_once(as_user):
    bid = a_recommended_bid()
    reply = as_user(DANA).post(
        f"/awards/decide/{bid.ref}", data={"outcome": "part_award", "amount": "ten", "budget": "", "reasons": " "}
    )
    assert reply.status_code == 422
    for name in ("amount", "budget", "reasons", "not_funded", "no_interest"):
        assert f'href="#{name}"' in reply.text, name
    assert 'value="ten"' in reply.text
    assert "<title>Error: " in reply.text.replace("\n", "")


def test_an_award_in_full_needs_no_amount_and_a_decline_none_that_reads(as_user):
    bid, other = a_recommended_bid(), a_submitted_bid(project="chatteris-bikes")
    dana = as_user(DANA)
    assert "£1,450.00" in dana.post(f"/awards/decide/{bid.ref}", data=typed_for(bid, amount="")).text
    declined = dana.post(f"/awards/decide/{other.ref}", data=typed_for(other, outcome="decline", amount="abc", step="confirm"))
    assert declined.status_code == 303
    assert db.session.query(Decision).one().awarded_pence == 0


HOSTILE = [
    {"outcome": "'; DROP TABLE award"},
    {"outcome": "award", "amount": "-1"},
    {"outcome": "award", "amount": "1450.00.00"},
    {"outcome": "award", "amount": "9" * 400},
    {"outcome": "award", "amount": "\u0661\u0664\u0665\u0660"},
    {"budget": "1 OR 1=1"},
    {"budget": "9" * 40},
    {"reasons": "word " * 301},
    {"reasons": "\x00\u202e"},
    {"outcome": "part_award", "amount": "1450.01", "not_funded": "x"},
]


def test_bad_input_is_answered_in_words_and_changes_nothing(as_user):
    bid = a_recommended_bid()
    for changes in HOSTILE:
        reply = as_user(DANA).post(f"/awards/decide/{bid.ref}", data=typed_for(bid, **changes, step="confirm"))
        assert reply.status_code == 422, changes
        assert "There is a problem" in reply.text
    assert bid.stage is Stage.RECOMMENDED
    assert db.session.query(Decision).count() == 0


def test_markup_that_was_typed_stays_text(as_user):
    bid = a_recommended_bid()
    script = '<b hx-post="/sign-out">=cmd</b>'
    dana = as_user(DANA)
    check = dana.post(f"/awards/decide/{bid.ref}", data=typed_for(bid, reasons=script)).text
    assert "&lt;b hx-post=" in check
    dana.post(f"/awards/decide/{bid.ref}", data=typed_for(bid, reasons=script, step="confirm"))
    notice = dana.get("/awards/decisions/D2026-0001").text
    assert "&lt;b hx-post=" in notice
    assert '<b hx-post="/sign-out">' not in notice

"""The office opens a fund and a round without a developer; it is applied to, decided and closed. Steps are counted."""

import re

import pytest

from portal.applications.models import Application
from portal.core import clock
from portal.core.db import db
from portal.demonstration import acts
from portal.demonstration.cast import PASSWORD
from tests.browser.hand import Hand
from tests.cast import ADA, CARA, DANA, OMAR, PRIYA, TESS, UMA

MOST_FROM_A_CLONE, MOST_FROM_NOTHING = 25, 60
STARTS_IN = 30  # days: the year of that day pays
FUND = "/commissioning/funds/safer-nights"


class Counting(Hand):
    """A hand that counts the pages it opens and what it presses; signing in is not part of the work."""

    steps = 0

    def open(self, path: str) -> None:
        self.steps += 1
        super().open(path)

    def press(self, name: str) -> None:
        self.steps += 1
        self.page.once("dialog", lambda dialog: dialog.accept())
        super().press(name)

    def follow(self, name: str) -> None:
        self.steps += 1
        self.page.get_by_role("main").get_by_role("link", name=name, exact=True).first.click()
        self.page.wait_for_load_state()


@pytest.fixture
def hands(site_and_scripts, browser):
    """Each person has a browser of their own and stays signed in."""
    site, scripts = site_and_scripts
    made = {}

    def hand(person):
        if person not in made:
            made[person] = Counting(browser.new_context(java_script_enabled=scripts).new_page(), site.address)
            if person is not None:
                made[person].sign_in(person, PASSWORD)
                made[person].steps = 0
        return made[person]

    hand.counted = lambda: sum(each.steps for each in made.values())
    return hand


def test_a_fund_is_opened_applied_to_decided_and_closed(hands, site_and_scripts):
    site, scripts = site_and_scripts
    if scripts:
        from_a_clone(hands(OMAR), hands(PRIYA))
        assert hands.counted() <= MOST_FROM_A_CLONE
    before = hands.counted()
    begins_a_fund(hands(OMAR), hands(CARA))
    from_nothing(hands(OMAR), hands(PRIYA))
    assert hands.counted() - before <= MOST_FROM_NOTHING
    ref = applies(hands(ADA), site)
    decides(hands(DANA), ref)
    closes(hands(PRIYA), hands(None))


def opens(priya, code: str) -> None:
    """Another person than the one who checked it."""
    priya.open("/commissioning/rounds")
    priya.follow(code)
    priya.press("Open it now")
    priya.reads("The round is open.")


def dates(omar) -> None:
    omar.write("opens_on", "1", "9", "2031")
    omar.write("opens_time", "9am")
    omar.write("closes_on", "30", "9", "2031")
    omar.write("closes_time", "5pm")


def from_a_clone(omar, priya) -> None:
    omar.open("/commissioning/rounds")
    omar.steps += 1
    omar.page.get_by_text("Begin a new round").click()
    omar.follow("Safer Communities Fund")
    omar.write("code", "SCF27")
    omar.write("title", "Safer Communities Fund, the next round")
    omar.write("like", "SCF26")
    omar.press("Begin the round")
    dates(omar)
    omar.press("Save")
    omar.reads("Nothing is missing")
    omar.press("Check the round")
    opens(priya, "SCF27")


def begins_a_fund(omar, cara) -> None:
    """What it is for, and its first budget, which another person approves."""
    omar.open("/commissioning/funds/new")
    omar.write("name", "Safer Nights")
    omar.write("purpose", "Evenings without fear in the middle of our towns.")
    omar.write("legal_basis", "2011 Act s.9")
    in_force = omar.page.locator('main select[name="plan"] option', has_text="2021")
    omar.write("plan", in_force.get_attribute("value"))
    omar.write("contact", "grants@opcc.example")
    omar.press("Begin the fund")
    omar.open(f"{FUND}/budget/new")
    year = clock.financial_year(clock.today() + STARTS_IN * clock.DAY)
    source = omar.page.locator('main select[name="source_year"] option', has_text=f"disorder reduction, {year}")
    omar.write("source_year", source.get_attribute("value"))
    omar.write("pence", "20,000")
    omar.write("reason", "The partnerships ask for it.")
    omar.press("Propose")
    cara.open(FUND)
    cara.page.get_by_role("main").get_by_role("link", name=re.compile("Answer it")).click()
    cara.press("Approve")
    cara.reads("£20,000.00")


def from_nothing(omar, priya) -> None:
    omar.open(f"{FUND}/rounds/new")
    omar.write("code", "SNF27")
    omar.write("title", "Safer Nights, first round")
    omar.write("like", "")
    omar.write("kind", "rolling")
    omar.press("Begin the round")
    omar.open("/commissioning/rounds/SNF27")
    omar.press("Check the round")
    omar.reads("The round cannot be checked yet")
    omar.follow("It has no day and hour on which it opens")
    dates(omar)
    omar.press("Save and go on")
    for name, text in (("pot_pence", "20,000"), ("cap_pence", "5,000"), ("least_pence", "500"), ("match_percent", "0")):
        omar.write(name, text)
    omar.press("Save and go on")
    omar.write("accepts", "csp")
    omar.write("longest_months", "12")
    omar.write("exclusions", "CCTV\nFencing")
    omar.press("Save and go on")
    for name, words in (("question_version_id", "Safer Communities Fund application"), ("return_version_id", "Progress return")):
        choices = omar.page.locator("main .govuk-radios__item", has=omar.page.locator(f'[name="{name}"]'))
        choices.filter(has_text=words).locator("input").check()
    omar.press("Save and go on")
    omar.write("quorum", "1")
    omar.press("Save and go on")
    omar.write("return_schedule", "quarterly")
    omar.press("Save")
    omar.follow("Take criteria and checks from an earlier round")
    omar.write("like", "SCF26")
    omar.press("Copy them")
    omar.follow("Preview as an applicant")
    omar.reads("Fencing")
    omar.press("Try the form")
    omar.page.locator("main select").select_option(label="Fenland Community Safety Partnership")
    omar.press("Begin a test")
    omar.reads("TEST-SNF27-0001")
    omar.open("/commissioning/rounds/SNF27")
    omar.press("Check the round")
    opens(priya, "SNF27")


def applies(ada, site) -> str:
    """Begun and sent by hand; what lies between is the journey of test_thread.py. So is the way to a recommendation."""
    ada.open("/funds/safer-nights")
    ada.page.get_by_role("main").get_by_role("button", name=re.compile("Start|Apply")).first.click()
    ada.press("Start the application")
    ref = re.search(r"SNF27-\d{4}", ada.page.url)[0]
    with site.looking():
        acts.answer_all(bid_called(ref), "new-drove", starts_in=STARTS_IN)
    ada.open(f"/applications/{ref}/check")
    ada.press("Submit application")
    ada.is_at(f"/applications/{ref}/receipt")
    with site.looking():
        bid = acts.admit(bid_called(ref))
        for assessor in (TESS, UMA):
            acts.score(acts.declare(acts.assign(bid, assessor)))
        acts.recommend(acts.moderate(bid))
    return ref


def bid_called(ref: str) -> Application:
    return db.session.query(Application).filter_by(ref=ref).one()


def decides(dana, ref: str) -> None:
    dana.open(f"/awards/decide/{ref}")
    dana.reads("is left of the £20,000.00 in this round")
    dana.write("outcome", "award")
    dana.page.locator('main [name="budget"]').first.check()
    dana.write("reasons", "Fewer people are afraid where the lights work.")
    dana.page.locator('main [name="no_interest"]').check()
    dana.press("Continue")
    dana.press("Confirm the decision")
    dana.reads("Awarded in full")


def closes(priya, visitor) -> None:
    priya.open("/commissioning/rounds/SNF27/close")
    priya.write("reason", "All that was urgent has been paid for.")
    priya.press("Close the round")
    priya.reads("The round is closed.")
    visitor.open("/funds/safer-nights")
    visitor.reads("Closed")

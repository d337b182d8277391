"""An officer opens a round without a developer, from a clone and from nothing, with and without JavaScript: steps are counted."""

import pytest

from portal.core.db import db, write
from portal.demonstration.acts import start_bid
from portal.demonstration.cast import PASSWORD
from portal.funds import actions
from portal.funds.models import Round, RoundStage
from tests.browser.hand import Hand
from tests.cast import ADA, OMAR, PRIYA, user_of

MOST_FROM_A_CLONE, MOST_FROM_NOTHING = 25, 60


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


@pytest.fixture(params=[True, False], ids=["with-javascript", "without-javascript"])
def hands(request, site, browser):
    made = {}
    for person in (OMAR, PRIYA):
        made[person] = Counting(browser.new_context(java_script_enabled=request.param).new_page(), site.address)
        made[person].sign_in(person, PASSWORD)
        made[person].steps = 0
    return made[OMAR], made[PRIYA]


def test_a_round_is_opened_from_a_clone_and_from_nothing(hands, site):
    omar, priya = hands
    from_a_clone(omar, priya)
    assert omar.steps + priya.steps <= MOST_FROM_A_CLONE
    omar.steps = priya.steps = 0
    from_nothing(omar, priya)
    assert omar.steps + priya.steps <= MOST_FROM_NOTHING
    with site.looking():
        assert is_open("SCF27")
        assert is_open("NEW27")
        is_applied_to_and_closed("SCF27")


def begins(omar, code: str, title: str) -> None:
    omar.open("/commissioning/rounds")
    if omar.page.locator("details").first.get_attribute("open") is None:
        omar.steps += 1
        omar.page.get_by_text("Begin a new round").click()
    omar.follow("Safer Communities Fund")
    omar.write("code", code)
    omar.write("title", title)


def dates(omar, opens: list[str], closes: list[str]) -> None:
    omar.write("opens_on", *opens)
    omar.write("opens_time", "9am")
    omar.write("closes_on", *closes)
    omar.write("closes_time", "5pm")


def opens(priya, code: str) -> None:
    """Another person than the one who checked it."""
    priya.open("/commissioning/rounds")
    priya.follow(code)
    priya.press("Open it now")
    priya.reads("The round is open.")


def from_a_clone(omar, priya) -> None:
    begins(omar, "SCF27", "Safer Communities Fund, the next round")
    omar.write("like", "SCF26")
    omar.press("Begin the round")
    dates(omar, ["1", "9", "2031"], ["30", "9", "2031"])
    omar.press("Save")
    omar.reads("Nothing is missing")
    omar.press("Check the round")
    opens(priya, "SCF27")


def from_nothing(omar, priya) -> None:
    begins(omar, "NEW27", "A round from nothing")
    omar.write("like", "")
    omar.write("kind", "competed")
    omar.press("Begin the round")
    omar.open("/commissioning/rounds/NEW27")
    omar.press("Check the round")
    omar.reads("The round cannot be checked yet")
    omar.follow("It has no day and hour on which it opens")
    dates(omar, ["1", "9", "2031"], ["30", "9", "2031"])
    omar.press("Save and go on")
    for name, text in (("pot_pence", "40,000"), ("cap_pence", "5,000"), ("least_pence", "500"), ("match_percent", "10")):
        omar.write(name, text)
    omar.press("Save and go on")
    omar.write("accepts", "csp")
    omar.write("longest_months", "12")
    omar.write("exclusions", "CCTV\nFencing")
    omar.press("Save and go on")
    for name in ("question_version_id", "return_version_id"):
        omar.page.locator(f'main [name="{name}"]').first.check()
    omar.press("Save and go on")
    omar.write("quorum", "1")
    omar.press("Save and go on")
    omar.write("return_schedule", "quarterly")
    omar.press("Save")
    omar.follow("Criteria and checks")
    omar.write("like", "SCF26")
    omar.press("Copy them")
    omar.follow("Preview as an applicant")
    omar.reads("Fencing")
    omar.press("Try the form")
    omar.page.locator("main select").select_option(label="Fenland Community Safety Partnership")
    omar.press("Begin a test")
    omar.reads("TEST-NEW27-0001")
    omar.open("/commissioning/rounds/NEW27")
    omar.press("Check the round")
    opens(priya, "NEW27")


def is_open(code: str) -> bool:
    return round_called(code).is_open


def round_called(code: str) -> Round:
    return db.session.query(Round).filter_by(code=code).one()


def is_applied_to_and_closed(code: str) -> None:
    bid = start_bid(ADA, code)
    assert bid.ref == f"{code}-0001"
    write(actions.close, round_called(code), "The pot is spent.", by=user_of(PRIYA))
    assert round_called(code).stage is RoundStage.CLOSED

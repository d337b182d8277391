"""Setting up how a round judges, and being asked who may apply, in a real browser, with scripts and without."""

import re

from playwright.sync_api import expect

from tests.browser.axe import faults_of
from tests.browser.hand import Hand
from tests.browser.site import on_both
from tests.cast import MAYA, OMAR, PASSWORD
from tests.funds.rounds import a_draft_round

RULES = "/commissioning/rounds/SCF27/criteria"


def hand(site, browser, person, scripts):
    found = Hand(browser.new_context(java_script_enabled=scripts).new_page(), site.address)
    found.sign_in(person, PASSWORD)
    return found


@on_both()
def test_an_officer_sets_up_criteria_and_tries_scores(site, browser, scripts):
    with site.looking():
        a_draft_round()
    omar = hand(site, browser, OMAR, scripts)
    omar.open(RULES)
    omar.press("Add a criterion")
    for field, value in (("name", "Partners"), ("guidance", "Who takes part."), ("scale", "pass")):
        omar.write(field, value)
    omar.write("steps", "Pass: partners have agreed\nFail: one of them has not")
    omar.press("Save the criterion")
    omar.reads("Partners", "main")
    weights = omar.page.locator('input[name^="weight-"]')
    weights.nth(0).fill("29")
    omar.press("Save the weights")
    omar.reads("Its weights add to 99 instead of 100", ".govuk-error-summary")
    weights.nth(0).fill("30")
    omar.press("Save the weights")
    tries = omar.page.locator('select[name^="try-"]')
    for number in range(tries.count()):
        options = tries.nth(number).locator("option").all_inner_texts()
        tries.nth(number).select_option(label=next(each for each in options if each.startswith(("4 ", "Pass"))))
    if not scripts:
        omar.press("Show what it comes to")
    expect(omar.page.locator("#tried")).to_contain_text("80%")
    expect(omar.page.locator("#tried")).to_contain_text(re.compile("Would recommend.*Fund", re.DOTALL))
    assert "try-" not in omar.page.url or not scripts
    if scripts:
        assert not faults_of(omar.page, "scores that were tried")


@on_both()
def test_an_applicant_who_cannot_apply_changes_an_answer_and_goes_on(site, browser, scripts):
    applicant = hand(site, browser, MAYA, scripts)
    applicant.open("/applications/start/YCF26")
    applicant.press("See if you can apply")
    questions = applicant.page.locator("main fieldset")
    for number, answer in enumerate(("Yes", "Yes", "No", "No")):
        questions.nth(number).get_by_label(answer, exact=True).check()
    applicant.press("Continue")
    applicant.reads("We can only pay into an account for which two people sign.")
    if scripts:
        assert not faults_of(applicant.page, "an applicant who cannot apply")
    questions.nth(2).get_by_label("Yes", exact=True).check()
    applicant.press("Continue")
    applicant.reads("can apply. Your answers go with the application.")
    applicant.press("Start the application")
    applicant.reads("YCF26-0001")

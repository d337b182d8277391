"""What the page called saved is there after the server was killed."""

from playwright.sync_api import expect

from portal.demonstration.acts import start_bid
from portal.demonstration.cast import PASSWORD
from tests.browser.hand import Hand
from tests.cast import ADA

WORDS = {"5.": "Clearing the lay-by at Ring's End", "7a.": "Thirty loads of waste since March, counted by the parish."}


def test_every_answer_that_said_saved_survives_a_kill_in_mid_form(site, browser):
    with site.looking():
        path = f"/applications/{start_bid(ADA).ref}/sections/problem"
    ada = Hand(browser.new_context().new_page(), site.address)
    ada.sign_in(ADA, PASSWORD)
    ada.open(path)
    for number, words in WORDS.items():
        question = ada.page.locator(".question").filter(has_text=number).first
        question.locator("input[type=text], textarea").first.fill(words)
        expect(question.locator(".saved__text")).to_contain_text("Saved at")
    site.kill()
    site.start()
    ada.open(path)
    for number, words in WORDS.items():
        question = ada.page.locator(".question").filter(has_text=number).first
        expect(question.locator("input[type=text], textarea").first).to_have_value(words)

"""Answering in a real browser: questions that follow, lines, a colleague in the same question, a line that drops."""

import re

import pytest
from playwright.sync_api import Page, expect

from portal.demonstration.acts import a_draft
from tests.browser.axe import faults_of
from tests.browser.hand import Hand
from tests.cast import ADA, BEN, PASSWORD

LAST = "20. What happens after the grant?"


@pytest.fixture
def bid(site):
    """The address of a draft of Ada's."""
    with site.looking():
        return f"/applications/{a_draft(ADA).ref}"


@pytest.fixture
def writes(site, browser):
    """`writes(ADA, path)`: her page, signed in and open there."""

    def open_page(person, path: str, scripts: bool = True) -> Page:
        hand = Hand(browser.new_context(java_script_enabled=scripts).new_page(), site.address)
        hand.sign_in(person, PASSWORD)
        hand.open(path)
        return hand.page

    return open_page


def saved(page: Page, label: str):
    return page.locator(".question").filter(has=page.get_by_label(label, exact=True)).locator(".saved__text").first


def test_a_file_that_is_too_large_is_told_of_before_it_is_sent(writes, bid):
    page = writes(ADA, f"{bid}/sections/money")
    chosen = page.locator("input[type=file]").first
    expect(page.locator(".question").filter(has=chosen)).to_contain_text("Up to 5 MB each")
    chosen.set_input_files({"name": "moor.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7" + b"0" * 6 * 2**20})
    expect(page.get_by_role("alert")).to_have_text("moor.pdf is 7 MB and was not added. Choose a file smaller than 5 MB.")
    assert chosen.input_value() == ""
    assert not faults_of(page, "a file that is too large")
    chosen.set_input_files({"name": "moor.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7"})
    expect(page.get_by_role("alert")).to_have_count(0)


def test_a_question_follows_at_once_and_goes_again(writes, bid):
    page = writes(ADA, f"{bid}/sections/work")
    follow_up = page.get_by_label("11b. Which wards or parishes?")
    expect(follow_up).to_be_hidden()
    page.get_by_label("In some wards or parishes").check()
    expect(follow_up).to_be_visible()
    assert not faults_of(page, "a question that follows")
    expect(page.locator("#announce")).to_have_text(re.compile("More questions follow|Saved"))
    follow_up.fill("Parson Drove")
    follow_up.blur()
    expect(saved(page, "11b. Which wards or parishes?")).to_contain_text("Saved at")
    page.get_by_label("Across the whole of our partnership's area").check()
    expect(follow_up).to_be_hidden()
    page.get_by_label("In some wards or parishes").check()
    expect(follow_up).to_have_value("Parson Drove")


def test_without_scripts_it_follows_when_the_page_is_saved(writes, bid):
    page = writes(ADA, f"{bid}/sections/work", scripts=False)
    page.get_by_label("In some wards or parishes").check()
    page.get_by_role("button", name="Save and continue").last.click()
    expect(page.get_by_label("11b. Which wards or parishes?")).to_be_visible()
    expect(page).to_have_url(re.compile(r"/sections/work#question-"))


def test_a_line_comes_goes_and_comes_back_and_the_sum_follows(writes, bid):
    page = writes(ADA, f"{bid}/sections/money")
    page.get_by_role("button", name="Add another budget line").click()
    lines = page.locator(".line--cells")
    expect(lines).to_have_count(2)
    expect(lines.nth(1).locator("select")).to_be_focused()
    amount = lines.nth(1).get_by_label("How much of it do you ask us for?")
    amount.fill("1234.56")
    amount.blur()
    expect(page.locator(".lines__total")).to_contain_text("£1,234.56")
    lines.nth(1).get_by_role("button", name="Remove").click()
    expect(page.locator(".line--gone")).to_contain_text("£1,234.56")
    assert not faults_of(page, "a line that was removed")
    expect(page.locator(".lines__total")).to_contain_text("Your lines ask for £0.00")
    page.get_by_role("button", name="Undo").click()
    expect(amount).to_have_value("1234.56")
    expect(page.locator(".lines__total")).to_contain_text("£1,234.56")


def test_two_in_one_question_see_both_texts_and_choose(writes, bid):
    ada, ben = (writes(person, f"{bid}/sections/results") for person in (ADA, BEN))
    ada.get_by_label(LAST).fill("Ada: the council keeps it clean.")
    ada.get_by_label(LAST).blur()
    expect(saved(ada, LAST)).to_contain_text("Saved at")
    ben.get_by_label(LAST).fill("Ben: the parish keeps it clean.")
    ben.get_by_label(LAST).blur()
    expect(ben.locator(".both")).to_contain_text("Ada: the council keeps it clean.")
    expect(ben.get_by_label(LAST)).to_have_value("Ben: the parish keeps it clean.")
    assert not faults_of(ben, "two texts for one answer")
    ben.get_by_label(LAST).press_sequentially(" And more.")
    ben.get_by_role("button", name="Use this text").click()
    expect(ben.get_by_label(LAST)).to_have_value("Ada: the council keeps it clean.")
    expect(ben.get_by_label(LAST)).to_be_focused()
    ben.get_by_label(LAST).fill("Ben: both do.")
    ben.get_by_label(LAST).blur()
    expect(saved(ben, LAST)).to_contain_text("Saved at")
    ada.get_by_label(LAST).fill("Ada: again.")
    ada.get_by_label(LAST).blur()
    ada.get_by_role("button", name="Keep your text").click()
    expect(ada.locator(".both")).to_have_count(0)
    ada.reload()
    expect(ada.get_by_label(LAST)).to_have_value("Ada: again.")


def test_when_the_line_drops_nothing_is_lost(writes, bid):
    page = writes(ADA, f"{bid}/sections/problem")
    title = "5. What is the project called?"
    page.context.set_offline(True)
    page.get_by_label(title).fill("New Drove")
    page.get_by_label(title).blur()
    expect(page.locator("#trouble")).to_contain_text("Not saved, because you are offline")
    assert not faults_of(page, "a save that failed")
    page.context.set_offline(False)
    expect(saved(page, title)).to_contain_text("Saved at")
    expect(page.locator("#trouble")).to_be_hidden()
    page.reload()
    expect(page.get_by_label(title)).to_have_value("New Drove")


def test_pressing_enter_saves_the_page_and_removes_no_line(writes, bid):
    page = writes(ADA, f"{bid}/sections/results")
    page.get_by_label("What will you count?").fill("Loads dumped")
    page.get_by_label("What will you count?").press("Enter")
    expect(page).to_have_url(re.compile("/sections/safeguards"))
    page.goto(page.url.replace("safeguards", "results"))
    expect(page.get_by_label("What will you count?")).to_have_value("Loads dumped")

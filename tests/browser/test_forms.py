"""An officer builds a form of eight questions in Chromium, sees it as an applicant does, publishes it and gives it to a round."""

from playwright.sync_api import expect

from portal.demonstration.cast import PASSWORD
from tests.browser.hand import Hand
from tests.browser.site import on_both
from tests.cast import OMAR

NAME, CODE = "Sport", "FS27"
FORM = "/commissioning/forms/sport"
ASKED = (
    ("Short text", {"label": "What is the project called?", "holds": "required"}),
    ("One of a few", {"label": "Who is it for?", "set_choices": "Young people\nEverybody", "holds": "required"}),
    ("Long text", {"label": "Which young people?", "set_words": "100", "holds": "required"}),
    ("Number", {"label": "How many will take part?"}),
    ("Date", {"label": "When does it begin?"}),
    ("Money", {"label": "What do you ask for?", "set_max_pence": "5000"}),
    ("E-mail address", {"label": "Where do we write to?"}),
    ("Yes or no", {"label": "May we visit you?"}),
)


@on_both()
def test_a_form_is_built_previewed_published_and_pinned(site, browser, scripts):
    omar, home = Hand(browser.new_context(java_script_enabled=scripts).new_page(), site.address), f"{FORM}/draft"
    omar.sign_in(OMAR, PASSWORD)
    omar.open("/commissioning/forms/new")
    omar.write("name", NAME)
    omar.press("Start")
    omar.is_at(home)
    for kind, said in ASKED:
        omar.follow("Add a question")
        omar.page.get_by_role("main").get_by_role("link", name=kind, exact=True).click()
        omar.page.get_by_role("button", name="Save").wait_for()
        for field, values in said.items():
            omar.write(field, values)
        omar.press("Save")
        omar.is_at(home)
    moves_and_takes_back(omar, scripts)
    omar.open(f"{home}/questions/which_young_people/asked")
    omar.write("of", "who_is_it_for")
    omar.press("Choose the answers")
    omar.write("values", "young_people")
    omar.press("Save")
    omar.reads("is Young people")
    previews(omar, home)
    omar.open(f"{home}/publish")
    omar.press("Publish")
    omar.is_at(f"{FORM}/1")
    pins(omar)


def moves_and_takes_back(omar, scripts):
    """By buttons alone: with scripts only the questions change and the focus stays, without them the page does."""
    up = omar.page.locator("#up-question-may_we_visit_you")
    up.focus()
    omar.page.keyboard.press("Enter")
    labels = omar.page.locator(".wording__label")
    expect(labels.nth(6)).to_contain_text("7. May we visit you?")
    if scripts:
        expect(up).to_be_focused()
    omar.page.locator("#undo").click()
    expect(labels.nth(7)).to_contain_text("8. May we visit you?")


def previews(omar, home):
    omar.open(f"{home}/preview?width=phone")
    phone = omar.page.frame_locator("iframe")
    assert phone.locator("html").evaluate("page => page.clientWidth") <= 375
    phone.get_by_label("Young people", exact=True).check()
    phone.get_by_role("button", name="Check these answers").click()
    expect(phone.get_by_label("Which young people?")).to_be_visible()
    expect(phone.get_by_role("alert").get_by_text("Answer: What is the project called?")).to_be_visible()


def pins(omar):
    """Into a round that he begins from nothing: its section “Questions” leads to the library of forms, and takes the new one."""
    omar.open("/commissioning/rounds")
    if omar.page.locator("details").first.get_attribute("open") is None:
        omar.page.get_by_text("Begin a new round").click()
    omar.page.get_by_role("main").get_by_role("link", name="Safer Communities Fund", exact=True).first.click()
    omar.page.get_by_role("button", name="Begin the round").wait_for()
    for field, value in (("code", CODE), ("title", f"{NAME} round"), ("like", ""), ("kind", "competed")):
        omar.write(field, value)
    omar.press("Begin the round")
    omar.open(f"/commissioning/rounds/{CODE}/questions")
    omar.reads("Look at the forms, or write a new one")
    omar.page.get_by_label(f"{NAME}, version 1").first.check()
    omar.press("Save")
    omar.reads(f"{NAME}, version 1")
    omar.open("/commissioning/forms/")
    omar.reads(f"{NAME} round")

"""Every page that a person can come to, as it stands and after swaps and errors: axe finds nothing, on a desk and on a phone.

Pages that are built of the same pieces are looked at once in a run, whoever comes to them first. With LONG=1 everybody looks at
everything.
"""

from functools import cache

import pytest
from playwright.sync_api import Page

from portal.demonstration.cast import PASSWORD, user_of
from tests.browser.axe import faults_of
from tests.browser.hand import Hand
from tests.cast import ADA, ALEX, DANA, FINN, GUS, MONA, OMAR, PAT, TESS
from tests.client import Client
from tests.novelty import pieces, unseen
from tests.walks.walker import STARTS, Walk, first_name, walk

EVERYBODY = (None, ADA, GUS, OMAR, TESS, DANA, FINN, MONA, PAT, ALEX)


@pytest.mark.parametrize("who", EVERYBODY, ids=first_name)
def test_axe_finds_nothing_on_any_page(world, browser, who, record_property):
    addresses = unseen("pages", {address: pieces(text) for address, text in pages_for(world, who).items()})
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    hand = Hand(page, world.address)
    if who is not None:
        hand.sign_in(who, PASSWORD)
    found = []
    for number, address in enumerate(addresses):
        page.set_viewport_size({"width": 375 if number % 2 else 1280, "height": 900})
        hand.open(address)
        found += faults_of(page, address)
    record_property("pages", len(addresses))
    print(f"{len(addresses)} pages of {first_name(who)} looked at")
    assert not found, "\n".join(found)


@pytest.mark.parametrize("who", [OMAR, FINN, MONA, None], ids=first_name)
def test_axe_finds_nothing_in_a_list_after_a_search_and_a_sort(world, browser, who):
    hand, found, count = signed_in(browser, world, who), [], 0
    lists = {address: {address.split("?")[0]} for address, text in pages_for(world, who).items() if 'class="filters' in text}
    for address in unseen("lists", lists):
        hand.open(address)
        for part, does in (("searched", search_in_vain), ("sorted", sort)):
            count += does(hand.page)
            found += faults_of_new(hand.page, f"{address} {part}")
    print(f"{count} lists of {first_name(who)} looked at after a swap")
    assert not found, "\n".join(found)
    assert lists


@pytest.mark.parametrize("who", [None, OMAR, TESS, DANA], ids=first_name)
def test_axe_finds_nothing_where_a_form_comes_back_with_its_errors(world, browser, who):
    hand, found, count = signed_in(browser, world, who), [], 0
    for address in ["/sign-in"] if who is None else pages_with_forms(world, who):
        hand.open(address)
        if send_empty(hand.page):
            count += 1
            found += faults_of_new(hand.page, f"{address} with errors")
            if hand.page.evaluate("document.activeElement.className") != "govuk-error-summary":
                found.append(f"{address} with errors: the summary does not have the focus")
    print(f"{count} forms of {first_name(who)} looked at with their errors")
    assert not found, "\n".join(found)


def faults_of_new(page: Page, state: str) -> list[str]:
    """Of a page after a swap or with errors, where it has a piece that no such page had in this run."""
    return faults_of(page, state) if unseen("after", {state: pieces(page.content())}) else []


def signed_in(browser, world, who) -> Hand:
    hand = Hand(browser.new_context(viewport={"width": 375, "height": 900}).new_page(), world.address)
    if who is not None:
        hand.sign_in(who, PASSWORD)
    return hand


def search_in_vain(page: Page) -> int:
    if page.locator(".filters__fold").get_attribute("open") is None:
        page.locator(".filters__summary").click()
    with page.expect_response(lambda reply: "q=zzzz" in reply.url):
        page.locator("form.filters [name=q]").fill("zzzz")
    page.wait_for_selector(".empty")
    return 1


def sort(page: Page) -> int:
    """By the first column that can be sorted by; the table's head is not shown on a phone."""
    page.goto(page.url.split("?")[0])
    page.set_viewport_size({"width": 1280, "height": 900})
    heads = page.locator("a.sort")
    if not heads.count():
        return 0
    with page.expect_response(lambda reply: "sort=" in reply.url):
        heads.first.click()
    page.wait_for_selector("[aria-sort]")
    page.wait_for_selector("#results:not([aria-busy])")
    return 1


def send_empty(page: Page) -> bool:
    """True when the form came back with its errors."""
    forms = page.locator("main form[method=post]:has(:is(input:not([type=hidden]), textarea, select))")
    if not forms.count():
        return False
    form = forms.last
    page.evaluate("document.querySelectorAll('main details').forEach(fold => { fold.open = true })")
    for field in form.locator(":is(input[type=text], textarea):visible").all():
        field.fill("")
    button = form.locator("button:not([formaction]):visible").last
    if form.get_attribute("hx-post") is None:
        with page.expect_navigation():
            button.click()
    else:
        with page.expect_response(lambda reply: reply.request.method == "POST"):
            button.click()
        page.wait_for_load_state("networkidle")
    return page.title().startswith("Error:")


def pages_with_forms(world, who) -> list[str]:
    """A page for each sort of form that this person comes to: forms of the same sorts of fields come back alike."""
    forms = [form for (to, _), form in met_by(world, who).forms.items() if form.method == "post" and to != "security.logout"]
    return unseen("forms", {form.page: {" ".join(sorted(set(form.kinds.values())))} for form in forms})


def pages_for(world, who) -> dict[str, str]:
    """What links lead this person to, downloads left out."""
    return {address: text for address, text in met_by(world, who).texts.items() if "/files/" not in address}


@cache
def met_by(world, who) -> Walk:
    world.app.test_client_class = Client
    with world.looking():
        client = world.app.test_client()
        if who is not None:
            client.sign_in(user_of(who))
        return walk(world.app, client, each=1, starts=STARTS if who else ("/",))

"""Every page that a person can come to, as the demonstration left it: axe finds nothing, on a desk and on a phone."""

from pathlib import Path

import pytest
from playwright.sync_api import Page

from portal.demonstration.cast import PASSWORD, user_of
from tests.browser.hand import Hand
from tests.cast import ADA, ALEX, DANA, FINN, GUS, MONA, OMAR, PAT, TESS
from tests.client import Client
from tests.walks.walker import STARTS, first_name, walk

AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
EVERYBODY = (None, ADA, GUS, OMAR, TESS, DANA, FINN, MONA, PAT, ALEX)
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
FILES = (".csv", ".xlsx", ".txt")


@pytest.mark.parametrize("who", EVERYBODY, ids=first_name)
def test_axe_finds_nothing_on_any_page(world, browser, who, record_property):
    addresses = addresses_for(world, who)
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


def addresses_for(world, who) -> list[str]:
    """What links lead this person to, two of a kind; downloads left out."""
    world.app.test_client_class = Client
    with world.looking():
        client = world.app.test_client()
        if who is not None:
            client.sign_in(user_of(who))
        met = walk(world.app, client, each=1, starts=STARTS if who else ("/",))
    return [address for address in met.visited if not address.split("?")[0].endswith(FILES) and "/files/" not in address]


def faults_of(page: Page, address: str) -> list[str]:
    """What axe finds, what it is unsure of left to the walk by hand; and whether the page is wider than the screen."""
    page.evaluate(AXE.read_text() + "; true")  # evaluated, as the content policy allows no script of another
    result = page.evaluate("rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']})", RULES)
    faults = [f"{address}: {each['id']}, {each['help']} ({each['nodes'][0]['html'][:120]})" for each in result["violations"]]
    if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
        faults.append(f"{address}: wider than the screen at {page.viewport_size['width']} px")
    return faults

"""Every free text of the world is forty attacks at once: in Chromium no page runs any of it, asks for it, or complains."""

from collections.abc import Iterator
from urllib.parse import quote

import pytest
from playwright.sync_api import Page
from sqlalchemy import select

from portal.core.db import db, write
from portal.core.outbox import Mail
from portal.demonstration.cast import PASSWORD
from tests.browser.hand import Hand
from tests.browser.site import Site
from tests.doors.cells import doors
from tests.doors.payloads import ALL, poison
from tests.doors.test_matrix import written
from tests.doors.world import DOORS, ROLES

WHO = ("omar", "ada", "tess", "dana", "finn", "gus", "alex", "vic", "nobody")  # the first of them to whom it is open looks at it
DOWNLOADS = ("csv", "xlsx", "files", "robots", "security", "healthz", "brand", "login", "static", "site_map", "feed", "export",
             "word")  # fmt: skip
LISTS = (
    "/applications/",
    "/assessment/",
    "/awards/",
    "/awards/decisions/",
    "/returns/",
    "/reports/finance",
    "/mail",
    "/decisions",
)


@pytest.fixture(scope="module")
def poisoned() -> Iterator[tuple[Site, dict[str, list[str]]]]:
    made = Site("poisoned", DOORS)
    addresses = pages(made)  # as long as things still have their names
    with made.looking():
        write(poison)
    made.start()
    yield made, addresses
    made.end()


def pages(site: Site) -> dict[str, list[str]]:
    """Each address that shows a page, by who looks at it; and each list asked for what is hostile."""
    table, found = written(), {role: [] for role in WHO}
    with site.looking():
        for door in doors(site.app):
            letters = dict(zip(ROLES, table[door.name].split(), strict=True))
            who = next((role for role in WHO if letters[role] == "o"), None)
            if door.method == "GET" and who and not any(word in door.endpoint for word in DOWNLOADS):
                found[who].append(door.address)
        found["ada"] += [
            f"/mail/{number}" for number in db.session.scalars(select(Mail.id).where(Mail.to_address.startswith("ada@")).limit(3))
        ]
    found["omar"] += [f"{page}?q={quote(ALL)}" for page in LISTS]
    return found


def listen(page: Page, address: str) -> list[str]:
    """What happens on the page that should not."""
    met: list[str] = []
    page.on("dialog", lambda dialog: (met.append(f"dialog {dialog.message}"), dialog.dismiss()))
    page.on("pageerror", lambda error: met.append(f"error {error}"))
    page.on(
        "console",
        lambda said: (
            met.append(f"console {said.text}") if said.type == "error" and not said.text.startswith("Failed to load") else None
        ),
    )
    page.on("request", lambda request: met.append(f"{request.method} {request.url}"[:120]) if strange(request, address) else None)
    return met


def strange(request, address: str) -> bool:
    return request.method != "GET" or "evil" in request.url.split("?")[0] or not request.url.startswith((address, "data:"))


def test_nothing_hostile_runs_or_is_asked_for_on_any_page(poisoned, browser):
    (site, addresses_of), faults, looked = poisoned, [], 0
    for who, addresses in addresses_of.items():
        page = browser.new_context().new_page()
        if ROLES[who] is not None:
            Hand(page, site.address).sign_in(ROLES[who], PASSWORD)
        met = listen(page, site.address)
        for address in addresses:
            page.goto(site.address + address, wait_until="load")
            looked += 1
            faults += [f"{who} at {address[:60]}: {each}" for each in met]
            met.clear()
        page.context.close()
    assert faults == []
    assert looked > 60

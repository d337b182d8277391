"""Fixtures of the journeys: a real browser, and the portal as it is served."""

import os
import shutil
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from portal.demonstration.reference import load_reference
from portal.demonstration.story import load
from tests.browser.site import Site
from tests.conftest import lack
from tests.people.provider import Provider
from tests.run import Missing

expect.set_options(timeout=20_000)  # two workers share two cores with the browser
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")  # the first takes a third less time
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium. Left out, loudly, where there is none."""
    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        lack(Missing("a browser (install chromium)"))
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=QUIET)
        yield chromium
        chromium.close()


@pytest.fixture(autouse=True)
def windows_closed(request: pytest.FixtureRequest) -> Iterator[None]:
    """Whatever a test has opened is closed after it: pages that are left open go on taking time."""
    yield
    if "browser" in request.fixturenames:
        for context in request.getfixturevalue("browser").contexts:
            context.close()


@pytest.fixture
def site() -> Iterator[Site]:
    """The portal with reference data and cast, and nobody's bid yet."""
    yield from served("fresh", load_reference)


@pytest.fixture
def guarded() -> Iterator[Site]:
    """The same, where the second factor is asked for as in production."""
    yield from served("guarded", load_reference, PORTAL_SECOND_FACTOR="true")


@pytest.fixture
def with_directory() -> Iterator[tuple[Site, Provider]]:
    """The same, where the office's people sign in with their work account, and with nothing else once it is connected."""
    provider = Provider()
    environment = {name.upper(): value for name, value in provider.settings(sso_name="Directory", sso_only="true").items()}
    for site in served("directory", load_reference, **{f"PORTAL_{name}": value for name, value in environment.items()}):
        yield site, provider
    provider.stop()


@pytest.fixture(scope="session")
def world() -> Iterator[Site]:
    """The portal with the whole demonstration: a page in every state."""
    yield from served("world", load)


def served(name: str, fill: Callable[[], object], **environment: str) -> Iterator[Site]:
    made = Site(name, **environment)
    made.fill(fill)
    made.start()
    try:
        yield made
    finally:
        made.kill()
        shutil.rmtree(made.instance, ignore_errors=True)

"""Fixtures of the journeys: a real browser, and the portal as it is served."""

import os
import shutil
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from portal.demonstration.story import load
from tests.browser.site import IDS, KINDS, SERVED, Site
from tests.conftest import lack
from tests.databases import Template
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


@pytest.fixture(scope="session")
def sites() -> Iterator[Callable[..., Site]]:
    """`sites("sqlite")`: the portal with reference data and cast, and nobody's bid yet. Served once, new for each journey."""
    made: dict[tuple[str, ...], Site] = {}

    def site(kind: str, name: str = "", template: Template = SERVED, **environment: str) -> Site:
        key = (kind, name, template.name)
        if key in made:
            made[key].renew()
            return made[key]
        try:
            made[key] = Site("-".join(filter(None, key)), template, kind, **environment)
        except Missing as problem:
            lack(problem)
        made[key].start()
        return made[key]

    yield site
    for each in made.values():
        each.end()


def kind_of(request: pytest.FixtureRequest) -> str:
    return getattr(request, "param", "sqlite")


@pytest.fixture
def site(request: pytest.FixtureRequest, sites: Callable[..., Site]) -> Site:
    return sites(kind_of(request))


@pytest.fixture
def guarded(request: pytest.FixtureRequest, sites: Callable[..., Site]) -> Site:
    """The same, where the second factor is asked for as in production."""
    return sites(kind_of(request), "guarded", PORTAL_SECOND_FACTOR="true")


@pytest.fixture(params=KINDS, ids=IDS)
def site_and_scripts(request: pytest.FixtureRequest, sites: Callable[..., Site]) -> tuple[Site, bool]:
    kind, scripts = request.param
    return sites(kind), scripts


@pytest.fixture(scope="session")
def directory() -> Iterator[Provider]:
    made = Provider()
    yield made
    made.stop()


@pytest.fixture
def with_directory(request: pytest.FixtureRequest, sites: Callable[..., Site], directory: Provider) -> tuple[Site, Provider]:
    """The same, where the office's people sign in with their work account, and with nothing else once it is connected."""
    directory.begin_again()
    settings = directory.settings(sso_name="Directory", sso_only="true").items()
    environment = {f"PORTAL_{name.upper()}": value for name, value in settings}
    return sites(kind_of(request), "directory", **environment), directory


@pytest.fixture(scope="session")
def world(sites: Callable[..., Site]) -> Site:
    """The whole demonstration: a page in every state."""
    return sites("sqlite", template=Template("served_story", load, at=None))

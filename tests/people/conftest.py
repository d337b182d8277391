"""Fixtures for people: signing in the way that people do."""

import html
import json
import re

import pytest
import requests

from portal.core import clock
from portal.core.db import db, write
from portal.people import actions
from portal.people.models import WorkAccount
from tests.cast import ADA, PASSWORD
from tests.people.authenticator import Device
from tests.people.provider import Provider

REFUSED = "You cannot sign in with this account"
FAILED = "Sorry, that sign-in did not work"
DOWN = "Sorry, we cannot reach the sign-in service"
OFFICER = {"sso_roles": {"grants": "grants_officer", "scores": "assessor"}}
HEADING = re.compile(r"<h1[^>]*>([^<]+)")
TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
ADD, USE, CONFIRM = "/account/passkeys/add", "/sign-in/passkey", "/account/confirm"


def copy_of(browser, as_user):
    """Another browser that holds the same cookie."""
    other = as_user(None)
    other.set_cookie("portal", browser.get_cookie("portal").value)
    return other


@pytest.fixture
def type_in(as_user):
    """`type_in(email=…)`: what the sign-in page answers; Ada and her password where nothing else is said."""

    def sign_in(browser=None, address="/sign-in", **typed):
        browser = browser or as_user(None)
        token = TOKEN.search(browser.get(address).text)[1]
        return browser.raw_post(address, data={"email": ADA.email, "password": PASSWORD, "csrf_token": token} | typed)

    return sign_in


@pytest.fixture
def asked(app, monkeypatch):
    """The second factor is asked for, as in production."""
    monkeypatch.setattr(app.extensions["settings"], "second_factor", True)


@pytest.fixture
def totp(app):
    return app.extensions["security"].totp_factory


@pytest.fixture
def with_factor(person, totp):
    """`with_factor(OMAR)`: his secret and recovery codes, as if set up long ago."""

    def made(who):
        secret = totp.generate_totp_secret()

        def fill():
            user = person(who)
            user.tf_totp_secret, user.tf_primary_method = secret, "authenticator"
            return actions.second_factor.fill_recovery_codes(user)

        return secret, write(fill)

    return made


@pytest.fixture
def half_way(as_user, type_in):
    """A browser in which the password was right."""

    def typed(who):
        browser = as_user(None)
        type_in(browser, email=who.email)
        return browser

    return typed


def give(browser, code, address="/sign-in/code"):
    return browser.post(address, data={"code": code})


def is_in(browser):
    return browser.get("/account").status_code == 200


@pytest.fixture(scope="session")
def running_provider():
    made = Provider()
    yield made
    made.stop()


@pytest.fixture
def provider(app, frozen, monkeypatch, running_provider):
    """The office's sign-in service, which the portal knows; `provider.claims` and the like say who comes and what goes wrong."""
    running_provider.begin_again()
    for name, value in running_provider.settings(sso_name="Directory").items():
        monkeypatch.setattr(app.extensions["settings"], name, value)
    yield running_provider
    app.extensions.pop("work_provider", None)


@pytest.fixture
def sso_settings(app, monkeypatch):
    """`sso_settings(sso_only=True)`: further settings of single sign-on."""

    def put(**settings):
        for name, value in settings.items():
            monkeypatch.setattr(app.extensions["settings"], name, value)

    return put


@pytest.fixture
def connected(person, provider):
    """`connected(OMAR)`: his work account, as if connected long ago."""

    def made(who, subject="omar-there"):
        row = {"user_id": person(who).id, "issuer": provider.issuer, "subject": subject, "connected_at": clock.now()}
        write(lambda: db.session.add(WorkAccount(**row)))

    return made


@pytest.fixture
def travel(as_user, provider):
    """`travel()`: from the button to the service and back; the browser, and what the portal answered at the end."""

    def there_and_back(browser=None, start="/sign-in/work"):
        browser = browser or as_user(None)
        return browser, browser.get(come_from(browser.get(start)))

    return there_and_back


def come_from(reply):
    """Follow the portal's redirect to the service; the address that the service sends back to."""
    assert reply.status_code == 302, reply.text
    back = requests.get(f"{reply.location}&now={clock.now().timestamp()}", allow_redirects=False, timeout=5).headers["Location"]
    return back.removeprefix("http://127.0.0.1:8000")


def heading(reply):
    return HEADING.search(reply.text)[1]


def roles_of(user):
    """The roles in the office that run today, each with where it comes from."""
    return {held.role.value: held.source.value for held in user.appointments if held.is_current}


def asked_on(page):
    """What the page gives its script to ask the device for."""
    return json.loads(html.unescape(re.search(r'data-options="([^"]+)"', page.text)[1]))


def add(browser, device, name="Office laptop", address=ADD):
    return browser.post(address, data={"name": name, "credential": device.make(asked_on(browser.get(address)))})


@pytest.fixture
def use(frozen):
    """`use(browser, device)`: answer what the page asks; a second has gone by since the last question."""

    def answer(browser, device, address=USE):
        frozen.move(seconds=1)
        return browser.post(address, data={"credential": device.use(asked_on(browser.get(address)))})

    return answer


@pytest.fixture
def device_of(as_user):
    """`device_of(ADA)`: a device that holds a passkey of hers."""

    def made(who, **kind):
        device = Device(**kind)
        assert add(as_user(who), device, f"Device {device.id.hex()[:6]}").status_code == 303
        return device

    return made

"""Fixtures for people: signing in the way that people do."""

import re

import pytest

from tests.cast import ADA, PASSWORD

TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


@pytest.fixture
def type_in(as_user):
    """`type_in(email=…)`: what the sign-in page answers; Ada and her password where nothing else is said."""

    def sign_in(browser=None, address="/sign-in", **typed):
        browser = browser or as_user(None)
        token = TOKEN.search(browser.get(address).text)[1]
        return browser.raw_post(address, data={"email": ADA.email, "password": PASSWORD, "csrf_token": token} | typed)

    return sign_in

"""The pages that every service owes, and what machines ask."""

import re
from hashlib import sha256
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from portal.core.db import db
from portal.publishing.views import notes
from tests.cast import ADA

TEMPLATE = Path(notes.__file__).parents[3] / "templates" / "publishing" / "accessibility.html"
REVIEWED = ("2026-11-22", "9b42d39cd4e0b9fb")  # the day of the last review, and what the statement said then


def test_the_accessibility_statement_does_not_change_without_its_date():
    words = " ".join(re.sub(r"{%.*?%}|{#.*?#}|<[^>]+>", " ", TEMPLATE.read_text()).split())
    digest = sha256(words.encode()).hexdigest()[:16]
    assert (str(notes.REVIEWED_ON), digest) == REVIEWED, (
        "The statement has changed: set REVIEWED_ON in publishing/views/notes.py to the day of its review, "
        f"and REVIEWED here to that day and {digest!r}."
    )
    assert notes.REVIEWED_ON >= notes.PREPARED_ON


def test_the_accessibility_statement_is_honest_and_says_where_to_complain(as_user):
    page = as_user(None).get("/accessibility").text
    for words in ("not yet been tested with people", "22 November 2026", "Equality and Human Rights Commission", "grants@"):
        assert words in page


def test_the_cookie_that_the_page_names_is_the_cookie_that_is_set(as_user, app):
    client = as_user(None)
    assert client.get("/sign-in").headers["Set-Cookie"].startswith(f"{app.config['SESSION_COOKIE_NAME']}=")
    assert app.config["SESSION_COOKIE_NAME"] in client.get("/cookies").text


@pytest.mark.parametrize(
    ("address", "words"), [("/privacy", "Information Commissioner"), ("/contact", "grants@"), ("/cookies", "sets none")]
)
def test_the_other_notes(as_user, address, words):
    for who in (None, ADA):
        assert words in as_user(who).get(address).text


def test_healthz_is_well_while_the_database_answers(as_user, app, monkeypatch):
    reply = as_user(None).get("/healthz")
    assert (reply.status_code, reply.text) == (200, "Well.\n")

    def silent(*_args, **_options):
        raise OperationalError("SELECT 1", {}, Exception("gone"))

    monkeypatch.setattr(db.session, "execute", silent)
    reply = as_user(None).get("/healthz")
    assert reply.status_code == 503
    assert "gone" not in reply.text
    assert "Set-Cookie" not in reply.headers


def test_a_demonstration_is_not_to_be_found(app, as_user, monkeypatch):
    assert "Disallow: /sign-in" in as_user(None).get("/robots.txt").text
    monkeypatch.setattr(app.extensions["settings"], "profile", "demonstration")
    assert "Disallow: /\n" in as_user(None).get("/robots.txt").text


def test_security_txt_says_whom_to_tell_and_until_when(as_user):
    text = as_user(None).get("/.well-known/security.txt").text
    assert "Contact: mailto:" in text
    assert "Expires: 2026-12-06T" in text


def test_healthz_is_red_before_the_disk_is_full(as_user, app, monkeypatch):
    monkeypatch.setattr(app.extensions["settings"], "least_free_mb", 10**9)
    reply = as_user(None).get("/healthz")
    assert (reply.status_code, reply.text) == (503, "The disk is almost full.\n")

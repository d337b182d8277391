"""Requests that no page of ours sends: forged, foreign, repeated, under another name. They change and give away nothing."""

from urllib.parse import urljoin, urlsplit

import pytest
from sqlalchemy import select

from portal.core.db import Base, db
from tests.access_table import methods_of
from tests.cast import ADA, CLEO, OMAR
from tests.doors.cells import doors
from tests.source import expect_none

pytestmark = pytest.mark.parametrize("app", ["sqlite"], indirect=True)
EVIL = "evil.example"
BESIDE = {"sign_in", "event", "event_detail", "audit_head"}  # what a sign-in leaves, and what is told of refusals
FORGED = ("X-Forwarded-Host", "X-Forwarded-Server", "X-Original-Host", "X-Host", "X-Original-URL", "X-Rewrite-URL", "Forwarded",
          "X-Forwarded-Prefix", "X-Forwarded-Proto", "X-Forwarded-Port", "Referer",
          "Origin")  # fmt: skip
LEADING = ("next", "url", "return", "return_to", "redirect", "redirect_uri", "to", "continue", "back", "goto")
TWICE = [
    ("q", "a"), ("q", "b"), ("sort", "x"), ("sort", "-reference"), ("after", "x"), ("after", "y"), ("before", "["),
    ("last", "1"), ("stage", "draft"), ("stage", "submitted"), ("fund", "x"), ("part", "gate"), ("part", "scores"),
    ("check", "yes"), ("q[]", "c"), ("csrf_token", "x"), ("ref", "SCF26-0001"), ("user_id", "1"),
]  # fmt: skip


def whole_database() -> dict[str, list]:
    tables = {name: table for name, table in Base.metadata.tables.items() if name not in BESIDE}
    return {name: db.session.execute(select(table).order_by(*table.primary_key)).all() for name, table in tables.items()}


@pytest.fixture
def nothing_changes(app):
    before = whole_database()
    yield
    db.session.rollback()
    after = whole_database()
    expect_none([name for name in before if before[name] != after[name]], "these tables were changed")


def unsafe(app):
    """Every address that something can be sent to, once."""
    return {door.endpoint: door.address for door in doors(app) if door.method != "GET"}


@pytest.mark.parametrize("token", ["", "wrong", "another's", "another's in the form", "signed with another key"])
def test_a_form_without_the_token_of_this_very_session_does_nothing(app, as_user, nothing_changes, token):
    browser, other = as_user(ADA), as_user(CLEO)
    browser.csrf_token()
    sent = {"wrong": "x" * 91, "signed with another key": "ImEi.aRk.AAAA"}.get(
        token, other.csrf_token() if "another" in token else ""
    )
    headers = {"X-CSRFToken": sent} if sent and "form" not in token else {}
    data = {"csrf_token": sent} if "form" in token else {}
    answers = {
        endpoint: browser.raw_post(address, data=data, headers=headers).status_code for endpoint, address in unsafe(app).items()
    }
    expect_none([f"{endpoint} answered {status}" for endpoint, status in answers.items() if status != 400], "refuse it")
    assert len(answers) > 40


def test_what_changes_something_is_asked_for_by_post_alone(app, as_user, nothing_changes):
    """Neither another method nor a field or a header that names one gets through."""
    browser, answers = as_user(ADA), {}
    for rule in app.url_map.iter_rules():
        assert methods_of(rule) <= {"GET", "POST"}, f"{rule} takes {rule.methods}"
    for endpoint, address in unsafe(app).items():
        pretending = {"X-HTTP-Method-Override": "POST", "X-HTTP-Method": "POST", "X-Method-Override": "POST"}
        reply = browser.get(
            address, headers=pretending, query_string={"_method": "POST", "csrf_token": browser.csrf_token(), "begin": "1"}
        )
        answers[endpoint] = reply.status_code
        for method in ("PUT", "PATCH", "DELETE"):
            assert browser.open(address, method=method).status_code in (400, 404, 405)
    assert set(answers.values()) <= {200, 303, 302, 401, 403, 404, 405, 409, 410}


def looked_at(app) -> dict[str, str]:
    """Every address that can be looked at, once."""
    return {door.endpoint: door.address for door in doors(app) if door.method == "GET"}


@pytest.mark.parametrize("who", [None, ADA], ids=["nobody", "ada"])
def test_an_address_that_the_request_claims_is_printed_and_led_to_nowhere(app, as_user, who):
    browser = as_user(who)
    forged = dict.fromkeys(FORGED, f"https://{EVIL}/") | {"Forwarded": f"host={EVIL};proto=https", "X-Forwarded-Host": EVIL}
    printed = []
    for address in looked_at(app).values():
        reply = browser.get(address, headers=forged)
        if EVIL.encode() in reply.data + str(reply.headers).encode():
            printed.append(address)
    expect_none(printed, "links begin with the configured address")
    assert browser.get("/", headers={"Host": EVIL}).status_code == 400
    assert browser.get("/", headers={"Host": f"localhost.{EVIL}"}).status_code == 400
    assert browser.get("/", headers={"Host": f"localhost@{EVIL}"}).status_code == 400


@pytest.mark.parametrize("who", [None, OMAR], ids=["nobody", "omar"])
def test_no_address_leads_to_another_site_whatever_it_is_asked(app, as_user, who):
    browser, away = as_user(who), []
    for address in looked_at(app).values():
        reply = browser.get(address, query_string=dict.fromkeys(LEADING, f"//{EVIL}/"))
        leads_to = urljoin("http://localhost/", (reply.headers.get("HX-Redirect") or reply.location or "").replace("\\", "/"))
        away += [f"{address} → {leads_to}"] if urlsplit(leads_to).netloc != "localhost" else []
    expect_none(away, "redirects stay on this site")


def test_names_that_come_twice_or_that_nobody_asked_for_break_nothing(app, as_user, nothing_changes):
    browser, broken = as_user(OMAR), []
    for address in looked_at(app).values():
        plain, twice = browser.get(address).status_code, browser.get(address, query_string=TWICE).status_code
        broken += [f"{address}: {plain} became {twice}"] if plain != twice else []
    expect_none(broken, "a name that nobody asked for changes no answer")

"""Signing in and out: with the right words only, on this site only, and for no longer than is safe."""

from datetime import timedelta
from urllib.parse import urljoin, urlsplit

import pytest
from flask_security.utils import hash_data, verify_hash
from passlib.hash import sha256_crypt
from sqlalchemy import select

from portal.core.db import db, write
from portal.people.models import SignIn, User
from tests.cast import ADA, BEN, OMAR, PASSWORD
from tests.people.conftest import TOKEN, copy_of

PRIVATE = "/files/1"  # any private address: 404 for who is signed in, the way to sign in for who is not
WRONG = "We do not know that email address and password. Check both and try again"
SIGNED_IN, SENT_AWAY = 404, 303


def knows(browser):
    return {SIGNED_IN: True, SENT_AWAY: False}[browser.get(PRIVATE).status_code]


def change(**values):
    def act():
        user = db.session.scalar(select(User).where(User.email == ADA.email))
        for name, value in values.items():
            setattr(user, name, value)

    write(act)


def test_the_right_password_leads_to_the_desk(as_user, type_in):
    browser = as_user(None)

    reply = type_in(browser)

    assert (reply.status_code, reply.location) == (302, "/desk")
    assert knows(browser)


@pytest.mark.parametrize("typed", [
    {"password": "not her password"}, {"email": "nobody@example.org"}, {"password": ""}, {"password": PASSWORD.upper()},
    {"email": "", "password": ""}, {"password": "x" * 5000}, {"password": f"{PASSWORD}\x00"},
    {"email": "a\x00b@example.org"}, {"email": "' OR 1=1 --"},
])  # fmt: skip
def test_whatever_is_wrong_the_words_are_the_same_and_nobody_is_signed_in(as_user, type_in, typed):
    browser = as_user(None)

    reply = type_in(browser, **typed)

    assert reply.status_code == 200
    assert "<title>Error: Sign in" in " ".join(reply.text.split())
    assert WRONG in reply.text
    assert not knows(browser)


def test_a_disabled_account_is_told_no_more_than_a_wrong_password(as_user, type_in):
    change(active=False)
    reply = type_in()
    assert WRONG in reply.text
    assert "disabled" not in reply.text.lower()


def test_the_typed_address_is_kept_and_the_password_is_not(type_in):
    reply = type_in(password="not her password")
    assert f'value="{ADA.email}"' in reply.text
    assert "not her password" not in reply.text


def test_a_form_without_its_token_signs_nobody_in(as_user):
    browser = as_user(None)
    assert browser.raw_post("/sign-in", data={"email": ADA.email, "password": PASSWORD}).status_code == 400
    assert not knows(browser)


def test_after_signing_in_one_is_where_one_wanted_to_be(type_in):
    assert type_in(address="/sign-in?next=/files/1?page%3D2").location == "/files/1?page=2"


@pytest.mark.parametrize("elsewhere", [
    "https://evil.example", "//evil.example", "///evil.example", "/\\evil.example", "\\\\evil.example", "http:evil.example",
    "javascript:alert(1)", "/%09/evil.example", "/\t/evil.example", "https://localhost@evil.example", "http://localhost.evil.example",
    "//localhost:80@evil.example", "/\n/evil.example", " //evil.example", "%2f%2fevil.example",
])  # fmt: skip
def test_no_link_leads_from_signing_in_to_another_site(as_user, type_in, elsewhere):
    browser = as_user(None)
    token = TOKEN.search(browser.get("/sign-in").text)[1]
    reply = browser.raw_post(
        "/sign-in",
        query_string={"next": elsewhere},
        data={"email": ADA.email, "password": PASSWORD, "csrf_token": token, "next": elsewhere},
    )
    leads_to = urljoin("http://localhost/sign-in", (reply.location or "").replace("\\", "/"))  # as browsers read it
    assert urlsplit(leads_to).netloc == "localhost"
    assert knows(browser) == (reply.status_code == 302)


def test_what_a_browser_held_before_is_forgotten_at_sign_in(as_user, type_in):
    browser = as_user(None)
    with browser.session_transaction() as session:
        session["planted"] = "by somebody else"
    type_in(browser)
    with browser.session_transaction() as session:
        assert "planted" not in session


def test_a_cookie_planted_before_signing_in_is_not_the_one_signed_in(as_user, type_in):
    victim = as_user(None)
    victim.get("/sign-in")
    attacker = copy_of(victim, as_user)
    type_in(victim)
    assert knows(victim)
    assert not knows(attacker)


def test_signing_out_ends_the_sign_in_so_that_a_copied_cookie_is_worth_nothing(as_user, type_in):
    browser = as_user(None)
    type_in(browser)
    thief = copy_of(browser, as_user)
    assert knows(thief)

    reply = browser.post("/sign-out")

    assert (reply.status_code, reply.location) == (302, "/")
    assert not knows(browser)
    assert not knows(thief)
    assert db.session.scalar(select(SignIn).where(SignIn.ended_at.is_(None))) is None


def test_signing_out_of_one_browser_leaves_the_other(as_user):
    one, other = as_user(ADA), as_user(ADA)
    one.post("/sign-out")
    assert (knows(one), knows(other)) == (False, True)


def test_signing_out_takes_a_button_not_a_link(as_user):
    browser = as_user(ADA)
    assert browser.get("/sign-out").status_code == 405
    assert browser.raw_post("/sign-out").status_code == 400
    assert knows(browser)


def test_no_cookie_outlives_the_browser(as_user, type_in):
    browser = as_user(None)
    type_in(browser, remember="y")
    assert browser.get_cookie("portal").expires is None

    browser.delete_cookie("portal")
    assert not knows(browser)


def test_no_token_in_a_header_or_address_stands_in_for_a_sign_in(as_user):
    browser = as_user(None)
    reply = browser.post("/sign-in?include_auth_token", json={"email": ADA.email, "password": PASSWORD})
    told = (reply.get_json(silent=True) or {}).get("response", {}).get("user", {})
    token = told.get("authentication_token", "none was given")
    browser.post("/sign-out")

    stranger = as_user(None)
    assert stranger.get(PRIVATE, headers={"Authentication-Token": token}).status_code == SENT_AWAY
    assert stranger.get(f"{PRIVATE}?auth_token={token}").status_code == SENT_AWAY


@pytest.mark.parametrize(("who", "idle"), [(OMAR, 30), (BEN, 120)])
def test_a_browser_left_alone_is_signed_out_the_offices_own_people_sooner(as_user, frozen, who, idle):
    browser = as_user(who)
    frozen.move(minutes=idle)
    assert knows(browser)
    frozen.move(minutes=idle, seconds=1)
    assert not knows(browser)


@pytest.mark.parametrize(("who", "hours"), [(OMAR, 12), (BEN, 24)])
def test_even_a_busy_browser_is_signed_out_in_the_end(as_user, frozen, who, hours):
    browser = as_user(who)
    for _ in range(hours * 3):
        frozen.move(minutes=20)
        assert knows(browser)
    frozen.move(seconds=1)
    assert not knows(browser)


def test_a_page_that_asks_by_itself_does_not_keep_the_sign_in_alive(as_user, frozen):
    browser = as_user(OMAR)
    for _ in range(3):
        frozen.move(minutes=10)
        assert browser.get(PRIVATE, headers={"X-Polling": "true"}).status_code == SIGNED_IN
    frozen.move(seconds=1)
    assert not knows(browser)


def test_being_seen_is_noted_at_most_once_a_minute(as_user, frozen, query_count):
    browser = as_user(ADA)
    written = []
    for seconds in (30, 29, 2, 30):
        frozen.move(seconds=seconds)
        with query_count() as queries:
            knows(browser)
        written.append(any("UPDATE sign_in" in query for query in queries))
    assert written == [False, False, True, False]
    assert db.session.scalar(select(SignIn.seen_at)) == frozen.now - timedelta(seconds=30)


def test_somebody_whose_account_is_disabled_is_out_at_once(as_user):
    browser = as_user(ADA)
    assert knows(browser)
    change(active=False)
    assert not knows(browser)


def test_a_changed_uniquifier_signs_out_every_browser(as_user):
    browser = as_user(ADA)
    change(fs_uniquifier="another")
    assert not knows(browser)


def test_the_store_of_sign_ins_holds_no_cookie(as_user, type_in):
    browser = as_user(None)
    type_in(browser)
    with browser.session_transaction() as session:
        token = session["sign_in"]
    row = db.session.scalar(select(SignIn))
    assert token not in row.token_digest
    assert len(row.token_digest) == 64


def test_a_person_and_their_roles_are_known_in_one_query(as_user, query_count):
    browser = as_user(OMAR)
    with query_count() as queries:
        browser.get("/sign-in")
    assert len([query for query in queries if query.startswith("SELECT")]) == 1


def test_links_that_were_on_their_way_when_digests_became_quick_still_open(app):
    with app.test_request_context():
        assert verify_hash(sha256_crypt.hash(ADA.email), ADA.email)
        assert verify_hash(hash_data(ADA.email), ADA.email)
        assert not verify_hash(hash_data(ADA.email), BEN.email)

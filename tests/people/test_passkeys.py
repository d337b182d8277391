"""Signing in with a passkey: an answer counts once, and whatever is not right signs nobody in."""

import html
from urllib.parse import urljoin, urlsplit

import pytest
from sqlalchemy import select

from portal.core.db import db, write
from portal.people.models import Passkey
from tests.cast import ADA, BEN
from tests.people.authenticator import Device
from tests.people.conftest import ADD, CONFIRM, USE, add, asked_on, copy_of, is_in

ONE = pytest.mark.parametrize("app", ["sqlite"], indirect=True)


def test_a_passkey_is_added_told_listed_and_signs_in_without_a_password(as_user, use, outbox, person, verbs_about):
    browser, device = as_user(ADA), Device()

    reply = add(browser, device, "My telephone")

    assert reply.location == "/account/passkeys"
    assert "My telephone" in browser.get(reply.location).text
    assert is_in(browser), "the new cookie"
    assert verbs_about(person(ADA)) == ["account.passkey"]
    assert [mail.template for mail in outbox()] == ["people/passkey_added"]
    stranger = as_user(None)
    assert use(stranger, device, f"{USE}?next=/account").location == "/account"
    assert "Ada Khan" in stranger.get("/account").text
    assert "Last used on" in stranger.get("/account/passkeys").text
    assert "with a passkey" in stranger.get("/account/sign-ins").text


def test_the_sign_in_page_leads_there_and_keeps_where_one_wanted_to_be(as_user):
    assert "/sign-in/passkey?next=/people/" in html.unescape(as_user(None).get("/sign-in?next=/people/").text)


@ONE
@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"])
def test_no_link_leads_from_a_passkey_to_another_site(as_user, use, device_of, elsewhere):
    location = use(as_user(None), device_of(BEN), f"{USE}?next={elsewhere}").location
    assert urlsplit(urljoin("http://localhost/sign-in", location.replace("\\", "/"))).netloc == "localhost"


def test_an_answer_counts_once_even_with_a_copied_cookie_and_a_device_that_does_not_count(as_user, use, device_of, frozen):
    device = device_of(BEN, counts=False)
    first = as_user(None)
    answer = device.use(asked_on(first.get(USE)))
    second = copy_of(first, as_user)

    assert first.post(USE, data={"credential": answer}).location == "/desk"
    assert second.post(USE, data={"credential": answer}).status_code == 422
    assert as_user(None).post(USE, data={"credential": answer}).status_code == 422
    assert (is_in(first), is_in(second)) == (True, False)
    assert use(second, device).location == "/desk", "a new question has a new answer"


def test_of_two_questions_the_older_is_not_answered_after_the_newer(as_user, use, device_of, frozen):
    device = device_of(BEN, counts=False)
    early, late = as_user(None), as_user(None)
    kept = device.use(asked_on(early.get(USE)))
    use(late, device)
    assert early.post(USE, data={"credential": kept}).status_code == 422


def test_a_copy_of_a_device_is_met_by_its_count_written_down_and_told_once(as_user, use, device_of, outbox, person, verbs_about):
    device = device_of(BEN)
    for _ in range(3):
        assert use(as_user(None), device).location == "/desk"
    for count in (1, 0):
        device.count = count
        assert use(as_user(None), device).status_code == 422
    assert verbs_about(person(BEN)).count("account.copied_passkey") == 1
    assert [mail.to_address for mail in outbox() if mail.template == "people/passkey_copied"] == [BEN.email]
    device.count = 3
    assert use(as_user(None), device).location == "/desk"


@pytest.mark.parametrize("wrong", ["origin", "unverified", "other key", "other handle", "unknown", "other question"])
def test_whatever_is_wrong_about_an_answer_nobody_is_signed_in_and_the_words_are_the_same(as_user, use, device_of, wrong, frozen):
    device, other = device_of(BEN), device_of(ADA)
    browser = as_user(None)
    options = asked_on(browser.get(USE))
    if wrong == "origin":
        device.origin = "https://portal.evil.example"
    elif wrong == "unverified":
        device.verifies = False
    elif wrong == "other key":
        device.key = other.key
    elif wrong == "other handle":
        device.handle = other.handle
    elif wrong == "unknown":
        device = Device(handle=device.handle)
    else:
        options["challenge"] = "AAAA"

    reply = browser.post(USE, data={"credential": device.use(options)})

    assert reply.status_code == 422
    assert "That passkey was not accepted" in reply.text
    assert not is_in(browser)


@ONE
@pytest.mark.parametrize("garbage", [
    "", "{}", "[]", "null", '{"id": 1}', "x" * 5000, '{"id":"a","rawId":"b","type":"public-key"}',
    '{"id":"","rawId":"","type":"public-key","response":{}}', "\x00", "🐙",
])  # fmt: skip
def test_garbage_is_refused_and_no_failure(as_user, garbage):
    browser = as_user(None)
    browser.get(USE)
    assert browser.post(USE, data={"credential": garbage}).status_code == 422
    ada = as_user(ADA)
    ada.get(ADD)
    assert ada.post(ADD, data={"name": "x", "credential": garbage}).status_code == 422
    ada.get(CONFIRM)
    assert ada.post(CONFIRM, data={"credential": garbage}).status_code == 422
    assert db.session.scalars(select(Passkey)).all() == []


def test_a_question_is_open_for_five_minutes(as_user, device_of, frozen):
    device, browser = device_of(BEN), as_user(None)
    answer = device.use(asked_on(browser.get(USE)))
    frozen.move(minutes=5, seconds=1)
    assert browser.post(USE, data={"credential": answer}).status_code == 422


def test_a_disabled_person_is_not_signed_in(as_user, use, device_of, person):
    device = device_of(BEN)
    write(lambda: setattr(person(BEN), "active", False))
    browser = as_user(None)
    assert use(browser, device).status_code == 422
    assert not is_in(browser)


def test_a_cookie_planted_before_a_passkey_is_used_is_not_the_one_signed_in(as_user, use, device_of):
    device, browser = device_of(BEN), as_user(None)
    browser.get(USE)
    planted = copy_of(browser, as_user)
    use(browser, device)
    assert (is_in(browser), is_in(planted)) == (True, False)

"""The step after the password: each code counts once, guessing is slow, and nothing leads around it."""

import re

import pytest

from portal.core.db import write
from portal.people import actions
from tests.at_once import at_once
from tests.cast import BEN, IRA, OMAR
from tests.people.conftest import copy_of, give, heading, is_in

pytestmark = pytest.mark.usefixtures("asked")
KEY = re.compile(r'class="key">([^<]+)<')


def test_the_code_follows_the_password_and_leads_to_where_one_wanted_to_be(as_user, type_in, with_factor, totp):
    secret, _ = with_factor(OMAR)
    browser = as_user(None)

    reply = type_in(browser, "/sign-in?next=/people/", email=OMAR.email)

    assert reply.location == "/sign-in/code?next=/people/"
    assert not is_in(browser)
    assert heading(browser.get(reply.location)) == "Enter the code from your app"
    reply = browser.post(reply.location, data={"code": totp.generate_totp_password(secret)})
    assert (reply.status_code, reply.location) == (302, "/people/")
    assert is_in(browser)


@pytest.mark.parametrize("wrong", ["", "000000", "abcdef", "١٢٣٤٥٦", "1" * 5000, "\x00"])
def test_whatever_is_wrong_nobody_is_signed_in(half_way, with_factor, wrong):
    with_factor(OMAR)
    browser = half_way(OMAR)
    reply = give(browser, wrong)
    assert reply.status_code == 200
    assert "<title>Error: Enter the code" in " ".join(reply.text.split())
    assert not is_in(browser)


def test_a_code_counts_once_however_often_it_is_sent(half_way, with_factor, totp, frozen):
    secret, _ = with_factor(OMAR)
    code = totp.generate_totp_password(secret)
    first, second = half_way(OMAR), half_way(OMAR)

    give(first, code)
    reply = give(second, code)

    assert is_in(first)
    assert "was used before" in reply.text
    assert not is_in(second)
    frozen.move(seconds=30)
    give(second, code)
    assert not is_in(second), "half a minute later it is no newer"
    give(second, totp.generate_totp_password(secret))
    assert is_in(second)


def test_of_several_at_once_one_takes_the_code_and_never_an_older_one(app, person, with_factor):
    _, codes = with_factor(OMAR)

    steps = at_once(app, [lambda: write(actions.take_step, person(OMAR), 100)] * 4)
    recovery = at_once(app, [lambda: write(actions.take_recovery_code, person(OMAR), codes[0])] * 4)

    assert (sum(steps), sum(recovery)) == (1, 1)
    assert [write(actions.take_step, person(OMAR), step) for step in (99, 101)] == [False, True]


def test_after_five_tries_the_right_code_is_wrong_for_five_minutes_in_the_same_words(half_way, with_factor, totp, frozen):
    secret, codes = with_factor(OMAR)
    browser = half_way(OMAR)
    wrong = [give(browser, "000000").text for _ in range(5)]

    locked = give(half_way(OMAR), totp.generate_totp_password(secret)).text

    words = {re.search(r"That code is not right[^<]+", text)[0] for text in [*wrong, locked]}
    assert len(words) == 1
    give(browser, codes[0], "/sign-in/recovery-code")
    assert not is_in(browser), "nor is a recovery code a way around"
    frozen.move(minutes=5, seconds=1)
    give(browser, totp.generate_totp_password(secret))
    assert is_in(browser)


@pytest.mark.parametrize("address", ["/desk", "/account/second-factor", "/files/1"])
def test_between_password_and_code_no_other_address_answers(half_way, with_factor, address):
    with_factor(OMAR)
    assert half_way(OMAR).get(address).location.startswith("/sign-in")


def test_the_code_is_asked_for_within_ten_minutes_of_the_password(half_way, with_factor, totp, frozen):
    secret, codes = with_factor(OMAR)
    browser = half_way(OMAR)
    frozen.move(minutes=10, seconds=1)
    assert give(browser, totp.generate_totp_password(secret)).location == "/sign-in"
    assert give(half_way(OMAR), totp.generate_totp_password(secret)).location == "/desk"
    assert give(browser, codes[0], "/sign-in/recovery-code").location == "/sign-in"


def test_nobody_comes_to_the_code_without_the_password(as_user, with_factor, totp):
    secret, codes = with_factor(OMAR)
    browser = as_user(None)
    assert give(browser, totp.generate_totp_password(secret)).location == "/sign-in"
    assert give(browser, codes[0], "/sign-in/recovery-code").location == "/sign-in"
    assert not is_in(browser)


def test_a_cookie_copied_between_password_and_code_is_not_the_one_signed_in(as_user, half_way, with_factor, totp):
    secret, _ = with_factor(OMAR)
    browser = half_way(OMAR)
    thief = copy_of(browser, as_user)
    code = totp.generate_totp_password(secret)
    give(browser, code)
    give(thief, code)
    assert (is_in(browser), is_in(thief)) == (True, False)


def test_a_new_password_ends_what_was_half_way(person, half_way, with_factor, totp):
    secret, _ = with_factor(OMAR)
    browser = half_way(OMAR)
    write(lambda: setattr(person(OMAR), "fs_uniquifier", "another"))
    assert give(browser, totp.generate_totp_password(secret)).location == "/sign-in"


def test_a_recovery_code_works_once_and_its_owner_is_told(half_way, with_factor, outbox, person, verbs_about):
    _, codes = with_factor(OMAR)
    first, second = half_way(OMAR), half_way(OMAR)

    give(first, codes[0].upper().replace("-", " "), "/sign-in/recovery-code")
    reply = give(second, codes[0], "/sign-in/recovery-code")

    assert (is_in(first), is_in(second)) == (True, False)
    assert "was used before" in reply.text
    assert [(mail.to_address, mail.template) for mail in outbox()] == [(OMAR.email, "people/recovery_code_used")]
    assert "9 left" in outbox()[0].body
    assert verbs_about(person(OMAR)) == ["account.recovery_code"]


def test_nobody_signs_in_with_somebody_elses_code(half_way, with_factor, totp):
    with_factor(OMAR)
    other_secret, other_codes = with_factor(IRA)
    browser = half_way(OMAR)
    give(browser, totp.generate_totp_password(other_secret))
    give(browser, other_codes[0], "/sign-in/recovery-code")
    assert not is_in(browser)


@pytest.mark.parametrize("address", ["/tf-setup", "/tf-setup/token", "/tf-rescue", "/tf-select", "/mf-recovery-codes"])
def test_the_ready_made_pages_that_are_not_ours_are_closed(as_user, half_way, with_factor, address):
    with_factor(OMAR)
    for browser in (as_user(None), half_way(OMAR), as_user(BEN)):
        assert {browser.get(address).status_code, browser.post(address).status_code} <= {404, 405}


def test_being_asked_costs_no_query(as_user, with_factor, query_count):
    with_factor(OMAR)
    browser = as_user(OMAR)
    with query_count() as queries:
        browser.get("/account/stay")
    assert len([query for query in queries if query.startswith("SELECT")]) == 1

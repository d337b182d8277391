"""Guessing is slow, whatever is guessed; the words and the time tell nothing; and without Redis it holds all the same."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.core.clock import MINUTE
from portal.core.db import db, write
from portal.people import attempts
from portal.people.models import Attempts
from tests.cast import ADA, BEN, OMAR, PASSWORD
from tests.databases import address, make_app, use
from tests.people.conftest import TOKEN

ONE = pytest.mark.parametrize("app", ["sqlite"], indirect=True)
NOBODY = "nobody@example.org"


def words_of(reply, email):
    """The page without what was typed and the token."""
    return re.sub(r'name="csrf_token" value="[^"]+"|nonce="[^"]+"', "", reply.text).replace(email, "")


def lock(type_in, email=ADA.email):
    for _ in range(10):
        type_in(email=email, password="not the password")


def test_after_ten_tries_the_right_password_is_wrong_for_five_minutes(type_in, frozen):
    lock(type_in)
    assert type_in().status_code == 200
    frozen.move(minutes=5, seconds=1)
    assert type_in().location == "/desk"


def test_writing_the_address_in_another_case_is_no_way_around(type_in):
    lock(type_in, ADA.email.upper())
    assert type_in().status_code == 200


def test_one_locked_account_leaves_the_others_alone(type_in):
    lock(type_in)
    assert type_in(email=BEN.email).location == "/desk"


def test_unknown_wrong_and_locked_read_the_same(type_in):
    lock(type_in, BEN.email)
    pages = {words_of(type_in(email=email, password="not the password"), email) for email in (NOBODY, ADA.email, BEN.email)}
    assert len(pages) == 1


def test_the_counter_holds_no_address(type_in):
    type_in(email=NOBODY)
    row = db.session.scalars(select(Attempts)).one()
    assert len(row.key) == 64
    assert row.times


def test_old_counts_are_forgotten(type_in, frozen):
    type_in(email=NOBODY)
    frozen.at(frozen.now + timedelta(days=1, seconds=1))
    write(attempts.forget_old)
    assert db.session.scalars(select(Attempts)).all() == []


DAY = 24 * 60  # minutes


@pytest.mark.parametrize(("what", "most", "minutes"), [("password", 10, 5), ("second factor", 5, 5), ("reset", 5, DAY)])
def test_limits_slide_with_the_time(app, frozen, what, most, minutes):
    begun = frozen.now
    for number in range(most):
        frozen.at(begun + number * MINUTE / 10)
        assert write(attempts.allowed, what, "somebody")
    assert not write(attempts.allowed, what, "SOMEBODY")
    frozen.at(begun + minutes * MINUTE)
    assert write(attempts.allowed, what, "somebody"), "the first has left the window"
    assert not write(attempts.allowed, what, "somebody"), "the second has not"


@pytest.mark.parametrize(("what", "at_once", "a_day"), [("password", 10, 100), ("second factor", 5, 50)])
def test_slow_guessing_ends_with_the_day_and_is_written_down_once(app, frozen, person, verbs_about, what, at_once, a_day):
    for who in (ADA.email.upper(), "somebody"):
        for _ in range(a_day // at_once):
            assert all(write(attempts.allowed, what, who) for _ in range(at_once))
            frozen.move(minutes=5)
        assert not write(attempts.allowed, what, who)
    assert verbs_about(person(ADA)) == ["account.cap"]
    frozen.move(days=1)
    assert write(attempts.allowed, what, "somebody")


def test_a_link_to_a_new_password_lets_in_whom_guessing_had_locked_out(type_in, as_user, outbox):
    lock(type_in)
    as_user(None).post("/forgotten-password", data={"email": ADA.email})
    link = re.search(r"/forgotten-password/\S+", outbox()[-1].body)[0]
    new = "three unrelated words"
    assert as_user(None).post(link, data={"password": new, "password_confirm": new}).location == "/sign-in"
    assert type_in(password=new).location == "/desk"


def test_five_links_a_day_for_a_forgotten_password_and_the_sixth_looks_the_same(as_user, outbox, frozen):
    replies = {as_user(None).post("/forgotten-password", data={"email": ADA.email}).text.replace("x", "") for _ in range(6)}
    assert len({re.sub(r'value="[^"]+"|nonce="[^"]+"', "", text) for text in replies}) == 1
    assert [mail.template for mail in outbox()] == ["people/reset"] * 5


def test_a_forgotten_password_reads_the_same_for_nobody(as_user, outbox):
    known, unknown = (as_user(None).post("/forgotten-password", data={"email": email}) for email in (ADA.email, NOBODY))
    assert words_of(known, ADA.email) == words_of(unknown, NOBODY)
    assert [mail.to_address for mail in outbox()] == [ADA.email]


def test_changing_a_password_is_no_way_to_guess_it(as_user):
    browser = as_user(ADA)
    new = {"new_password": "three unrelated words", "new_password_confirm": "three unrelated words"}
    for _ in range(10):
        browser.post("/account/password", data=new | {"password": "wrong"})
    assert browser.post("/account/password", data=new | {"password": PASSWORD}).status_code == 200
    assert browser.get("/account").status_code == 200


@ONE
@pytest.mark.parametrize("redis", ["", "redis://127.0.0.1:1/0"], ids=["without-redis", "redis-gone"])
def test_an_address_that_knocks_too_often_is_told_to_wait_and_a_dead_redis_changes_nothing(app, redis):
    limited = make_app(address(), f"limited{bool(redis)}", sign_ins_per_address=300, letters_per_address=3, jobs_url=redis)
    engine = use(limited, address())
    client = limited.test_client()
    token = TOKEN.search(client.get("/forgotten-password").text)[1]
    sent = [client.post("/forgotten-password", data={"email": "", "csrf_token": token}) for _ in range(4)]
    assert [reply.status_code for reply in sent] == [422, 422, 422, 429]
    assert int(sent[-1].headers["Retry-After"]) <= 300
    assert client.get("/forgotten-password").status_code == 200, "looking is free"
    answers = {
        client.post("/sign-in", data={"email": OMAR.email, "password": "wrong", "csrf_token": token}).status_code
        for _ in range(10)
    }
    assert answers == {200}
    right = client.post("/sign-in", data={"email": OMAR.email, "password": PASSWORD, "csrf_token": token})
    assert right.status_code == 200, "the account's own limit is in the database"
    engine.dispose()

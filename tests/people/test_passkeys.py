"""Passkeys: added, signed in with, shown again before something grave, removed; whatever is not right signs nobody in."""

import html
import json
import re
from urllib.parse import urljoin, urlsplit

import pytest
from sqlalchemy import select

from portal.core.db import db, write
from portal.people.models import Passkey, SignIn, User
from tests.cast import ADA, BEN, GUS, IRA, KIT, OMAR, PASSWORD
from tests.people.authenticator import Device
from tests.people.conftest import copy_of, give, is_in

ADD, USE, CONFIRM = "/account/passkeys/add", "/sign-in/passkey", "/account/confirm"
LATER = {"minutes": 15, "seconds": 1}


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


def test_a_copy_of_a_device_is_met_by_its_count(as_user, use, device_of):
    device = device_of(BEN)
    for _ in range(3):
        assert use(as_user(None), device).location == "/desk"
    device.count = 1
    assert use(as_user(None), device).status_code == 422
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


def test_a_passkey_makes_an_old_sign_in_fresh_but_nobody_elses_does(as_user, use, device_of, person, frozen):
    own, other = device_of(IRA), device_of(KIT)
    ira, address = as_user(IRA), f"/people/{person(OMAR).id}/disable"
    frozen.move(**LATER)
    verify = ira.get(address).location
    assert f"{CONFIRM}?next={address}" in html.unescape(ira.get(verify).text)

    assert use(ira, other, f"{CONFIRM}?next={address}").status_code == 422
    assert ira.get(address).status_code == 303
    assert use(ira, own, f"{CONFIRM}?next={address}").location == address
    assert ira.get(address).status_code == 200


def test_adding_and_removing_ask_for_a_fresh_sign_in(as_user, device_of, person, frozen):
    device_of(ADA)
    ada, removing = as_user(ADA), f"/account/passkeys/{person(ADA).passkeys[0].id}/remove"
    frozen.move(**LATER)
    for address in (ADD, removing):
        assert ada.get(address).location.startswith("/verify?next=")
        assert ada.post(address).location.startswith("/verify")


def test_a_passkey_is_removed_by_its_owner_alone_and_works_no_more(as_user, use, device_of, person, outbox, verbs_about):
    device = device_of(ADA)
    address = f"/account/passkeys/{person(ADA).passkeys[0].id}/remove"
    assert as_user(BEN).post(address).status_code == 404
    ada = as_user(ADA)
    assert "Remove the passkey" in ada.get(address).text

    assert ada.post(address).location == "/account/passkeys"

    assert use(as_user(None), device).status_code == 422
    assert verbs_about(person(ADA)) == ["account.passkey", "account.remove_passkey"]
    assert [mail.template for mail in outbox()] == ["people/passkey_added", "people/passkey_removed"]


def test_a_name_is_asked_for_is_one_of_ones_own_and_may_be_long_only_so_far(as_user):
    ada = as_user(ADA)
    for wrong in ("", "x" * 5000):
        assert add(ada, Device(), wrong).status_code == 422
    assert add(ada, Device(), "Work").status_code == 303
    assert "choose another name" in add(ada, Device(), "WORK").text
    assert add(as_user(BEN), Device(), "Work").status_code == 303


def test_one_device_is_not_added_twice_and_the_devices_of_a_person_know_them_by_one_handle(as_user):
    ada, first, second = as_user(ADA), Device(), Device()
    add(ada, first, "One")
    assert add(ada, first, "Two").status_code == 422
    assert len(asked_on(ada.get(ADD))["excludeCredentials"]) == 1
    add(ada, second, "Two")
    assert first.handle == second.handle
    assert add(as_user(BEN), first, "Mine").status_code == 422, "nor to another account"


@pytest.mark.usefixtures("asked")
def test_a_passkey_stands_in_for_password_and_code_together(as_user, use, half_way, with_factor):
    with_factor(OMAR)
    device = Device()
    add(as_user(OMAR), device)
    browser = as_user(None)
    assert use(browser, device).location == "/desk"
    assert browser.get("/desk").status_code == 200
    asked = half_way(OMAR)
    assert not is_in(asked), "with the password the code is asked for as before"
    assert use(asked, device).location == "/desk"
    assert is_in(asked)


@pytest.mark.usefixtures("asked")
@pytest.mark.parametrize("who", [OMAR, GUS])
def test_who_must_have_a_second_factor_may_have_a_passkey_instead_and_the_password_alone_leads_to_it(
    as_user, use, type_in, who, frozen
):
    browser, device = as_user(who), Device()
    assert browser.get("/desk").location == "/account/second-factor"
    assert ADD in browser.get("/account/second-factor").text
    add(browser, device)
    assert browser.get("/desk").status_code == 200

    thief = as_user(None)
    type_in(thief, email=who.email)
    ways = ["/desk", "/account", "/account/second-factor", ADD, "/account/passkeys", "/account/password", "/verify", "/people/"]
    assert {thief.get(way).location for way in ways} == {CONFIRM}
    assert thief.post(ADD, data={"name": "x", "credential": ""}).location == CONFIRM
    assert thief.post("/account/second-factor", data={"code": "000000"}).location == CONFIRM
    assert use(thief, device, CONFIRM).location == "/desk"
    assert thief.get("/desk").status_code == 200


@pytest.mark.usefixtures("asked")
def test_the_last_passkey_stays_where_it_is_the_second_factor_or_the_only_way_in(as_user, use, person, device_of, with_factor):
    omar = as_user(OMAR)
    add(omar, Device())
    address = f"/account/passkeys/{person(OMAR).passkeys[0].id}/remove"
    refused = omar.post(address)
    assert refused.status_code == 422
    assert "Your work needs a second factor" in refused.text
    with_factor(OMAR)
    assert omar.post(address).status_code == 303
    device = device_of(BEN)
    write(lambda: setattr(person(BEN), "password", None))
    ben = as_user(None)
    use(ben, device)
    assert "only way to sign in" in ben.post(f"/account/passkeys/{person(BEN).passkeys[0].id}/remove").text


@pytest.mark.usefixtures("asked")
def test_a_reset_takes_the_passkeys_too(as_user, use, device_of, person, outbox):
    browser, device = as_user(OMAR), Device()
    add(browser, device)
    ira = as_user(IRA)
    add(ira, Device())
    address = f"/people/{person(OMAR).id}/second-factor"
    assert "Reset the second factor" in ira.get(f"/people/{person(OMAR).id}").text
    assert ira.post(address, data={"reason": "Laptop stolen"}).status_code == 303
    assert person(OMAR).passkeys == []
    assert not is_in(browser)
    assert use(as_user(None), device).status_code == 422


def link_in(mail, path):
    return re.search(rf"{path}/\S+", mail.body)[0]


def test_an_invitation_is_accepted_with_a_passkey_and_a_password_can_be_chosen_later(as_user, use, outbox, person, type_in):
    fenland = person(ADA).organisation_ids[0]
    as_user(ADA).post("/people/invite", data={"name": "Zoe Quill", "email": "zoe@fenland.example", "organisation": str(fenland),
                                              "rights": ["contributor"]})  # fmt: skip
    link, device, stranger = link_in(outbox()[-1], "/invitation"), Device(), as_user(None)
    assert f"{link}/passkey" in stranger.get(link).text
    assert stranger.post(f"{link}/passkey", data={"name": "Zoe Quill"}).status_code == 422
    assert db.session.scalar(select(User).where(User.email == "zoe@fenland.example")) is None

    assert add(stranger, device, "Zoe Quill", f"{link}/passkey").location == USE

    assert use(stranger, device).location == "/desk"
    assert "None: you sign in with a passkey" in stranger.get("/account").text
    assert as_user(None).get(f"{link}/passkey").status_code == 410
    assert type_in(email="zoe@fenland.example", password="").status_code == 200
    assert type_in(email="zoe@fenland.example", password="anything at all").status_code == 200
    new = {"new_password": "three unrelated words", "new_password_confirm": "three unrelated words"}
    assert stranger.post("/account/password", data=new).location == "/account"
    assert type_in(email="zoe@fenland.example", password="three unrelated words").location == "/desk"


def test_who_has_no_password_shows_the_passkey_where_a_password_would_be_asked(as_user, use, device_of, person, frozen, outbox):
    device = device_of(ADA)
    write(lambda: setattr(person(ADA), "password", None))
    ada = as_user(None)
    use(ada, device)
    assert ada.post("/account/email", data={"email": "ada@new.example"}).status_code == 303
    frozen.move(**LATER)
    for address in ("/account/email", "/account/password", ADD):
        assert ada.get(address).location == f"{CONFIRM}?next={address}"
    assert ada.post("/verify", data={"password": ""}).status_code == 200
    assert ada.post("/verify", data={"password": PASSWORD}).status_code == 200
    assert ada.get(ADD).status_code == 303, "not fresh by an empty password"


def test_where_the_address_is_a_number_the_page_says_where_passkeys_work(as_user):
    shown = as_user(None).get(USE, base_url="http://127.0.0.1:8000").text
    assert "http://localhost:8000/sign-in/passkey" in shown


def test_only_the_public_half_is_kept(as_user, device_of):
    device = device_of(ADA)
    row = db.session.scalars(select(Passkey)).one()
    assert device.key.private_numbers().private_value.to_bytes(32, "big") not in row.public_key
    assert b"ada" not in row.handle.lower()
    assert {each.with_passkey for each in db.session.scalars(select(SignIn))} == {True}


def test_without_the_passkey_nobody_stays_half_way(half_way, with_factor, totp, asked):
    secret, _ = with_factor(OMAR)
    browser = half_way(OMAR)
    assert browser.get(USE).status_code == 200
    give(browser, totp.generate_totp_password(secret))
    assert is_in(browser), "looking at the other way takes nothing away"

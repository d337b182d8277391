"""Looking after one's passkeys: adding, confirming with them, removing; instead of a second factor, and of a password."""

import html
import re

import pytest
from sqlalchemy import select

from portal.core.db import db, write
from portal.people.models import Passkey, SignIn, User
from tests.cast import ADA, BEN, GUS, IRA, KIT, OMAR, PASSWORD
from tests.people.authenticator import Device
from tests.people.conftest import ADD, CONFIRM, USE, add, asked_on, give, is_in

LATER = {"minutes": 15, "seconds": 1}


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

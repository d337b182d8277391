"""Setting up a second factor: who must have one gets no further without, and a lost telephone loses no account."""

import re

import pytest
from sqlalchemy import select

from portal.core.db import db, write
from portal.people.models import RecoveryCode
from portal.people.words import Right
from tests.cast import ADA, BEN, GUS, IRA, KIT, OMAR
from tests.people.conftest import copy_of, give, is_in

pytestmark = pytest.mark.usefixtures("asked")
HEADING = re.compile(r"<h1[^>]*>([^<]+)")
KEY = re.compile(r'class="key">([^<]+)<')


def heading(reply):
    return HEADING.search(reply.text)[1]


@pytest.mark.parametrize(("who", "must"), [(OMAR, True), (GUS, True), (BEN, False)])
def test_staff_and_signatories_reach_nothing_before_they_have_set_it_up(as_user, who, must):
    browser = as_user(who)
    replies = [browser.get(address) for address in ("/account", "/desk", "/applications/", "/files/1", "/account/password", "/")]
    replies.append(browser.post("/account/sign-ins/end-others"))
    assert all(reply.location == "/account/second-factor" for reply in replies) == must
    assert (
        browser.get("/account", headers={"HX-Request": "true"}).headers.get("HX-Redirect") == "/account/second-factor"
    ) == must
    assert heading(browser.get("/account/second-factor")) == "Set up your second factor"
    assert browser.post("/sign-out").location == "/"


def test_somebody_who_becomes_a_signatory_is_led_there_with_the_next_page(as_user, person):
    browser = as_user(BEN)
    assert is_in(browser)
    write(lambda: setattr(person(BEN).memberships[0], "right", Right.SIGNATORY))
    assert not is_in(browser)


def test_setting_up_shows_the_picture_and_the_key_takes_a_code_and_shows_recovery_codes_once(
    as_user, person, totp, outbox, verbs_about
):
    browser, elsewhere = as_user(OMAR), as_user(OMAR)
    shown = browser.get("/account/second-factor").text
    assert "<svg" in shown
    assert "data:" not in shown
    assert " style=" not in shown
    refused = browser.post("/account/second-factor", data={"code": "000000"})
    assert refused.status_code == 422
    assert KEY.search(refused.text)[1] == KEY.search(shown)[1], "the same picture: nothing has to be photographed again"
    with browser.session_transaction() as session:
        secret = session["second_factor_secret"]
    copy = copy_of(browser, as_user)

    done = browser.post("/account/second-factor", data={"code": totp.generate_totp_password(secret)})

    codes = re.findall(r'<li class="key">([^<]+)', done.text)
    assert len(set(codes)) == 10
    assert (is_in(browser), is_in(elsewhere), is_in(copy)) == (True, False, False)
    assert all(code not in browser.get("/account/second-factor").text for code in codes)
    assert not {row.digest for row in db.session.scalars(select(RecoveryCode))} & set(codes)
    assert KEY.search(shown)[1].replace("-", "") not in person(OMAR).tf_totp_secret
    assert verbs_about(person(OMAR)) == ["account.second_factor"]
    assert [mail.template for mail in outbox()] == ["people/second_factor_set"]


def test_the_first_code_does_not_sign_in_as_well(as_user, half_way, person, totp):
    browser = as_user(OMAR)
    browser.get("/account/second-factor")
    with browser.session_transaction() as session:
        secret = session["second_factor_secret"]
    code = totp.generate_totp_password(secret)
    browser.post("/account/second-factor", data={"code": code})
    later = half_way(OMAR)
    give(later, code)
    assert not is_in(later)


def test_new_recovery_codes_end_the_old(as_user, half_way, with_factor, outbox):
    _, old = with_factor(OMAR)
    made = as_user(OMAR).post("/account/recovery-codes")
    browser = half_way(OMAR)
    give(browser, old[0], "/sign-in/recovery-code")
    assert not is_in(browser)
    give(browser, re.findall(r'<li class="key">([^<]+)', made.text)[0], "/sign-in/recovery-code")
    assert is_in(browser)
    assert outbox()[0].template == "people/recovery_codes_made"


def test_an_old_sign_in_asks_for_the_password_before_the_factor_is_changed(as_user, with_factor, frozen):
    with_factor(OMAR)
    browser = as_user(OMAR)
    assert browser.get("/account/second-factor?again=yes").status_code == 200
    frozen.move(minutes=15, seconds=1)
    assert browser.get("/account/second-factor?again=yes").location.startswith("/verify?next=")
    assert browser.post("/account/second-factor", data={"code": "000000"}).location.startswith("/verify")
    assert browser.post("/account/recovery-codes").location.startswith("/verify")


def test_an_administrator_resets_it_for_who_has_lost_it_all(as_user, half_way, with_factor, person, totp, outbox, verbs_about):
    secret, codes = with_factor(OMAR)
    with_factor(IRA)
    signed_in, waiting, ira = as_user(OMAR), half_way(OMAR), as_user(IRA)
    address = f"/people/{person(OMAR).id}/second-factor"
    assert "Reset the second factor" in ira.get(f"/people/{person(OMAR).id}").text
    assert ira.post(address, data={"reason": ""}).status_code == 422

    ira.post(address, data={"reason": "Telephone stolen; spoke to him"})

    assert not is_in(signed_in)
    assert give(waiting, totp.generate_totp_password(secret)).location == "/sign-in"
    assert give(waiting, codes[0], "/sign-in/recovery-code").location == "/sign-in"
    assert half_way(OMAR).get("/desk").location == "/account/second-factor"
    assert verbs_about(person(OMAR)) == ["account.reset_factor"]
    assert sorted(mail.to_address for mail in outbox()) == sorted([OMAR.email, KIT.email])
    assert ira.post(address, data={"reason": "again"}).status_code == 422, "there is none any more"


@pytest.mark.parametrize(("who", "status"), [(OMAR, 403), (ADA, 403), (BEN, 403), (IRA, 403)])
def test_nobody_else_resets_it_and_nobody_their_own(as_user, with_factor, person, who, status):
    with_factor(who)
    address = f"/people/{person(IRA).id}/second-factor"
    assert as_user(who).post(address, data={"reason": "mine"}).status_code in (status, 404)
    assert person(IRA).has_second_factor == (who is IRA)


def test_where_it_is_switched_off_nobody_is_asked(app, as_user, monkeypatch):
    settings = app.extensions["settings"]
    monkeypatch.setattr(settings, "second_factor", None)
    assert is_in(as_user(OMAR))
    monkeypatch.setattr(settings, "profile", "demonstration")
    assert as_user(OMAR).get("/account/second-factor").status_code == 409
    monkeypatch.setattr(settings, "profile", "production")
    assert settings.asks_second_factor

"""People in a real browser: invited in, given a role by two, warned before the end, and nothing typed is lost."""

import re

import pytest
from playwright.sync_api import expect
from sqlalchemy import select, update

from portal.core import clock
from portal.core.clock import MINUTE
from portal.core.db import db, write
from portal.core.outbox import Mail
from portal.demonstration.cast import PASSWORD, user_of
from portal.people.models import OfficeRole, SignIn
from tests.browser.hand import Hand
from tests.browser.site import on_both
from tests.cast import ADA, BEN, IRA, KIT, OMAR

WORDS = "three unrelated words"


def hand(site, browser, person=None, scripts=True):
    made = Hand(browser.new_context(java_script_enabled=scripts).new_page(), site.address)
    if person is not None:
        made.sign_in(person, PASSWORD)
    return made


def link_to(site, email, path):
    with site.looking():
        body = db.session.scalars(select(Mail.body).where(Mail.to_address == email).order_by(Mail.id.desc())).first()
    return re.search(rf"/{path}/[\w.-]+", body)[0]


def age(site, person, minutes):
    """As if the last page had been so long ago."""
    with site.looking():
        seen = clock.now() - minutes * MINUTE
        write(lambda: db.session.execute(update(SignIn).where(SignIn.user_id == user_of(person).id).values(seen_at=seen)))


@on_both()
def test_people_come_in_change_roles_and_leave(site, browser, scripts):
    ada, joy = hand(site, browser, ADA, scripts), hand(site, browser, scripts=scripts)
    ada.open("/people/invite")
    ada.write("name", "Joy Marsh")
    ada.write("email", "joy@river.example")
    ada.page.get_by_label("Contributor").check()
    ada.press("Send the invitation")
    joy.open(link_to(site, "joy@river.example", "invitation"))
    joy.write("password", "password1234")
    joy.page.get_by_role("main").get_by_role("button", name="Accept and make the account").click()
    joy.reads("Others would guess this password soon")
    joy.write("password", WORDS)
    joy.press("Accept and make the account")
    joy.write("email", "joy@river.example")
    joy.write("password", WORDS)
    joy.press("Sign in")
    joy.reads("Joy Marsh")

    ira, kit = hand(site, browser, IRA, scripts), hand(site, browser, KIT, scripts)
    with site.looking():
        omar = user_of(OMAR).id
    ira.open(f"/people/{omar}/roles/give")
    ira.page.get_by_label("Decision maker").check()
    ira.write("reason", "Acting Commissioner in August")
    ira.press("Give the role")
    kit.open("/people/")
    kit.follow("Give Omar Haddad the role decision maker")
    kit.press("Agree")
    with site.looking():
        assert user_of(OMAR).holds(OfficeRole.DECISION_MAKER)

    ada.open("/people/")
    ada.follow("Joy Marsh")
    ada.follow("Remove from")
    ada.press("Remove")
    joy.page.reload()
    joy.reads("Sign in", within="main h1")


@pytest.mark.parametrize("site", ["postgres"], indirect=True)
def test_a_password_is_forgotten_and_set_anew(site, browser):
    ben = hand(site, browser)
    ben.open("/sign-in")
    ben.follow("I have forgotten my password")
    ben.write("email", BEN.email)
    ben.press("Send me a link")
    with site.looking():
        from portal.core import jobs

        jobs.sweep()
        for job in db.session.scalars(select(jobs.Job.id)).all():
            jobs.run(job)
    ben.open(link_to(site, BEN.email, "forgotten-password"))
    ben.write("password", WORDS)
    ben.write("password_confirm", WORDS)
    ben.press("Change the password")
    ben.reads("Your password is changed")


@pytest.mark.parametrize("site", ["postgres"], indirect=True)
def test_one_key_keeps_a_sign_in_that_is_about_to_end(site, browser):
    omar = hand(site, browser, OMAR)
    omar.open("/account/details")
    omar.write("phone", "01632 960123")
    age(site, OMAR, 28)
    omar.page.evaluate("new BroadcastChannel('sign-in').postMessage(119)")  # the clock of the page, moved on
    expect(omar.page.get_by_role("dialog")).to_be_visible()
    omar.page.keyboard.press("Enter")
    expect(omar.page.get_by_role("dialog")).to_be_hidden()
    assert omar.field("phone").input_value() == "01632 960123"
    with site.looking():
        rows = db.session.scalars(select(SignIn.seen_at).where(SignIn.user_id == user_of(OMAR).id)).all()
        assert max(rows) > clock.now() - 2 * MINUTE


@on_both()
def test_what_was_typed_is_back_after_signing_in_again(site, browser, scripts):
    ada = hand(site, browser, ADA, scripts)
    ada.open("/account/details")
    ada.write("name", "Ada Khan-Hill")
    age(site, ADA, 121)
    ada.press("Save")
    ada.reads("Sign in", within="main h1")
    ada.write("email", ADA.email)
    ada.write("password", PASSWORD)
    ada.press("Sign in")
    ada.reads("We kept what you had typed")
    assert ada.field("name").input_value() == "Ada Khan-Hill"
    ada.press("Save")
    ada.reads("Your details are changed")

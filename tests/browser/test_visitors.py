"""A visitor without an account: finds a fund, prints its guide, asks for alerts, gets one, and stops them with one click."""

import pytest
from sqlalchemy import select

from portal.core import clock, jobs
from portal.core.db import db, write
from portal.core.outbox import Mail
from portal.demonstration.cast import user_of
from portal.funds.actions import open_round
from portal.funds.models import Round
from portal.publishing.models import Subscriber
from tests.browser.axe import faults_of
from tests.browser.hand import Hand
from tests.browser.site import on_both
from tests.browser.test_people import link_to
from tests.cast import PRIYA

WEN = "wen@allotments.example"


@pytest.fixture
def seen():
    """What axe found, and what the content policy stopped."""
    return []


def visitor(site, browser, scripts, seen):
    page = browser.new_context(java_script_enabled=scripts, viewport={"width": 375, "height": 800}).new_page()
    page.on("console", lambda message: seen.append(message.text) if "Content Security Policy" in message.text else None)
    return Hand(page, site.address)


def open_coming(site) -> Mail:
    """Priya opens the round that was announced; the letter about it."""
    with site.looking():
        coming = db.session.scalars(select(Round).where(Round.code == "YCF27")).one()
        with clock.hold(coming.opens_at):
            write(open_round, coming, by=user_of(PRIYA))
        jobs.sweep()
        return db.session.scalars(select(Mail).where(Mail.to_address == WEN).order_by(Mail.id.desc())).first()


@on_both()
def test_a_visitor_finds_a_fund_and_hears_of_the_next(site, browser, scripts, seen):
    wen = visitor(site, browser, scripts, seen)

    def looks_right():
        if scripts:
            seen.extend(faults_of(wen.page, wen.path))

    wen.open("/funds")
    looks_right()
    if scripts:
        wen.page.get_by_text("Search and filter").click()
    wen.write("q", "young people")
    wen.page.get_by_role("button", name="Show").click()
    wen.page.wait_for_url("**/funds?*q=young*")
    wen.reads("Youth and Community Fund, first round")
    assert "rolling round" not in wen.page.content()
    wen.page.get_by_role("main").get_by_role("link", name="Youth and Community Fund").click()
    wen.reads("What the score is made of")
    looks_right()
    wen.follow("Everything on one page, to print")
    wen.reads("All questions")
    looks_right()
    if scripts:
        assert wen.page.pdf(format="A4").startswith(b"%PDF")
    assert wen.page.context.cookies() == []

    wen.open("/alerts")
    looks_right()
    wen.write("email", WEN)
    wen.write("kinds", "charity", "community_group")
    wen.press("Send me the link to confirm")
    wen.open(link_to(site, WEN, "alerts/confirm"))
    looks_right()
    wen.press("Yes, write to me")
    wen.reads("You will hear from us")

    alert = open_coming(site)
    assert "second round" in alert.subject
    if scripts:
        wen.open(link_to(site, WEN, "alerts/stop"))
        looks_right()
        wen.press("Stop these e-mails")
        wen.reads("You get no more e-mails")
    else:  # as a mail program does it
        address = "/alerts" + alert.unsubscribe.partition("/alerts")[2]
        reply = browser.new_context().request.post(site.address + address, form={"List-Unsubscribe": "One-Click"})
        assert reply.status == 200
    with site.looking():
        assert db.session.scalar(select(Subscriber)) is None
    assert seen == []

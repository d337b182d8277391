"""Personal data and history in a real browser: one's own copy, an erasure after its dry run, and an auditor's search."""

import csv
from io import StringIO
from pathlib import Path
from zipfile import ZipFile

from portal.core import audit, clock
from portal.core.db import db, write
from portal.demonstration.cast import PASSWORD, user_of
from tests.browser.hand import Hand
from tests.browser.site import on_both
from tests.cast import ADA, ALEX, IRA, VIC


def hand(site, browser, person, scripts):
    made = Hand(browser.new_context(java_script_enabled=scripts, accept_downloads=True).new_page(), site.address)
    made.sign_in(person, PASSWORD)
    return made


def downloaded(someone, press) -> Path:
    with someone.page.expect_download() as download:
        press()
    return Path(download.value.path())


def button(someone, name):
    return someone.page.get_by_role("main").get_by_role("button", name=name, exact=True)


@on_both()
def test_people_have_their_data_are_erased_and_it_is_all_told(site, browser, scripts):
    ada = hand(site, browser, ADA, scripts)
    ada.open("/account")
    ada.follow("Get a copy")
    with ZipFile(downloaded(ada, button(ada, "Download a copy").click)) as zipped:
        assert ADA.email in zipped.read("personal-data.html").decode()
    ada.reads("Your data", within="main h1")

    with site.looking():
        number = user_of(VIC).id
        write(lambda: setattr(user_of(VIC).appointments[0], "to_on", clock.today() - clock.DAY))
    ira = hand(site, browser, IRA, scripts)
    ira.open("/personal-data")
    ira.write("q", "Vic Lowe")
    ira.press("Search")
    ira.follow("Vic Lowe")
    ira.follow("What an erasure would take")
    ira.reads("Nothing has been done yet")
    ira.press("Erase Vic Lowe")
    ira.reads("Tick that this is meant")
    ira.write("reason", "Asked by letter of 1 June")
    ira.write("sure", "yes")
    ira.press("Erase Vic Lowe")
    ira.reads(f"Erased: Person erased {number}", within="main h1")

    alex = hand(site, browser, ALEX, scripts)
    alex.open("/desk")
    alex.follow("History")
    alex.write("who", "ira@")
    alex.write("verb", "account.erase")
    if scripts:
        alex.page.wait_for_url("**/history?*verb=account.erase*")
    else:
        alex.press("Show")
    alex.reads("Asked by letter of 1 June", within="#results")
    rows = downloaded(alex, alex.page.get_by_role("link", name="CSV").click).read_text(encoding="utf-8-sig")
    assert [row["Verb"] for row in csv.DictReader(StringIO(rows))] == ["account.erase"]
    with site.looking():
        assert audit.verify(db.session()) == []

"""Organisations in a real browser: a member and a new host, a double merged and parted again, a document given once."""

from datetime import date

from sqlalchemy import select

from portal.core import clock
from portal.core.db import db, write
from portal.demonstration.cast import PASSWORD, user_of
from portal.demonstration.papers import pdf
from portal.people import actions
from portal.people.models import Organisation, OrganisationKind
from tests.browser.hand import Hand
from tests.browser.site import on_both
from tests.cast import ADA, OMAR


def hand(site, browser, person, scripts):
    made = Hand(browser.new_context(java_script_enabled=scripts).new_page(), site.address)
    made.sign_in(person, PASSWORD)
    return made


def parts(day: date) -> tuple[str, str, str]:
    return str(day.day), str(day.month), str(day.year)


def write_double_down(site) -> None:
    with site.looking():
        write(lambda: actions.add_organisation("Fen Edge Youth Trust Ltd", OrganisationKind.CHARITY, by=user_of(OMAR)))


def choose(omar: Hand, name: str, day: date) -> None:
    omar.page.locator("main select[name=chosen]").select_option(label=name)
    omar.write("from_on", *parts(day))


@on_both()
def test_an_officer_keeps_organisations_and_an_applicant_gives_a_document(site, browser, scripts):
    write_double_down(site)
    omar, today = hand(site, browser, OMAR, scripts), clock.today()
    omar.open("/organisations/?q=Fenland+Community")
    omar.follow("Fenland Community Safety Partnership")
    page = omar.path
    omar.follow("Add a member")
    choose(omar, "Cambridgeshire Constabulary", date(2020, 1, 1))
    omar.press("Add a member")
    omar.is_at(page)
    omar.follow("Change the host")
    choose(omar, "Cambridgeshire County Council", today)
    omar.press("Change the host")
    omar.is_at(page)
    omar.reads("Fenland District Council", within="main")
    omar.reads("The host is Cambridgeshire County Council", within="main")

    omar.open("/organisations/")
    omar.follow("Look at them")
    omar.follow("Fen Edge Youth Trust and Fen Edge Youth Trust Ltd")
    omar.press("Keep Fen Edge Youth Trust")
    omar.reads("Fen Edge Youth Trust Ltd is merged into Fen Edge Youth Trust")
    omar.page.on("dialog", lambda dialog: dialog.accept())
    omar.press("Undo")
    omar.reads("Fen Edge Youth Trust Ltd", within="main h1")
    with site.looking():
        assert db.session.scalars(select(Organisation.merged_into_id)).all().count(None) > 20

    ada = hand(site, browser, ADA, scripts)
    ada.open("/your-organisation")
    ada.follow("Add Insurance")
    ada.page.set_input_files("main [name=file]", {"name": "cover.pdf", "mimeType": "application/pdf", "buffer": pdf("Cover")})
    ada.press("Add the document")
    ada.reads("Enter the last day on which it counts", within="main")
    ada.page.set_input_files("main [name=file]", {"name": "cover.pdf", "mimeType": "application/pdf", "buffer": pdf("Cover")})
    ada.write("expires_on", *parts(today + 20 * clock.DAY))
    ada.press("Add the document")
    ada.reads("Expires soon", within="main")
    omar.open(page)
    omar.reads("cover.pdf", within="main")

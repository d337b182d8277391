"""Organisations as they are kept up: members and a new host, documents given once, a double that waits for somebody to look."""

from datetime import date

from sqlalchemy import select

from portal.core.db import db, write
from portal.core.files import keep
from portal.demonstration.cast import ADA, MAYA, OLLY, OMAR, Person, user_of
from portal.demonstration.data import HERE
from portal.demonstration.papers import upload
from portal.demonstration.telling import Story, at, day
from portal.people import actions
from portal.people.models import SYSTEM, Organisation, OrganisationKind, PaperKind, Register

SINCE = date(2013, 4, 1)
MEMBERS = ("fenland-district-council", "cambridgeshire-county-council", "cambridgeshire-constabulary")


def kept_up() -> tuple[Story, ...]:
    return wards(), members(), new_host(), documents(), double()


def body(key: str) -> Organisation:
    return db.session.scalars(select(Organisation).where(Organisation.key == key)).one()


def wards() -> Story:
    """The wards of the six districts, by their names and codes of the ONS."""
    yield at(-320, "09:30")
    write(actions.import_areas, (HERE / "wards.csv").read_bytes(), by=SYSTEM)


def members() -> Story:
    """Who belongs to Fenland's partnership, and whom to ask."""
    yield at(-300, "11:05")
    for key in MEMBERS:
        write(actions.add_partner, body("fenland-csp"), body(key), SINCE, by=user_of(OMAR))
    chair = ("Lyn Orchard", "Chair", "lyn.orchard@fenland.example", "")
    write(lambda: actions.add_contact(body("fenland-csp"), *chair, day(0), by=user_of(ADA)))


def new_host() -> Story:
    """The county council takes South Cambridgeshire's partnership over. What was awarded before stays with the district."""
    yield at(-3, "09:20")
    write(
        lambda: actions.change_host(
            body("south-cambridgeshire-csp"), body("cambridgeshire-county-council"), day(0), by=user_of(OMAR)
        )
    )


def documents() -> Story:
    """Fen Edge has given nearly everything; its insurance runs out before long, and its accounts have."""
    first, insured, again = at(-250, "16:40"), at(-200, "10:15"), at(-141, "10:30")
    yield first
    give(MAYA, PaperKind.CONSTITUTION, "Trust deed", None)
    give(MAYA, PaperKind.SAFEGUARDING, "Safeguarding policy", day(340))
    give(MAYA, PaperKind.ACCOUNTS, "Accounts of last year", day(238))
    yield insured
    give(MAYA, PaperKind.INSURANCE, "Public liability", day(60))
    give(OLLY, PaperKind.CONSTITUTION, "Constitution", None)
    yield again
    give(MAYA, PaperKind.INSURANCE, "Public and employers liability", day(165))


def give(by: Person, kind: PaperKind, title: str, until: date | None) -> None:
    """The content is stored before the write, as the page does it."""
    kept = keep(upload(title), ["pdf"], 1)
    write(lambda: actions.add_paper(body(by.organisation or ""), kind, kept, until, by=user_of(by)))


def double() -> Story:
    """Somebody wrote Fen Edge down a second time, from a funder's list."""
    yield at(-1, "14:35")
    numbers = ((Register.CHARITY, "1999998"),)
    write(
        lambda: actions.add_organisation(
            "The Fenedge Youth Trust Ltd", OrganisationKind.CHARITY, numbers=numbers, is_example=True, by=user_of(OMAR)
        )
    )

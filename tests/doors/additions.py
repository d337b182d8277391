"""What the world of the doors has besides cases: a contact, a document, doubles; an envelope and a budget that waits."""

from sqlalchemy import select

from portal.core import clock
from portal.core.db import db, write
from portal.core.files import keep
from portal.demonstration.papers import upload
from portal.funds import actions as funds
from portal.funds.models import Fund, Source
from portal.people import actions as people
from portal.people.models import Organisation, OrganisationKind, PaperKind
from tests.cast import ADA, FINN, OMAR, PRIYA, user_of


def announce_and_propose() -> None:
    """An envelope, and a budget of Finn's that another person has to answer."""
    facts = {"name": "Announced", "pence": 100, "first_year": "2026-27", "last_year": "2026-27", "announced_on": None, "note": ""}
    funds.create_envelope(facts, by=user_of(PRIYA))
    fund = db.session.scalars(select(Fund).where(Fund.slug == "safer-communities")).one()
    terms = {"pence": 6_100_000, "over_pence": 600_000, "reason": "More bids than expected."}
    funds.propose(fund, db.session.scalars(select(Source).where(Source.key == "pcc-budget")).one(), "2026-27", terms,
                  by=user_of(FINN))  # fmt: skip


def add_to_organisations(fenland: Organisation) -> None:
    """Fenland has a contact and a document; a double of a charity waits, another has been merged."""
    omar, today = user_of(OMAR), clock.today()
    write(people.add_contact, fenland, "Jo Bell", "Chair", "jo@fenland.example", "", today, by=omar)
    kept = keep(upload("insurance"), ["pdf"], 10)
    write(people.add_paper, fenland, PaperKind.INSURANCE, kept, today, by=user_of(ADA))
    charity, double, gone = (
        write(people.add_organisation, name, OrganisationKind.CHARITY, by=omar).id
        for name in ("River Trust", "River Trust Ltd", "The River Trust")
    )
    write(lambda: people.merge(db.session.get_one(Organisation, charity), db.session.get_one(Organisation, gone), by=omar))
    assert double

"""Documents that an organisation gives once: a new version takes the place of the one before, which stays to be read."""

from datetime import date

from sqlalchemy import update

from portal.core import clock
from portal.core.audit import EVERYONE, record
from portal.core.db import db
from portal.core.files import Kept
from portal.core.problems import Refused
from portal.people.models import Organisation, Paper, PaperKind, User


def check_day(kind: PaperKind, expires_on: date | None) -> None:
    """Refuses what has run out already or never would; asked before a file is stored, too."""
    if expires_on is None and kind is not PaperKind.CONSTITUTION:
        raise Refused("Enter the last day on which it counts", "expires_on")
    if expires_on is not None and expires_on < clock.today():
        raise Refused("That day has passed: choose the document that counts now", "expires_on")


def add_paper(organisation: Organisation, kind: PaperKind, kept: Kept, expires_on: date | None, *, by: User) -> Paper:
    """Take a document that has been checked and stored, in the place of the one before it."""
    check_day(kind, expires_on)
    db.session.execute(
        update(Paper)
        .where(Paper.organisation_id == organisation.id, Paper.kind == kind, Paper.replaced_at.is_(None))
        .values(replaced_at=clock.now())
    )
    paper = Paper(organisation_id=organisation.id, kind=kind, file=kept.as_row(by.id), expires_on=expires_on,
                  added_by_id=by.id, added_at=clock.now())  # fmt: skip
    db.session.add(paper)
    until = f", until {clock.read_day(expires_on)}" if expires_on else ""
    record("organisation.add_paper", organisation, by=by, readers=EVERYONE, document=f"{kind.label}{until}")
    return paper

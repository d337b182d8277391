"""Organisations: the list of them, and what is known of one."""

from collections.abc import Sequence
from typing import Any

from flask import url_for
from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import joinedload, selectinload

from portal.core.columns import Choice, Column
from portal.core.db import db
from portal.core.listing import Listing, Values
from portal.people.models import (
    Area,
    Contact,
    Coverage,
    Hosting,
    Identifier,
    Organisation,
    OrganisationKind,
    Partner,
    Register,
    Standing,
    User,
)
from portal.people.policy import organisations_visible_to
from portal.people.words import WITHOUT_LEGAL_FORM, AreaKind

NUMBERS = func.coalesce(
    select(func.aggregate_strings(Identifier.number, ", "))
    .where(Identifier.organisation_id == Organisation.id, Identifier.register != Register.OWN)
    .correlate(Organisation)
    .scalar_subquery(),
    "",
)
DATED: dict[str, tuple[type, str]] = {  # the word of an address, the rows that it means, and the column of the organisation
    "areas": (Coverage, "organisation_id"),
    "members": (Partner, "partnership_id"),
    "hosts": (Hosting, "partnership_id"),
}


class OrganisationList(Listing):
    """Every organisation that somebody may see, by name."""

    caption = "Organisations"
    noun = ("organisation", "organisations")
    entity = Organisation
    search = (Organisation.name, NUMBERS)
    columns = (
        Column("Name", Organisation.name, sort=True),
        Column("Kind", Organisation.kind),
        Column("Area", func.coalesce(Area.name, "")),
        Column("Numbers", NUMBERS, export=str),
        Column("Grants", func.coalesce(Standing.awards, 0), numeric=True),
    )
    more_columns = (
        Column("Identifier", Organisation.identifier),
        Column("Address", Organisation.address),
        Column("Postcode", Organisation.postcode),
        Column("Key", Organisation.key),
    )
    filters = (
        Choice("kind", "Kind", Organisation.kind, OrganisationKind),
        Choice("area", "Area", Area.code, lambda: area_options(), where=lambda code: works_in(code)),
    )
    default_sort = "name"

    def seen(self) -> Select[Any]:
        return organisations_visible_to(self.user)

    def base(self) -> Select[Any]:
        joined = self.seen().outerjoin(Area, Area.id == Organisation.area_id)
        return joined.outerjoin(Standing, Standing.organisation_id == Organisation.id)

    def url(self, values: Values) -> str | None:
        return url_for("reporting.organisation", organisation_id=values["id"])


def area_options() -> list[tuple[str, str]]:
    """All but wards, of which there are hundreds."""
    found = select(Area.code, Area.name).where(Area.kind != AreaKind.WARD).order_by(Area.name)
    return [(code, name) for code, name in db.session.execute(found)]


def works_in(code: str) -> ColumnElement[bool]:
    """It bids for this area or works in it today."""
    there = select(Area.id).where(Area.code == code)
    covers = select(Coverage.organisation_id).where(Coverage.area_id.in_(there), Coverage.to_on.is_(None))
    return Organisation.area_id.in_(there) | Organisation.id.in_(covers)


def organisation_by_id(user: User | None, organisation_id: int) -> Organisation | None:
    """The organisation, if the person may see it and it has not been merged into another."""
    found = organisations_visible_to(user).where(Organisation.id == organisation_id)
    return db.session.scalar(found.options(joinedload(Organisation.area), selectinload(Organisation.identifiers)))


def organisation_at(user: User | None, organisation_id: int) -> Organisation | None:
    """The same, but one that has been merged is found too: its address leads to the one that was kept."""
    if (found := organisation_by_id(user, organisation_id)) is not None or user is None:
        return found
    gone = db.session.get(Organisation, organisation_id)
    return gone if gone is not None and organisation_by_id(user, gone.kept.id) is not None else None


def number_of(user: User | None, organisation_id: int, identifier_id: int) -> Identifier | None:
    organisation = organisation_by_id(user, organisation_id)
    return next((each for each in organisation.identifiers if each.id == identifier_id), None) if organisation else None


def dated_of(user: User | None, organisation_id: int, what: str, row_id: int) -> Any:
    """An area, a member or a host that has not ended."""
    organisation = organisation_by_id(user, organisation_id)
    if organisation is None or what not in DATED:
        return None
    kind, column = DATED[what]
    found: Any = db.session.get(kind, row_id)
    is_its = found is not None and getattr(found, column) == organisation.id
    return found if is_its and not found.is_past else None


def contact_of(user: User | None, organisation_id: int, contact_id: int) -> Contact | None:
    """A contact that has not ended."""
    organisation = organisation_by_id(user, organisation_id)
    found = db.session.get(Contact, contact_id) if organisation is not None else None
    return found if found is not None and found.organisation_id == organisation_id and not found.is_past else None


def contacts_of(organisation: Organisation) -> Sequence[Contact]:
    return db.session.scalars(
        select(Contact).where(Contact.organisation_id == organisation.id).order_by(Contact.to_on.is_not(None), Contact.name)
    ).all()


def coverage_of(organisation: Organisation) -> Sequence[Coverage]:
    return db.session.scalars(
        select(Coverage).where(Coverage.organisation_id == organisation.id).order_by(Coverage.from_on.desc(), Coverage.id)
    ).all()


def hosts_of(organisation: Organisation) -> Sequence[Hosting]:
    """The hosts of a partnership, the latest first."""
    found = select(Hosting).where(Hosting.partnership_id == organisation.id).options(joinedload(Hosting.host))
    return db.session.scalars(found.order_by(Hosting.from_on.desc(), Hosting.id.desc())).all()


def hosted_by(organisation: Organisation) -> Sequence[Hosting]:
    """The partnerships that it hosts or has hosted."""
    found = select(Hosting).where(Hosting.host_id == organisation.id).options(joinedload(Hosting.partnership))
    return db.session.scalars(found.order_by(Hosting.from_on.desc(), Hosting.id.desc())).all()


def partners_of(organisation: Organisation) -> Sequence[Partner]:
    found = select(Partner).where(Partner.partnership_id == organisation.id).join(Partner.member)
    found = found.options(joinedload(Partner.member))
    return db.session.scalars(found.order_by(Partner.to_on.is_not(None), Organisation.name, Partner.id)).all()


def member_in(organisation: Organisation) -> Sequence[Partner]:
    """The partnerships that it belongs to or has belonged to."""
    found = select(Partner).where(Partner.member_id == organisation.id).options(joinedload(Partner.partnership))
    return db.session.scalars(found.order_by(Partner.from_on.desc(), Partner.id)).all()


def others_than(organisation: Organisation, legal: bool = False) -> list[tuple[str, str]]:
    """The other organisations as options of a form; with legal form only, where one is to receive money."""
    found = select(Organisation.id, Organisation.name).where(
        Organisation.id != organisation.id, Organisation.merged_into_id.is_(None)
    )
    if legal:
        found = found.where(Organisation.kind.not_in(WITHOUT_LEGAL_FORM))
    return [(str(number), name) for number, name in db.session.execute(found.order_by(Organisation.name))]

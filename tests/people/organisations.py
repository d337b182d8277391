"""Organisations for tests: found by key, or written down by an officer."""

from sqlalchemy import select

from portal.core.db import db, write
from portal.people import actions
from portal.people.models import Organisation, OrganisationKind
from tests.cast import OMAR, user_of


def body(key):
    return db.session.scalars(select(Organisation).where(Organisation.key == key)).one()


def added(name, kind=OrganisationKind.CHARITY, numbers=(), **facts):
    return write(lambda: actions.add_organisation(name, kind, numbers=numbers, by=user_of(OMAR), **facts))


def at(organisation, *parts):
    return "/".join(["/organisations", str(organisation.id), *map(str, parts)])


def day(date_, name="from_on"):
    """A day as the three boxes send it."""
    return {name: [str(date_.day), str(date_.month), str(date_.year)]}

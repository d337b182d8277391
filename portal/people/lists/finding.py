"""Finding people by what they hold and for whom they act, today."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Select, or_, select

from portal.core import clock
from portal.core.db import db
from portal.people.models import (
    Appointment,
    Hosting,
    Membership,
    OfficeRole,
    Organisation,
    Right,
    Standing,
    User,
)


def host_of(organisation: Organisation, on: date | None = None) -> Organisation:
    """The legal body that receives an organisation's money on a day: its host, or itself where it has legal form."""
    if organisation.has_legal_form:
        return organisation
    day = on or clock.today()
    found = db.session.scalar(
        select(Organisation)
        .join(Hosting, Hosting.host_id == Organisation.id)
        .where(Hosting.partnership_id == organisation.id, Hosting.from_on <= day)
        .where(or_(Hosting.to_on.is_(None), Hosting.to_on >= day))
        .order_by(Hosting.from_on.desc())
        .limit(1)
    )
    return found or organisation


def holders_of(*roles: OfficeRole) -> Sequence[User]:
    """The active people who hold one of these appointments today, by name."""
    return db.session.scalars(holding(*roles)).all()


def holding(*roles: OfficeRole) -> Select[User]:
    day = clock.today()
    return (
        select(User)
        .join(User.appointments)
        .where(Appointment.role.in_(roles), Appointment.from_on <= day, User.active)
        .where(or_(Appointment.to_on.is_(None), Appointment.to_on >= day))
        .order_by(User.name)
        .distinct()
    )


def members_of(organisation_id: int, *rights: Right) -> Sequence[User]:
    """The active people who act for an organisation today, by name; with these rights where any are named."""
    day = clock.today()
    found = (
        select(User)
        .join(User.memberships)
        .where(Membership.organisation_id == organisation_id, Membership.from_on <= day, User.active)
        .where(or_(Membership.to_on.is_(None), Membership.to_on >= day))
        .order_by(User.name)
        .distinct()
    )
    if rights:
        found = found.where(Membership.right.in_(rights))
    return db.session.scalars(found).all()


def names_of_members(organisation_id: int, *rights: Right) -> list[tuple[int, str]]:
    """The same as ids and names alone, for a page that only names them."""
    day = clock.today()
    found = (
        select(User.id, User.name)
        .join(User.memberships)
        .where(
            Membership.organisation_id == organisation_id, Membership.from_on <= day, Membership.right.in_(rights), User.active
        )
        .where(or_(Membership.to_on.is_(None), Membership.to_on >= day))
        .order_by(User.name)
        .distinct()
    )
    return [(row.id, row.name) for row in db.session.execute(found)]


def standing_now(organisation_id: int) -> Standing | None:
    return db.session.scalar(select(Standing).where(Standing.organisation_id == organisation_id))


def names_of(user_ids: set[int]) -> dict[int, str]:
    """The names of these people, in one query."""
    if not user_ids:
        return {}
    return {row.id: row.name for row in db.session.execute(select(User.id, User.name).where(User.id.in_(user_ids)))}

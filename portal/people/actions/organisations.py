"""Writing organisations down: who they are, their numbers, whom to reach, where they work."""

import re
import secrets
from datetime import date
from typing import Any

from sqlalchemy import select

from portal.core import clock
from portal.core.audit import EVERYONE, record
from portal.core.constraints import explain
from portal.core.db import db
from portal.core.problems import Refused
from portal.people import registers
from portal.people.actions.alike import look_for_doubles
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
    System,
    User,
)

ENDS_TOO_EARLY = "The last day cannot be earlier than the first."
explain(
    same_number_twice="The organisation has this number already.",
    contact_ends_after_it_began=ENDS_TOO_EARLY,
    coverage_ends_after_it_began=ENDS_TOO_EARLY,
    partner_ends_after_it_began=ENDS_TOO_EARLY,
)
Ends = Contact | Coverage | Hosting | Partner


def add_organisation(
    name: str, kind: OrganisationKind, *, by: User | System, numbers: tuple[tuple[Register, str], ...] = (), **facts: Any
) -> Organisation:
    """Write an organisation down. One of the same name is refused; one like it is noted as a possible double."""
    check_name(name)
    organisation = Organisation(key=new_key(name), name=name, kind=kind, **facts)
    db.session.add(organisation)
    db.session.flush()
    for register, number in numbers:
        organisation.identifiers.append(Identifier(register=register, number=number))
    keep_org_id(organisation)
    record("organisation.add", organisation, by=by, readers=EVERYONE, name=name)
    look_for_doubles(organisation)
    return organisation


def check_name(name: str, but: int | None = None) -> None:
    there = db.session.scalar(select(Organisation).where(Organisation.name == name, Organisation.id != (but or 0)))
    if there is not None:
        raise Refused(f"{there.kept} is here already under this name", "name")


def new_key(name: str) -> str:
    """A word for addresses and files that no other organisation has."""
    key = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:60] or "organisation"
    taken = db.session.scalar(select(Organisation.id).where(Organisation.key == key))
    return f"{key}-{secrets.token_hex(3)}" if taken else key


def change_organisation(organisation: Organisation, *, by: User, **facts: Any) -> None:
    """Change what is known of it. The history tells what each fact was before and is now."""
    if facts.get("name", organisation.name) != organisation.name:
        check_name(facts["name"], but=organisation.id)
    changes = []
    for name, value in facts.items():
        before = getattr(organisation, name)
        if before != value:
            changes.append(f"{WORDS[name]}: {shown(name, before)} → {shown(name, value)}")
            setattr(organisation, name, value)
    if changes:
        record("organisation.change", organisation, by=by, readers=EVERYONE, changes=changes)
        look_for_doubles(organisation)


WORDS = {"name": "Name", "kind": "Kind", "area_id": "Area", "address": "Address", "postcode": "Postcode", "website": "Website"}


def shown(name: str, value: Any) -> str:
    """A fact as the history tells it."""
    if name == "area_id" and value is not None:
        value = db.session.get_one(Area, value)
    return str(getattr(value, "label", value) or "–")


def add_number(organisation: Organisation, register: Register, number: str, *, by: User) -> Identifier:
    """A number in the form of its register. What another organisation has too is noted as a possible double."""
    number = registers.normal(register, number)
    if fault := registers.fault_of(register, number):
        raise Refused(fault, "number")
    if any((known.register, known.number) == (register, number) for known in organisation.identifiers):
        raise Refused("The organisation has this number already", "number")
    identifier = Identifier(register=register, number=number)
    organisation.identifiers.append(identifier)
    db.session.flush()
    keep_org_id(organisation)
    record("organisation.add_number", organisation, by=by, readers=EVERYONE, number=f"{identifier.label} {number}")
    look_for_doubles(organisation)
    return identifier


def remove_number(identifier: Identifier, organisation: Organisation, *, by: User) -> None:
    record("organisation.remove_number", organisation, by=by, readers=EVERYONE, number=f"{identifier.label} {identifier.number}")
    organisation.identifiers.remove(identifier)
    db.session.delete(identifier)
    keep_org_id(organisation)


def keep_org_id(organisation: Organisation) -> None:
    """The 360Giving identifier follows from the numbers."""
    organisation.identifier = registers.org_id((known.register, known.number) for known in organisation.identifiers)


def add_contact(organisation: Organisation, name: str, role: str, email: str, phone: str, from_on: date, *, by: User) -> Contact:
    contact = Contact(organisation_id=organisation.id, name=name, role=role, email=email, phone=phone, from_on=from_on)
    db.session.add(contact)
    record("organisation.add_contact", organisation, by=by, readers=EVERYONE, name=name)
    return contact


def add_coverage(organisation: Organisation, area: Area, from_on: date, *, by: User) -> Coverage:
    same = select(Coverage.id).where(Coverage.organisation_id == organisation.id, Coverage.area_id == area.id)
    if db.session.scalar(same.where(Coverage.to_on.is_(None) | (Coverage.to_on >= from_on)).limit(1)):
        raise Refused(f"The organisation works in {area} on that day already", "area")
    coverage = Coverage(organisation_id=organisation.id, area=area, from_on=from_on)
    db.session.add(coverage)
    record("organisation.add_area", organisation, by=by, readers=EVERYONE, area=area.name, day=clock.read_day(from_on))
    return coverage


def end(dated: Ends, organisation: Organisation, on: date, *, by: User) -> None:
    """Let a contact, an area, a member or a host end with this day."""
    if on < dated.from_on:
        raise Refused(f"It began on {clock.read_day(dated.from_on)}: the last day cannot be earlier", "to_on")
    dated.to_on = on
    role = {Contact: "contact", Coverage: "area", Partner: "member", Hosting: "host"}[type(dated)]
    record("organisation.end", organisation, by=by, readers=EVERYONE, name=str(dated), role=role, day=clock.read_day(on))

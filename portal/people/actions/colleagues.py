"""Rights in an organisation: changed and taken away by its administrators, never leaving it without one."""

from collections.abc import Iterable
from datetime import timedelta

from portal.core import clock, outbox
from portal.core.audit import EVERYONE, record
from portal.core.db import db
from portal.core.problems import Refused
from portal.people.actions.sign_ins import end_all
from portal.people.lists import members_of
from portal.people.models import Membership, Organisation, Right, User


def change_rights(user: User, organisation: Organisation, rights: Iterable[Right], *, by: User) -> None:
    """Let a colleague have these rights from today and no others."""
    wanted = set(rights)
    if user.id == by.id:
        raise Refused("Nobody changes their own rights: ask another administrator of the organisation.")
    if not wanted:
        raise Refused("Choose at least one right, or remove the person from the organisation", "rights")
    if Right.ADMINISTRATOR not in wanted and is_last_administrator(user, organisation):
        raise Refused(f"{user} is the last administrator of {organisation}. Make somebody else one first.", "rights")
    for held in rights_of(user, organisation):
        if held.right not in wanted:
            end_today(held)
    for right in wanted - {held.right for held in rights_of(user, organisation)}:
        db.session.add(
            Membership(user=user, organisation_id=organisation.id, right=right, from_on=clock.today(), given_by_id=by.id)
        )
    told = ", ".join(sorted(right.value for right in wanted))
    record("right.change", user, by=by, readers=EVERYONE, organisation=organisation.name, rights=told)
    outbox.send("people/rights_changed", to=[user], organisation=organisation, rights=told)
    end_all(user)


def remove(user: User, organisation: Organisation, successor: User | None, *, by: User) -> None:
    """Let somebody act for an organisation no longer; the last administrator names a successor first."""
    if is_last_administrator(user, organisation):
        if successor is None or successor.id == user.id or not successor.has_right(organisation.id):
            raise Refused("Choose who looks after the organisation's people from now on", "successor")
        giver = None if successor.id == by.id else by.id
        db.session.add(Membership(user=successor, organisation_id=organisation.id, right=Right.ADMINISTRATOR,
                                  from_on=clock.today(), given_by_id=giver))  # fmt: skip
        record("right.succeed", successor, by=by, readers=EVERYONE, organisation=organisation.name)
        outbox.send("people/succeeds", to=[successor], organisation=organisation, left=user)
    for held in rights_of(user, organisation):
        end_today(held)
    record("right.remove", user, by=by, readers=EVERYONE, organisation=organisation.name)
    outbox.send("people/removed", to=[user], organisation=organisation)
    end_all(user)


def rights_of(user: User, organisation: Organisation) -> list[Membership]:
    return [held for held in user.memberships if held.organisation_id == organisation.id and not held.is_past]


def end_today(held: Membership) -> None:
    """From now on: it was held until yesterday."""
    held.to_on = clock.today() - timedelta(1)


def is_last_administrator(user: User, organisation: Organisation) -> bool:
    return [each.id for each in members_of(organisation.id, Right.ADMINISTRATOR)] == [user.id]

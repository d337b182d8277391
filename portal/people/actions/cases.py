"""Noting who touched a case, and keeping an organisation's standing."""

from typing import Any

from sqlalchemy import select

from portal.core.constraints import explain
from portal.core.db import db
from portal.core.problems import Refused
from portal.people.models import Capacity, Involvement, Standing, User

APART = {  # capacities with the same word exclude each other, here and in the database
    Capacity.ASSESSOR: "judging",
    Capacity.DECIDER: "judging",
    Capacity.BANK_CHANGER: "paying",
    Capacity.PAYER: "paying",
}
REFUSALS = {
    "judging": "The same person may not both score a bid and decide it.",
    "paying": "The same person may not both change bank details and release a payment.",
}
explain(one_side_of_a_case="The same person may not both score a bid and decide it, nor both change bank details and pay.")


def involve(user: User, case: str, capacity: Capacity) -> None:
    """Note a capacity once. Refused when the person already holds one that excludes it."""
    held = db.session.scalars(select(Involvement).where(Involvement.case == case, Involvement.user_id == user.id)).all()
    if any(known.capacity is capacity for known in held):
        return
    side = APART.get(capacity)
    if side and any(known.apart == side for known in held):
        raise Refused(REFUSALS[side])
    db.session.add(Involvement(case=case, user_id=user.id, capacity=capacity, apart=side))


def standing_of(organisation_id: int) -> Standing:
    """The organisation's standing, begun at nothing; locked, because what calls this changes it."""
    found = db.session.scalar(select(Standing).where(Standing.organisation_id == organisation_id).with_for_update())
    if found is None:
        found = Standing(organisation_id=organisation_id, awards=0, awarded_pence=0, overdue_returns=0, unreturned_pence=0)
        db.session.add(found)
    return found


def change_standing(organisation_id: int, **changes: Any) -> None:
    """Add to the counts and sums of an organisation's standing."""
    standing = standing_of(organisation_id)
    for name, change in changes.items():
        setattr(standing, name, getattr(standing, name) + change)

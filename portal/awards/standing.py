"""What awards say of an organisation's standing, counted anew where two organisations were merged or parted."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import func, select

from portal.awards.models import Award
from portal.core.db import db
from portal.people.actions import standing_of


def owner() -> Any:
    """Whose standing an award counts to: the partnership it is for, else who receives it."""
    return func.coalesce(Award.partnership_id, Award.recipient_id)


def count_awards(organisation_ids: Iterable[int]) -> None:
    for number in organisation_ids:
        accepted = select(func.count(Award.id), func.coalesce(func.sum(Award.pence), 0))
        count, pence = db.session.execute(accepted.where(owner() == number, Award.accepted_at.is_not(None))).one()
        standing = standing_of(number)
        standing.awards, standing.awarded_pence = count, pence

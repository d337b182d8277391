"""Organisations that may be one, as somebody was told when they were written down; and those that were merged."""

from collections.abc import Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import aliased, contains_eager, joinedload

from portal.core.db import db
from portal.people.lists.organisations import organisation_by_id
from portal.people.models import Likeness, Merge, Organisation, User
from portal.people.policy import manages_people

MOST = 100


def likenesses(organisation: Organisation | None = None) -> Sequence[Likeness]:
    """What waits for somebody to look, the oldest first: everything, or what is about one organisation."""
    first, second = aliased(Organisation), aliased(Organisation)
    found = (
        select(Likeness)
        .join(Likeness.first.of_type(first))
        .join(Likeness.second.of_type(second))
        .options(contains_eager(Likeness.first.of_type(first)), contains_eager(Likeness.second.of_type(second)))
        .where(Likeness.dismissed_at.is_(None), first.merged_into_id.is_(None), second.merged_into_id.is_(None))
        .order_by(Likeness.id)
        .limit(MOST)
    )
    if organisation is not None:
        found = found.where(or_(Likeness.first_id == organisation.id, Likeness.second_id == organisation.id))
    return db.session.scalars(found).all()


def likeness_by_id(user: User | None, likeness_id: int) -> Likeness | None:
    return db.session.get(Likeness, likeness_id) if user is not None and manages_people(user) else None


def merge_by_id(user: User | None, merge_id: int) -> Merge | None:
    return db.session.get(Merge, merge_id) if user is not None and manages_people(user) else None


def merges_into(organisation: Organisation) -> Sequence[Merge]:
    """What has been merged into it and not been undone, the latest first."""
    found = select(Merge).where(Merge.kept_id == organisation.id, Merge.undone_at.is_(None))
    return db.session.scalars(
        found.options(joinedload(Merge.gone), joinedload(Merge.merged_by)).order_by(Merge.merged_at.desc(), Merge.id.desc())
    ).all()


def pair_of(user: User | None, organisation_id: int, other_id: int) -> tuple[Organisation, Organisation] | None:
    """Two different organisations that the person may see, side by side."""
    both = organisation_by_id(user, organisation_id), organisation_by_id(user, other_id)
    return (both[0], both[1]) if both[0] and both[1] and organisation_id != other_id else None

"""Finding organisations that may be one, and saying that they are two."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import aliased

from portal.core import clock
from portal.core.audit import OFFICE, record
from portal.core.db import db
from portal.people.models import Identifier, Likeness, Organisation, User
from portal.people.names import are_alike


def look_for_doubles(organisation: Organisation) -> None:
    """Note what this one may be the same as: by a number, or by a name that is alike. What was answered stays answered."""
    db.session.flush()
    known = {*answered(organisation)}
    for other_id, reason in [*with_same_number(organisation), *with_like_name(organisation)]:
        if other_id not in known:
            known.add(other_id)
            first, second = sorted((organisation.id, other_id))
            db.session.add(Likeness(first_id=first, second_id=second, reason=reason, found_at=clock.now()))


def answered(organisation: Organisation) -> Iterable[int]:
    """Those that it has been found like before."""
    for first, second in db.session.execute(
        select(Likeness.first_id, Likeness.second_id).where(
            (Likeness.first_id == organisation.id) | (Likeness.second_id == organisation.id)
        )
    ):
        yield second if first == organisation.id else first


def with_same_number(organisation: Organisation) -> list[tuple[int, str]]:
    own, others = aliased(Identifier), aliased(Identifier)
    found = (
        select(others.organisation_id, own.number)
        .join(own, (own.register == others.register) & (own.number == others.number))
        .join(Organisation, Organisation.id == others.organisation_id)
        .where(own.organisation_id == organisation.id, others.organisation_id != organisation.id)
        .where(Organisation.merged_into_id.is_(None))
        .order_by(others.organisation_id)
    )
    return [(row[0], f"Both have the number {row[1]}") for row in db.session.execute(found)]


def with_like_name(organisation: Organisation) -> list[tuple[int, str]]:
    """One look through the folded names, when one is written down: pages only read what was noted."""
    others = db.session.execute(
        select(Organisation.id, Organisation.folded)
        .where(Organisation.id != organisation.id, Organisation.merged_into_id.is_(None))
        .order_by(Organisation.id)
    )
    return [(row.id, "Their names are alike") for row in others if are_alike(organisation.folded, row.folded)]


def dismiss(likeness: Likeness, *, by: User) -> None:
    """They are two. It is not asked again."""
    likeness.dismissed_at, likeness.dismissed_by_id = clock.now(), by.id
    for one, other in ((likeness.first, likeness.second), (likeness.second, likeness.first)):
        record("organisation.not_same", one, by=by, readers=OFFICE, name=other.name)

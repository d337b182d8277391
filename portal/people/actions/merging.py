"""Merging two organisations that are one, and undoing that."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import ColumnElement, UniqueConstraint, false, or_, select, update
from sqlalchemy.orm import aliased

from portal.core import clock
from portal.core.audit import EVERYONE, record
from portal.core.db import db
from portal.core.holders import ORGANISATION_HOLDERS
from portal.core.problems import NotNow, Refused
from portal.people.actions.organisations import keep_org_id
from portal.people.actions.sign_ins import end_all
from portal.people.models import Hosting, Membership, Merge, Organisation, Partner, User

Moved = dict[str, list[int]]
Follow = Callable[[tuple[int, int]], None]
FOLLOWERS: list[Follow] = []


def after_merging(follow: Follow) -> None:
    """Register what counts facts anew for the organisations of these ids; registering twice changes nothing."""
    if follow not in FOLLOWERS:
        FOLLOWERS.append(follow)


def merge(kept: Organisation, gone: Organisation, *, by: User) -> Merge:
    """Let all that belongs to `gone` belong to `kept`. What moved is noted, so that it can be undone for 30 days."""
    lock(kept, gone)
    check_can_merge(kept, gone)
    moved = move(gone.id, kept.id)
    gone.merged_into_id = kept.id
    made = Merge(kept=kept, gone=gone, moved=moved, merged_at=clock.now(), merged_by_id=by.id)
    db.session.add(made)
    settle(kept, gone, moved)
    record("organisation.merge", kept, by=by, readers=EVERYONE, name=gone.name)
    record("organisation.merged", gone, by=by, readers=EVERYONE, name=kept.name)
    return made


def undo(merged: Merge, *, by: User) -> None:
    """Give back what moved and is still there; what has come since stays with the one that was kept."""
    kept, gone = merged.kept, merged.gone
    lock(kept, gone)
    db.session.refresh(merged)
    if merged.undone_at is not None:
        raise NotNow("This has been undone already.")
    if not merged.can_be_undone:
        raise NotNow(f"This could be undone until {clock.read_moment(merged.undone_until)}.")
    if kept.merged_into_id is not None:
        raise NotNow(f"{kept} has itself been merged into {kept.kept}. Undo that first.")
    for name, ids in merged.moved.items():
        column = columns()[name]
        db.session.execute(
            update(column.class_).where(column.class_.id.in_(ids), column == kept.id).values({column.key: gone.id})
        )
    gone.merged_into_id = None
    merged.undone_at, merged.undone_by_id = clock.now(), by.id
    settle(kept, gone, merged.moved)
    record("organisation.undo_merge", kept, by=by, readers=EVERYONE, name=gone.name)
    record("organisation.undo_merge", gone, by=by, readers=EVERYONE, name=kept.name)


def lock(*both: Organisation) -> None:
    """In one order, so that two who merge at once wait for each other."""
    rows = select(Organisation.id).where(Organisation.id.in_([each.id for each in both])).order_by(Organisation.id)
    db.session.execute(rows.with_for_update(key_share=True))
    for organisation in both:
        db.session.expire(organisation)


def check_can_merge(kept: Organisation, gone: Organisation) -> None:
    if kept.id == gone.id:
        raise Refused("Choose two different organisations.")
    for each in (kept, gone):
        if each.merged_into_id is not None:
            raise NotNow(f"{each} has been merged into {each.kept} already.")
    if kept.is_partnership != gone.is_partnership:
        raise Refused("A partnership and a body of another kind are not the same.")
    both = (kept.id, gone.id)
    hosted = select(Hosting.id).where(Hosting.partnership_id.in_(both), Hosting.host_id.in_(both))
    partners = select(Partner.id).where(Partner.partnership_id.in_(both), Partner.member_id.in_(both))
    if db.session.scalar(hosted.limit(1)) or db.session.scalar(partners.limit(1)):
        raise Refused("One of them is a member or the host of the other, so they are not the same.")


def columns() -> dict[str, Any]:
    """Every column that points at an organisation and moves with a merge, by its name."""
    return {f"{each.class_.__tablename__}.{each.key}": each for held in ORGANISATION_HOLDERS.values() for each in held}


def move(gone_id: int, kept_id: int) -> Moved:
    moved: Moved = {}
    for name, column in columns().items():
        ids = select(column.class_.id).where(column == gone_id, ~is_there_already(column, kept_id))
        found = list(db.session.scalars(ids.order_by(column.class_.id)))
        if found:
            moved[name] = found
            db.session.execute(update(column.class_).where(column.class_.id.in_(found)).values({column.key: kept_id}))
    return moved


def is_there_already(column: Any, kept_id: int) -> ColumnElement[bool]:
    """The kept one has a row like it, and may have no second: the same number, or its name among a fund's bodies."""
    there = aliased(column.class_)
    alike = [
        select(there.id).where(
            getattr(there, column.key) == kept_id,
            *(getattr(there, each.key) == getattr(column.class_, each.key) for each in rule.columns if each.key != column.key),
        )
        for rule in column.class_.__table__.constraints
        if isinstance(rule, UniqueConstraint) and column.key in rule.columns
    ]
    return or_(false(), *(each.exists() for each in alike))


def settle(kept: Organisation, gone: Organisation, moved: Moved) -> None:
    """What follows from what points where: identifiers, counts, and the sign-ins of those whose rights have moved."""
    db.session.flush()
    db.session.expire_all()
    keep_org_id(kept)
    keep_org_id(gone)
    for follow in FOLLOWERS:
        follow((kept.id, gone.id))
    members = select(User).join(User.memberships).where(Membership.id.in_(moved.get("membership.organisation_id", [])))
    for user in db.session.scalars(members.distinct()):
        end_all(user)

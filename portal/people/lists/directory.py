"""The list of people, and what waits for an administrator."""

from collections.abc import Sequence
from typing import Any

from flask import url_for
from sqlalchemy import Select, String, func, select
from sqlalchemy.orm import joinedload
from werkzeug.datastructures import MultiDict

from portal.core.columns import Choice, Column
from portal.core.db import db
from portal.core.listing import Listing, Values
from portal.people.models import (
    AccountRequest,
    Appointment,
    Invitation,
    Membership,
    OfficeRole,
    Organisation,
    Right,
    RoleChange,
    User,
)
from portal.people.policy import (
    invitations_visible_to,
    is_running,
    organisations_open_to,
    people_visible_to,
    requests_visible_to,
)

MOST = 200
BETWEEN = ", "


def role_labels(values: str) -> str:
    return BETWEEN.join(sorted({OfficeRole(value).label for value in values.split(",") if value}))


def right_labels(values: str) -> str:
    given = {Right(value) for value in values.split(",") if value}
    return BETWEEN.join(right.label for right in Right if right in given)


def names(values: str) -> str:
    return BETWEEN.join(sorted(set(values.split(";"))))


def joined(found: Any) -> Any:
    """What belongs to the person of the row, as one text; an empty one where there is nothing."""
    return func.coalesce(found.correlate(User).scalar_subquery(), "")


def holds_role(value: str) -> Any:
    return User.id.in_(select(Appointment.user_id).where(Appointment.role == OfficeRole(value), is_running(Appointment)))


def is_account(value: str) -> Any:
    return User.active.is_(value == "open")


def account_word(is_open: bool) -> str:
    return "Open" if is_open else "Disabled"


ROLES = select(func.aggregate_strings(Appointment.role.cast(String), ",")).where(
    Appointment.user_id == User.id, is_running(Appointment)
)
BODIES = (
    select(func.aggregate_strings(Organisation.name, ";"))
    .join(Membership, Membership.organisation_id == Organisation.id)
    .where(Membership.user_id == User.id, is_running(Membership))
)


def rights_in(organisation_ids: list[int]) -> Select[Any]:
    return select(func.aggregate_strings(Membership.right.cast(String), ",")).where(
        Membership.user_id == User.id, Membership.organisation_id.in_(organisation_ids), is_running(Membership)
    )


class OfPeople:
    """What both lists of people have in common: those this person may see, by name."""

    user: User
    noun = ("person", "people")
    entity = User
    search = (User.name, User.email)
    default_sort = "name"

    def base(self) -> Select[Any]:
        return people_visible_to(self.user)

    def url(self, values: Values) -> str | None:
        return url_for("people.person", user_id=values["id"])


class PersonList(OfPeople, Listing):
    """For the office: with roles, and with the organisations they act for."""

    caption = "People"
    columns = (
        Column("Name", User.name, sort=True),
        Column("E-mail", User.email),
        Column("Role in the office", joined(ROLES), show=role_labels, export=role_labels),
        Column("Acts for", joined(BODIES), show=names, export=names),
        Column("Account", User.active, show=account_word, export=account_word),
    )
    filters = (
        Choice("role", "Role in the office", Appointment.role, OfficeRole, where=holds_role),
        Choice("account", "Account", User.active, lambda: [("open", "Open"), ("disabled", "Disabled")], where=is_account),
    )


class ColleagueList(OfPeople, Listing):
    """For an organisation's administrator: for whom else somebody acts is not theirs to know."""

    caption = "Colleagues"
    columns = (
        Column("Name", User.name, sort=True),
        Column("E-mail", User.email),
        Column("Phone", User.phone),
        Column("Account", User.active, show=account_word, export=account_word),
    )

    def __init__(self, args: MultiDict[str, str], user: User) -> None:
        super().__init__(args, user)
        name, *others = self.columns
        may_do = Column("May do", joined(rights_in(user.administered_ids)), show=right_labels, export=right_labels)
        self.columns = (name, may_do, *others)  # type: ignore[misc, assignment]


def people_of(args: MultiDict[str, str], user: User) -> PersonList | ColleagueList:
    return PersonList(args, user) if user.is_staff else ColleagueList(args, user)


def waiting_changes() -> Sequence[RoleChange]:
    """Grave changes that nobody has answered yet, the oldest first."""
    return db.session.scalars(select(RoleChange).where(RoleChange.answered_at.is_(None)).order_by(RoleChange.id)).all()


def open_invitations(user: User) -> Sequence[Invitation]:
    """Invitations that this person may send again or withdraw, the latest first; those that have run out too."""
    query = invitations_visible_to(user).where(Invitation.accepted_at.is_(None), Invitation.withdrawn_at.is_(None))
    return db.session.scalars(query.options(joinedload(Invitation.organisation)).order_by(Invitation.id.desc()).limit(MOST)).all()


def unanswered_requests(user: User) -> Sequence[AccountRequest]:
    """New providers who wait for the grants team, the oldest first."""
    query = requests_visible_to(user).where(AccountRequest.answered_at.is_(None))
    return db.session.scalars(query.order_by(AccountRequest.id).limit(MOST)).all()


def organisation_choices(user: User) -> list[tuple[str, str]]:
    """The organisations into which this person may invite."""
    query = organisations_open_to(user).with_only_columns(Organisation.id, Organisation.name).order_by(Organisation.name)
    return [(str(row.id), row.name) for row in db.session.execute(query)]

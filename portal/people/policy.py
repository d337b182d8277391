"""Who may: the predicates of people that every package above builds on."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import Date, Select, bindparam, false, select

from portal.core import clock
from portal.core.access import refusal
from portal.core.db import db
from portal.people.models import (
    AccountRequest,
    Capacity,
    Contact,
    Invitation,
    Involvement,
    Membership,
    OfficeRole,
    Organisation,
    Paper,
    Right,
    RoleChange,
    User,
)


def is_any_of(*roles: OfficeRole) -> Callable[..., bool]:
    """A policy that admits the holders of these appointments, whatever the thing."""

    def holds_one(user: User, thing: Any = None) -> bool:
        return user.holds(*roles)

    names = " or ".join(role.label.lower() for role in roles)
    holds_one.refusal = f"Only the {names} can do this."  # type: ignore[attr-defined]
    holds_one.__name__ = "is_" + "_or_".join(role.value for role in roles)
    return holds_one


is_officer = is_any_of(OfficeRole.GRANTS_OFFICER, OfficeRole.HEAD_OF_COMMISSIONING)
is_head_of_commissioning = is_any_of(OfficeRole.HEAD_OF_COMMISSIONING)
is_decision_maker = is_any_of(OfficeRole.DECISION_MAKER)
is_finance = is_any_of(OfficeRole.FINANCE_OFFICER, OfficeRole.CHIEF_FINANCE_OFFICER)
is_monitoring_officer = is_any_of(OfficeRole.MONITORING_OFFICER)
is_administrator = is_any_of(OfficeRole.ADMINISTRATOR)
sits_on_panel = is_any_of(OfficeRole.PANEL_MEMBER)
manages_people = is_any_of(OfficeRole.ADMINISTRATOR, OfficeRole.GRANTS_OFFICER, OfficeRole.HEAD_OF_COMMISSIONING)


def is_staff(user: User | None, thing: Any = None) -> bool:
    return user is not None and user.is_staff


def sees_all_cases(user: User | None, thing: Any = None) -> bool:
    """Officers, deciders, finance, plan and audit read every file; assessors only what they are assigned."""
    return user is not None and user.sees_all_cases


def is_system(user: Any, thing: Any = None) -> bool:
    return bool(user.is_system)


def was_involved(user: User, case: str, *capacities: Capacity) -> bool:
    """True when the person has touched this case in one of these capacities."""
    found = select(Involvement.id).where(
        Involvement.case == case, Involvement.user_id == user.id, Involvement.capacity.in_(capacities)
    )
    return db.session.scalar(found.limit(1)) is not None


def conflicted_cases(user: User) -> Select[Any]:
    """The cases this person has an interest in. They stay closed to them whatever else they may see: a conflict always wins."""
    return select(Involvement.case).where(Involvement.user_id == user.id, Involvement.capacity == Capacity.CONFLICTED)


def people_visible_to(user: User | None) -> Select[User]:
    """The office's administrators and officers see everybody; an organisation's administrator those who act for it."""
    if user is None:
        return select(User).where(false())
    if is_administrator(user) or is_officer(user):
        return select(User)
    colleagues = select(Membership.user_id).where(Membership.organisation_id.in_(user.administered_ids), is_running(Membership))
    return select(User).where(User.id.in_(colleagues))


def is_running(kind: Any) -> Any:
    """The condition that a membership or an appointment runs on the day on which it is asked."""
    day = bindparam("today", unique=True, callable_=clock.today, type_=Date())
    return (kind.from_on <= day) & (kind.to_on.is_(None) | (kind.to_on >= day))


@refusal("Only administrators see who has an account. Ask one of them.")
def sees_people(user: User | None, thing: Any = None) -> bool:
    return user is not None and (is_administrator(user) or is_officer(user) or bool(user.administered_ids))


@refusal("Only another administrator of the office can change somebody's roles: nobody changes their own.")
def may_change_roles(user: User, person: User) -> bool:
    return is_administrator(user) and person.id != user.id


def may_end_role(user: User, appointment: Any) -> bool:
    return may_change_roles(user, appointment.user)


may_end_role.refusal = may_change_roles.refusal  # type: ignore[attr-defined]


@refusal("Another administrator must answer this: not the one who asked, and not the one it is about.")
def may_answer(user: User, change: RoleChange) -> bool:
    return is_administrator(user) and user.id not in (change.asked_by_id, change.user_id)


def administers(user: User, organisation_id: int) -> bool:
    """An administrator of this organisation."""
    return user.has_right(organisation_id, Right.ADMINISTRATOR)


def organisations_open_to(user: User | None) -> Select[Organisation]:
    """The organisations whose people this person may invite, change and remove."""
    if user is None:
        return select(Organisation).where(false())
    there = select(Organisation).where(Organisation.merged_into_id.is_(None))
    return there if manages_people(user) else there.where(Organisation.id.in_(user.administered_ids))


def invitations_visible_to(user: User | None) -> Select[Invitation]:
    """Administrators see all invitations, officers those into organisations, others those into the ones they look after."""
    if user is not None and is_administrator(user):
        return select(Invitation)
    open_to = organisations_open_to(user).with_only_columns(Organisation.id)
    return select(Invitation).where(Invitation.organisation_id.in_(open_to))


def requests_visible_to(user: User | None) -> Select[AccountRequest]:
    """Requests whose address was verified, for those who answer them."""
    if user is None or not is_officer(user):
        return select(AccountRequest).where(false())
    return select(AccountRequest).where(AccountRequest.verified_at.is_not(None))


handles_requests = is_any_of(OfficeRole.ADMINISTRATOR, OfficeRole.MONITORING_OFFICER)
reads_histories = is_any_of(OfficeRole.ADMINISTRATOR, OfficeRole.AUDITOR)


@refusal("Only an administrator can erase somebody or correct their account, and not their own.")
def may_change_data(user: User, person: User) -> bool:
    return is_administrator(user) and person.id != user.id


def restricted_data(user: User, person: User) -> str:
    """What of a person is so private that looking at it is told: everything held about them, to anybody else."""
    return "" if user.id == person.id else "everything held about a person"


def restricted_history(user: User, person: User) -> str:
    """The same of what a person did and where they signed in."""
    return "" if user.id == person.id else "the history of a person"


@refusal("Only an administrator of the office can do this, and not to their own account.")
def may_shut(user: User, person: User) -> bool:
    return is_administrator(user) and person.id != user.id


def needs_second_factor(user: User) -> bool:
    """The office's own people, and who accepts money, or sees bank details, for an organisation: its signatories."""
    return user.is_staff or any(held.right is Right.SIGNATORY and held.is_current for held in user.memberships)


def lacks_second_factor(user: User, has_shown_both: bool) -> bool:
    """Signed in with less than their work needs: a password alone. A passkey is both factors at once."""
    return needs_second_factor(user) and not user.has_second_factor and not has_shown_both


@refusal("Only an administrator of the organisation, or the office, can change this; nobody changes their own rights.")
def may_change_rights(user: User, membership: Membership) -> bool:
    is_office = is_administrator(user) or is_officer(user)
    return membership.user_id != user.id and (is_office or administers(user, membership.organisation_id))


@refusal("Only an administrator of the organisation, the office, or the person themselves can do this.")
def may_remove(user: User, membership: Membership) -> bool:
    return membership.user_id == user.id or may_change_rights(user, membership)


PAPERS_ADDED_BY = (Right.LEAD, Right.CONTRIBUTOR, Right.SIGNATORY, Right.ADMINISTRATOR)
CONTACTS_KEPT_BY = (Right.LEAD, Right.ADMINISTRATOR)


def organisations_visible_to(user: User | None) -> Select[Organisation]:
    """Whoever reads every file in the office sees every organisation, others those that they act for; doubles are gone."""
    if user is None:
        return select(Organisation).where(false())
    there = select(Organisation).where(Organisation.merged_into_id.is_(None))
    return there if user.sees_all_cases else there.where(Organisation.id.in_(user.organisation_ids))


def opens_organisation(user: User | None, organisation: Organisation) -> bool:
    """The same for one that is at hand: a name that leads nowhere is no link."""
    return user is not None and (user.sees_all_cases or organisation.id in user.organisation_ids)


@refusal("Only the office, and those who lead or administer the organisation, change how it is reached.")
def may_change_contacts(user: User, organisation: Organisation) -> bool:
    return manages_people(user) or user.has_right(organisation.id, *CONTACTS_KEPT_BY)


@refusal("Only those who write, sign or administer for the organisation add its documents.")
def may_add_papers(user: User, organisation: Organisation) -> bool:
    return user.has_right(organisation.id, *PAPERS_ADDED_BY)


def reads_papers(user: User, organisation: Organisation) -> bool:
    """Officers, the auditor, and the organisation's own people."""
    is_office = is_officer(user) or user.holds(OfficeRole.AUDITOR)
    return is_office or user.has_right(organisation.id)


def restricted_paper(user: User, organisation: Organisation) -> bool:
    """Who opens an organisation's document and does not act for it is told."""
    return not user.has_right(organisation.id)


def papers_visible_to(user: User | None) -> Select[Paper]:
    """The same as rows."""
    if user is None:
        return select(Paper).where(false())
    if is_officer(user) or user.holds(OfficeRole.AUDITOR):
        return select(Paper)
    return select(Paper).where(Paper.organisation_id.in_(user.organisation_ids))


@refusal("Only the office, and those who lead or administer the organisation, change how it is reached.")
def may_end_contact(user: User, contact: Contact) -> bool:
    return manages_people(user) or user.has_right(contact.organisation_id, *CONTACTS_KEPT_BY)

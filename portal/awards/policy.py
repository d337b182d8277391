"""Who may see, accept and run awards and their notices."""

from typing import Any

from sqlalchemy import Select, false, or_, select

from portal.applications.models import Application
from portal.applications.policy import KEEPS_FROM_DECIDING
from portal.applications.policy import visible_to as bids_visible_to
from portal.awards.models import Award, Decision
from portal.core.access import refusal
from portal.people.models import Involvement, OfficeRole, Right, User
from portal.people.policy import (
    conflicted_cases,
    is_decision_maker,
    is_head_of_commissioning,
    is_monitoring_officer,
    is_officer,
)


def visible_to(user: User | None) -> Select[Award]:
    """The office sees every award; the recipient and the partnership see theirs."""
    if user is None:
        return select(Award).where(false())
    if user.sees_all_cases:
        return select(Award).where(Award.ref.not_in(conflicted_cases(user)))
    own = user.organisation_ids
    return select(Award).where(or_(Award.recipient_id.in_(own), Award.partnership_id.in_(own)))


def notices_visible_to(user: User | None) -> Select[Decision]:
    """Notices that were ever published are everyone's. The office reads all, with what is not published of them, but those
    it has an interest in: of these it reads the public page, as everyone does."""
    if user is None or not user.sees_all_cases:
        return select(Decision).where(Decision.published_at.is_not(None))
    closed = select(Application.id).where(Application.ref.in_(conflicted_cases(user)))
    return select(Decision).where(Decision.application_id.not_in(closed))


def bids_decided_by(user: User) -> Select[Application]:
    """The bids a decision-maker may decide: none that they wrote, scored or have an interest in."""
    if not is_decision_maker(user):
        return select(Application).where(false())
    touched = select(Involvement.case).where(Involvement.user_id == user.id, Involvement.capacity.in_(KEEPS_FROM_DECIDING))
    return bids_visible_to(user).where(Application.ref.not_in(touched))


def reads_awards(user: User | None, thing: Any = None) -> bool:
    """The office, and everyone who acts for an organisation; assessors score bids and follow none further."""
    return user is not None and (user.sees_all_cases or bool(user.organisation_ids))


@refusal("Only an authorised signatory of the body that receives the grant can do this.")
def is_signatory(user: User, award: Award) -> bool:
    return user.has_right(award.recipient_id, Right.SIGNATORY)


@refusal("Only people who write for the organisation can report on its grant.")
def may_report(user: User, award: Award) -> bool:
    """Who prepares returns: writers of the partnership or of the recipient."""
    rights = (Right.LEAD, Right.CONTRIBUTOR, Right.SIGNATORY)
    return user.has_right(award.partnership_id, *rights) or user.has_right(award.recipient_id, *rights)


@refusal("Only the lead of the partnership or a signatory of the recipient can certify a return.")
def may_certify(user: User, award: Award) -> bool:
    return user.has_right(award.partnership_id, Right.LEAD) or user.has_right(award.recipient_id, Right.SIGNATORY, Right.LEAD)


def may_run(user: User, award: Award) -> bool:
    return is_officer(user)


def may_head(user: User, award: Award) -> bool:
    return is_head_of_commissioning(user)


def may_close(user: User, award: Award) -> bool:
    return user.holds(OfficeRole.GRANTS_OFFICER, OfficeRole.FINANCE_OFFICER, OfficeRole.CHIEF_FINANCE_OFFICER)


@refusal("Only the person who decided can approve the notice.")
def is_decider(user: User, decision: Decision) -> bool:
    return user.id == decision.decided_by_id


@refusal("Only the monitoring officer publishes decision notices.")
def may_publish(user: User, decision: Decision) -> bool:
    return is_monitoring_officer(user)

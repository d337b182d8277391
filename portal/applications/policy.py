"""Who may see a bid and write in it."""

from typing import Any

from sqlalchemy import Select, false, or_, select

from portal.applications.models import Application, Stage
from portal.core.access import refusal
from portal.people.models import Capacity, Right, User
from portal.people.policy import is_decision_maker, was_involved

KEEPS_FROM_DECIDING = (Capacity.ASSESSOR, Capacity.APPLICANT, Capacity.CONFLICTED)
PRIVATE = (Stage.DRAFT, Stage.SIGNING)  # what is not handed in is nobody's but the applicant's


def visible_to(user: User | None) -> Select[Application]:
    """One's own organisations' bids; for the office every bid that was ever handed in. Assessors come through `assessment`."""
    if user is None:
        return select(Application).where(false())
    own = Application.organisation_id.in_(user.organisation_ids)
    if user.sees_all_cases:
        return select(Application).where(or_(own, Application.submitted_at.is_not(None)))
    return select(Application).where(own)


def is_member(user: User, application: Application) -> bool:
    return user.has_right(application.organisation_id)


@refusal("Only people who write for this organisation can change its bid. Ask its lead.")
def is_writer(user: User, application: Application) -> bool:
    return user.has_right(application.organisation_id, Right.LEAD, Right.CONTRIBUTOR)


@refusal("Only the lead of this organisation can do this. Ask them to.")
def is_lead(user: User, application: Application) -> bool:
    """The lead also signs: rounds with a signatory of their own come later."""
    return user.has_right(application.organisation_id, Right.LEAD)


def can_read(user: User, application: Application) -> bool:
    """Whoever finds it may read it: `visible_to` decides."""
    return True


def is_applicant(user: User | None, thing: Any = None) -> bool:
    """Somebody who acts for an organisation."""
    return user is not None and bool(user.organisation_ids)


def can_start(user: User, thing: Any = None) -> bool:
    """Somebody who writes for at least one organisation."""
    return any(held.is_current and held.right in (Right.LEAD, Right.CONTRIBUTOR) for held in user.memberships)


@refusal("Only a decision-maker who has neither scored this bid nor an interest in it can decide it.")
def may_decide(user: User, application: Application) -> bool:
    return is_decision_maker(user) and not was_involved(user, application.ref, *KEEPS_FROM_DECIDING)

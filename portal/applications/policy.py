"""Who may see a bid and write in it."""

from typing import Any

from sqlalchemy import Select, false, or_, select

from portal.applications.models import Application, Stage
from portal.core.access import refusal
from portal.people.models import Capacity, Right, User
from portal.people.policy import conflicted_cases, is_decision_maker, is_officer, was_involved

KEEPS_FROM_DECIDING = (Capacity.ASSESSOR, Capacity.APPLICANT, Capacity.CONFLICTED)
WRITERS = (Right.LEAD, Right.CONTRIBUTOR)
PRIVATE = (Stage.DRAFT, Stage.SIGNING)  # what is not handed in is nobody's but the applicant's
INSIDE = (Stage.IN_MODERATION, Stage.AT_PANEL, Stage.DEFERRED, Stage.RESERVE, Stage.RECOMMENDED)  # steps before a decision


def visible_to(user: User | None) -> Select[Application]:
    """One's own organisations' bids; for the office every bid handed in, but those it has an interest in. No tests.

    Assessors come through `assessment`.
    """
    if user is None:
        return select(Application).where(false())
    live, own = Application.is_test.is_(False), Application.organisation_id.in_(user.organisation_ids)
    if user.sees_all_cases:
        handed_in = Application.submitted_at.is_not(None) & Application.ref.not_in(conflicted_cases(user))
        return select(Application).where(live, or_(own, handed_in))
    return select(Application).where(live, own)


def tests_visible_to(user: User | None) -> Select[Application]:
    """The bids with which officers try a form; the applicants in whose name they do never see them."""
    is_tester = user is not None and is_officer(user)
    return select(Application).where(Application.is_test if is_tester else false())


def restricted_files(user: User, application: Application) -> bool:
    """What applicants hand in beside their answers is restricted: who opens it without acting for them is told."""
    return not user.has_right(application.organisation_id)


@refusal("Only people who write for this organisation can change its bid. Ask its lead.")
def is_writer(user: User, application: Application) -> bool:
    if application.is_test:
        return is_officer(user)
    return user.has_right(application.organisation_id, *WRITERS)


@refusal("Only the lead of this organisation can do this. Ask them to.")
def is_lead(user: User, application: Application) -> bool:
    """The lead also signs: rounds with a signatory of their own come later."""
    if application.is_test:
        return is_officer(user)
    return user.has_right(application.organisation_id, Right.LEAD)


def can_read(user: User, application: Application) -> bool:
    """Whoever finds it may read it: `visible_to` decides."""
    return True


def stage_for(user: User, application: Application) -> Stage:
    """The stage as this person may know it: to applicants a bid is being assessed until it is decided."""
    return Stage.IN_ASSESSMENT if application.stage in INSIDE and not user.sees_all_cases else application.stage


def is_applicant(user: User | None, thing: Any = None) -> bool:
    """Somebody who acts for an organisation."""
    return user is not None and bool(user.organisation_ids)


def can_list(user: User | None, thing: Any = None) -> bool:
    """Whoever may come across a bid: those who act for an organisation, and the office but for its assessors."""
    return user is not None and (bool(user.organisation_ids) or user.sees_all_cases)


@refusal("Only people who write for an organisation can start an application. Ask its lead to add you.")
def can_start(user: User, thing: Any = None) -> bool:
    """Somebody who writes for at least one organisation."""
    return any(held.is_current and held.right in WRITERS for held in user.memberships)


def takes_answers(application: Application) -> bool:
    """True while what is written can still be handed in; the office's own questions wait for no deadline."""
    return application.stage is Stage.RETURNED or (application.is_open and application.is_in_time)


def can_write(user: User, application: Application) -> bool:
    return is_writer(user, application) and takes_answers(application)


@refusal("Only a decision-maker who has neither scored this bid nor an interest in it can decide it.")
def may_decide(user: User, application: Application) -> bool:
    return is_decision_maker(user) and not was_involved(user, application.ref, *KEEPS_FROM_DECIDING)


def may_export_personal(user: User) -> bool:
    """The grants team writes to those whom a bid names; nobody else needs them in a file."""
    return is_officer(user)


def restricted_answers(personal: bool) -> str:
    """A file of everybody's personal answers is told of."""
    return "the personal answers of all applications" if personal else ""

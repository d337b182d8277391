"""Who may see returns, write them, certify them and accept them."""

from sqlalchemy import Select, select

from portal.awards import policy as awards
from portal.awards.models import Award
from portal.core.access import refusal
from portal.monitoring.models import Return
from portal.people.models import User
from portal.people.policy import conflicted_cases, is_head_of_commissioning, is_officer


def visible_to(user: User | None) -> Select[Return]:
    """The returns of the awards a person may see."""
    if user is not None and user.sees_all_cases:  # all but a few: looking up those few is quicker
        closed = select(Award.id).where(Award.ref.in_(conflicted_cases(user)))
        return select(Return).where(Return.award_id.not_in(closed))
    return select(Return).where(Return.award_id.in_(awards.visible_to(user).with_only_columns(Award.id)))


def restricted_files(user: User, return_: Return) -> bool:
    """Who opens what came with a return, and acts for neither partnership nor recipient, is told."""
    return not (user.has_right(return_.award.partnership_id) or user.has_right(return_.award.recipient_id))


@refusal("Only people who write for the organisation can report on its grant.")
def may_prepare(user: User, return_: Return) -> bool:
    return awards.may_report(user, return_.award)


@refusal("Only the lead of the partnership or a signatory of the recipient can certify a return.")
def may_certify(user: User, return_: Return) -> bool:
    return awards.may_certify(user, return_.award)


@refusal("Only a grants officer can query or accept a return.")
def may_check(user: User, return_: Return) -> bool:
    return is_officer(user)


def may_waive(user: User, return_: Return) -> bool:
    return is_head_of_commissioning(user)

"""Who may see, accept and run awards and their notices."""

from sqlalchemy import Select, false, or_, select

from portal.awards.models import Award, Decision, NoticeStage
from portal.core.access import refusal
from portal.people.models import OfficeRole, Right, User
from portal.people.policy import is_head_of_commissioning, is_monitoring_officer, is_officer


def visible_to(user: User | None) -> Select[Award]:
    """The office sees every award; the recipient and the partnership see theirs."""
    if user is None:
        return select(Award).where(false())
    if user.sees_all_cases:
        return select(Award)
    own = user.organisation_ids
    return select(Award).where(or_(Award.recipient_id.in_(own), Award.partnership_id.in_(own)))


def notices_visible_to(user: User | None) -> Select[Decision]:
    """Published notices are everyone's; the office reads the others too."""
    if user is not None and user.sees_all_cases:
        return select(Decision)
    return select(Decision).where(Decision.stage.in_((NoticeStage.PUBLISHED, NoticeStage.SUPERSEDED)))


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

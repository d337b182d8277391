"""Who may see and run funds and rounds. Everyone may read a round that has ever opened."""

from typing import Any

from sqlalchemy import Select, false, or_, select

from portal.funds.models import Fund, Round, RoundInvitation, RoundKind, RoundStage
from portal.people.models import OfficeRole, User
from portal.people.policy import is_head_of_commissioning, is_officer, is_staff

BY_INVITATION = (RoundKind.DIRECT, RoundKind.CONTRIBUTION)
PUBLIC_STAGES = (RoundStage.OPEN, RoundStage.PAUSED, RoundStage.CLOSED, RoundStage.ARCHIVED)


def public_rounds() -> Select[Round]:
    """Rounds that the public may read about; direct awards were never open to anyone."""
    return select(Round).where(Round.stage.in_(PUBLIC_STAGES), Round.kind.not_in(BY_INVITATION))


def public_funds() -> Select[Fund]:
    return select(Fund).where(Fund.id.in_(public_rounds().with_only_columns(Round.fund_id)))


def rounds_visible_to(user: User | None) -> Select[Round]:
    """The office reads every round from its first draft on."""
    return select(Round) if is_staff(user) else select(Round).where(false())


def rounds_open_to(user: User | None) -> Select[Round]:
    """What a person may bid in: the public's rounds, and those into which one of their organisations was invited."""
    invited = select(RoundInvitation.round_id).where(RoundInvitation.organisation_id.in_(user.organisation_ids if user else ()))
    is_public = Round.kind.not_in(BY_INVITATION)
    return select(Round).where(Round.stage.in_(PUBLIC_STAGES), or_(is_public, Round.id.in_(invited)))


def may_open(user: User, round_: Round) -> bool:
    """The head of commissioning, and not the same person who checked it."""
    return is_head_of_commissioning(user) and round_.checked_by_id != user.id


may_open.refusal = "The head of commissioning opens a round, and not the person who checked it."  # type: ignore[attr-defined]


def may_check(user: User, round_: Any = None) -> bool:
    return is_officer(user)


def may_close(user: User, round_: Any = None) -> bool:
    return user.holds(OfficeRole.HEAD_OF_COMMISSIONING)

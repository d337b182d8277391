"""Who may see and run funds and rounds. Everyone may read a round that has ever opened."""

from typing import Any

from sqlalchemy import Select, select

from portal.funds.models import Round, RoundKind, RoundStage
from portal.people.models import OfficeRole, User
from portal.people.policy import is_head_of_commissioning, is_officer

OFFERED = (RoundKind.COMPETED, RoundKind.ROLLING)  # what anybody may apply to; all else is agreed with those it concerns
PUBLIC_STAGES = (RoundStage.OPEN, RoundStage.PAUSED, RoundStage.CLOSED, RoundStage.ARCHIVED)
ANNOUNCED_STAGES = (RoundStage.CHECKED, *PUBLIC_STAGES)


def public_rounds() -> Select[Round]:
    """Rounds that were ever open to applications; direct awards and contributions were never open to anyone."""
    return select(Round).where(Round.stage.in_(PUBLIC_STAGES), Round.kind.in_(OFFERED))


def announced_rounds() -> Select[Round]:
    """Rounds that the public may read about: also those that were checked, so that their day is known."""
    return select(Round).where(Round.stage.in_(ANNOUNCED_STAGES), Round.kind.in_(OFFERED))


def may_open(user: User, round_: Round) -> bool:
    """The head of commissioning, and not the same person who checked it."""
    return is_head_of_commissioning(user) and round_.checked_by_id != user.id


may_open.refusal = "The head of commissioning opens a round, and not the person who checked it."  # type: ignore[attr-defined]


def may_check(user: User, round_: Any = None) -> bool:
    return is_officer(user)


def may_close(user: User, round_: Any = None) -> bool:
    return user.holds(OfficeRole.HEAD_OF_COMMISSIONING)

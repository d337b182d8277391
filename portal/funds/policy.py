"""Who may see and run funds and rounds. Everyone may read a round that has ever opened."""

from typing import Any

from sqlalchemy import Select, select

from portal.core.access import refusal
from portal.funds.models import Fund, Round, RoundKind, RoundStage
from portal.people.models import OfficeRole, User
from portal.people.policy import is_head_of_commissioning, is_officer

PUBLIC_STAGES = (RoundStage.OPEN, RoundStage.PAUSED, RoundStage.CLOSED, RoundStage.ARCHIVED)


def public_rounds() -> Select[Round]:
    """Rounds that the public may read about; direct awards were never open to anyone."""
    return select(Round).where(Round.stage.in_(PUBLIC_STAGES), Round.kind != RoundKind.DIRECT)


def public_funds() -> Select[Fund]:
    return select(Fund).where(Fund.id.in_(public_rounds().with_only_columns(Round.fund_id)))


def may_open(user: User, round_: Round) -> bool:
    """The head of commissioning, and not the same person who checked it."""
    return is_head_of_commissioning(user) and round_.checked_by_id != user.id


may_open.refusal = "The head of commissioning opens a round, and not the person who checked it."  # type: ignore[attr-defined]


def may_check(user: User, round_: Any = None) -> bool:
    return is_officer(user)


def may_close(user: User, round_: Any = None) -> bool:
    return user.holds(OfficeRole.HEAD_OF_COMMISSIONING)


@refusal("The head of commissioning sets the threshold of a round.")
def may_set_threshold(user: User, round_: Round) -> bool:
    return is_head_of_commissioning(user)

"""Who may see and run funds and rounds. Everyone may read a round that has ever opened."""

from typing import Any

from sqlalchemy import ColumnElement, Select, Text, cast, false, not_, or_, select
from sqlalchemy.orm import aliased

from portal.core.access import refusal
from portal.funds.models import (
    BudgetChange,
    Envelope,
    Fund,
    FundArea,
    FundBody,
    Round,
    RoundInvitation,
    RoundKind,
    RoundStage,
    Source,
)
from portal.people.models import OfficeRole, Organisation, User
from portal.people.policy import is_finance, is_head_of_commissioning, is_officer, is_staff, sees_all_cases

OFFERED = (RoundKind.COMPETED, RoundKind.ROLLING)  # what anybody may apply to; all else is agreed with those it concerns
PUBLIC_STAGES = (RoundStage.OPEN, RoundStage.PAUSED, RoundStage.CLOSED, RoundStage.ARCHIVED)
ANNOUNCED_STAGES = (RoundStage.CHECKED, *PUBLIC_STAGES)


def public_rounds() -> Select[Round]:
    """Rounds that were ever open to applications; direct awards and contributions were never open to anyone."""
    return select(Round).where(Round.stage.in_(PUBLIC_STAGES), Round.kind.in_(OFFERED))


def announced_rounds() -> Select[Round]:
    """Rounds that the public may read about: also those that were checked, so that their day is known."""
    return select(Round).where(Round.stage.in_(ANNOUNCED_STAGES), Round.kind.in_(OFFERED))


def rounds_visible_to(user: User | None) -> Select[Round]:
    """The office reads every round from its first draft on."""
    return select(Round) if is_staff(user) else select(Round).where(false())


def rounds_open_to(user: User | None) -> Select[Round]:
    """What a person may bid in: the public's rounds, and those into which one of their organisations was invited."""
    invited = select(RoundInvitation.round_id).where(RoundInvitation.organisation_id.in_(user.organisation_ids if user else ()))
    is_public = Round.kind.in_(OFFERED)
    return select(Round).where(Round.stage.in_(PUBLIC_STAGES), or_(is_public, Round.id.in_(invited)))


def may_open(user: User, round_: Round) -> bool:
    """The head of commissioning, and not the same person who checked it."""
    return is_head_of_commissioning(user) and round_.checked_by_id != user.id


may_open.refusal = "The head of commissioning opens a round, and not the person who checked it."  # type: ignore[attr-defined]


def may_check(user: User, round_: Any = None) -> bool:
    return is_officer(user)


def may_close(user: User, round_: Any = None) -> bool:
    return user.holds(OfficeRole.HEAD_OF_COMMISSIONING)


def funds_visible_to(user: User | None) -> Select[Fund]:
    """The office reads every fund with its money; assessors and the public only what is published."""
    return select(Fund) if sees_all_cases(user) else select(Fund).where(false())


def sources_visible_to(user: User | None) -> Select[Source]:
    return select(Source) if sees_all_cases(user) else select(Source).where(false())


def envelopes_visible_to(user: User | None) -> Select[Envelope]:
    return select(Envelope) if sees_all_cases(user) else select(Envelope).where(false())


@refusal("Only the grants team and finance propose budgets. Ask one of them.")
def may_propose(user: User, thing: Any = None) -> bool:
    return is_officer(user) or is_finance(user)


@refusal(
    "Another person from finance answers this, not the one who proposed it; more than there is, only the chief finance officer."
)
def may_answer(user: User, change: BudgetChange) -> bool:
    """Finance, never the proposer; over-programming is the chief finance officer's to agree."""
    if change.proposed_by_id == user.id:
        return False
    return user.holds(OfficeRole.CHIEF_FINANCE_OFFICER) if change.is_over_programming else is_finance(user)


@refusal("Only the one who proposed this change, or finance, can take it back.")
def may_refuse(user: User, change: BudgetChange) -> bool:
    return is_finance(user) or (may_propose(user) and change.proposed_by_id == user.id)


def may_apply(round_: Round, organisation: Organisation) -> bool:
    """The one rule of who may apply: named bodies always; else by kind and area, as the fund and then the round say."""
    fund = round_.fund
    if any(body.organisation_id == organisation.id for body in fund.bodies):
        return True
    if fund.bodies and not fund.accepts and not fund.areas:
        return False  # named bodies alone
    if fund.areas and all(each.area_id != organisation.area_id for each in fund.areas):
        return False
    return all(not kinds or organisation.kind.value in kinds for kinds in (fund.accepts, round_.accepts))


def takes_kind(kind: str) -> ColumnElement[bool]:
    """The same rule asked of a kind: rounds into which some organisation of it may bid, wherever it is."""
    fund = aliased(Fund)
    has_bodies, has_areas = (select(each.id).where(each.fund_id == fund.id).exists() for each in (FundBody, FundArea))
    named_alone = has_bodies & is_empty(fund.accepts) & not_(has_areas)
    by_kind = select(fund.id).where(fund.id == Round.fund_id, says(fund.accepts, kind), not_(named_alone)).exists()
    by_name = select(FundBody.id).join(FundBody.organisation).where(FundBody.fund_id == Round.fund_id, Organisation.kind == kind)
    return or_(says(Round.accepts, kind) & by_kind, by_name.exists())


def is_empty(kinds: Any) -> ColumnElement[bool]:
    return cast(kinds, Text) == "[]"


def says(kinds: Any, kind: str) -> ColumnElement[bool]:
    """This kind is among those listed, or none is, which means all."""
    return or_(cast(kinds, Text).contains(f'"{kind}"'), is_empty(kinds))


@refusal("The head of commissioning sets the threshold of a round.")
def may_set_threshold(user: User, round_: Round) -> bool:
    return is_head_of_commissioning(user)

"""Changing budgets: one person proposes, another answers, and no source gives a penny more than it has."""

from typing import Any

from sqlalchemy import func, select

from portal.core import clock, money
from portal.core.audit import OFFICE, record
from portal.core.constraints import explain
from portal.core.db import db
from portal.core.problems import Forbidden, NotNow, Refused
from portal.funds.actions.sources import ended, hold_year
from portal.funds.models import Budget, BudgetChange, Envelope, Fund, Source, SourceYear
from portal.funds.policy import may_answer, may_propose, may_refuse
from portal.people.models import User

WAITING = "A change of this budget waits for an answer already. Answer it, or take it back, before you propose another."
explain(
    uq_budget_change_waiting=WAITING,
    ck_budget_change_approver_is_another="Another person answers this, not the one who proposed it.",
)


def propose(fund: Fund, source: Source, year: str, terms: dict[str, Any], *, by: User) -> BudgetChange:
    """Ask for a budget of so much from a source in a year. `terms`: pence, over_pence, reason."""
    if not may_propose(by):
        raise Forbidden(may_propose.refusal)  # type: ignore[attr-defined]
    before = budget_of(fund.id, source.id, year)
    change = BudgetChange(
        fund=fund, source=source, year=year, before_pence=before.pence if before else 0, after_pence=terms["pence"],
        over_before_pence=before.over_programming_pence if before else 0, over_after_pence=terms["over_pence"],
        reason=terms["reason"], proposed_by_id=by.id, proposed_at=clock.now(), answer="",
    )  # fmt: skip
    if (change.before_pence, change.over_before_pence) == (change.after_pence, change.over_after_pence):
        raise Refused("That is the budget as it stands. Enter another amount", "pence")
    refuse_waiting(change)
    check_room(change, hold_year(source.id, year), before)
    db.session.add(change)
    db.session.flush()
    record("budget.propose", change, by=by, readers=OFFICE, **facts_of(change), reason=change.reason)
    return change


def budget_of(fund_id: int, source_id: int, year: str) -> Budget | None:
    """The budget as it stands, locked."""
    found = select(Budget).where(Budget.fund_id == fund_id, Budget.source_id == source_id, Budget.year == year)
    return db.session.scalar(found.with_for_update().execution_options(populate_existing=True))


def refuse_waiting(change: BudgetChange) -> None:
    waiting = select(BudgetChange.id).where(
        BudgetChange.fund_id == change.fund.id, BudgetChange.source_id == change.source.id,
        BudgetChange.year == change.year, BudgetChange.answered_at.is_(None),
    )  # fmt: skip
    if db.session.scalar(waiting.limit(1)) is not None:
        raise Refused(WAITING, "source_year")


def approve(change: BudgetChange, *, by: User) -> Budget:
    """Make it so. The source's year is locked first and the budget last, as when money is promised."""
    hold_change(change)
    if not may_answer(by, change):
        raise Forbidden(may_answer.refusal)  # type: ignore[attr-defined]
    year = hold_year(change.source_id, change.year)
    budget = budget_of(change.fund_id, change.source_id, change.year)
    now = (budget.pence, budget.over_programming_pence) if budget else (0, 0)
    if now != (change.before_pence, change.over_before_pence):
        raise NotNow(
            "This budget has changed since the change was proposed. Refuse it, and propose it again from what is there now."
        )
    year = check_room(change, year, budget)
    if budget is None:
        budget = Budget(fund_id=change.fund_id, source_id=change.source_id, year=change.year, pence=0, over_programming_pence=0,
                        committed_pence=0)  # fmt: skip
        db.session.add(budget)
    year.allocated_pence += change.after_pence - change.before_pence
    budget.pence, budget.over_programming_pence = change.after_pence, change.over_after_pence
    if change.over_after_pence != change.over_before_pence:
        budget.over_programming_agreed_by = f"{by.name}, {clock.read_day(clock.today())}" if change.over_after_pence else ""
    answer(change, True, "", by=by)
    record("budget.approve", change, by=by, readers=OFFICE, **facts_of(change))
    return budget


def refuse(change: BudgetChange, reason: str, *, by: User) -> None:
    """Leave the budget as it is; the proposer may so take it back."""
    hold_change(change)
    if not may_refuse(by, change):
        raise Forbidden(may_refuse.refusal)  # type: ignore[attr-defined]
    answer(change, False, reason, by=by)
    record("budget.refuse", change, by=by, readers=OFFICE, **facts_of(change), answer=reason)


def hold_change(change: BudgetChange) -> None:
    db.session.refresh(change, ["answered_at"], with_for_update={"key_share": True})
    if not change.is_open:
        raise NotNow("This change has been answered already.")


def answer(change: BudgetChange, is_approved: bool, words: str, *, by: User) -> None:
    change.is_approved, change.answer, change.answered_by_id, change.answered_at = is_approved, words, by.id, clock.now()


def facts_of(change: BudgetChange) -> dict[str, Any]:
    return {
        "source": str(change.source), "year": change.year, "before_pence": change.before_pence, "after_pence": change.after_pence,
        "over_pence": change.over_after_pence,
    }  # fmt: skip


def check_room(change: BudgetChange, year: SourceYear | None, budget: Budget | None) -> SourceYear:
    """Refuse what the source does not have, the envelope does not hold, or would leave promises without money."""
    source = change.source
    if source.has_ended_by(change.year):
        raise Refused(ended(source, change.year), "source_year")
    if year is None:
        raise Refused(
            f"{source} has no amount for {change.year} yet. Finance enters it on the page of the source.", "source_year"
        )
    more = change.after_pence - change.before_pence
    if more > year.left_pence:
        raise Refused(
            f"{source} has {money.show(year.left_pence)} left for {change.year}, and this needs {money.show(more)}: "
            f"{money.show(more - year.left_pence)} too much. Enter {money.show(change.before_pence + year.left_pence)} or less, "
            "lower the budget of another fund, or ask finance to raise the amount of the source.",
            "pence",
        )
    limit, committed = change.after_pence + change.over_after_pence, budget.committed_pence if budget else 0
    if limit < committed:
        raise Refused(
            f"{money.show(committed)} of this budget is committed already. Enter {money.show(committed)} or more.", "pence"
        )
    check_envelope(change, more)
    return year


def check_envelope(change: BudgetChange, more: int) -> None:
    """All funds of an envelope together stay within what was announced; its row is locked."""
    if change.fund.envelope_id is None or more <= 0:
        return
    envelope = db.session.get_one(Envelope, change.fund.envelope_id, with_for_update=True, populate_existing=True)
    if envelope.first_year <= change.year <= envelope.last_year and (left := envelope.pence - allocated_in(envelope)) < more:
        raise Refused(
            f"{envelope} has {money.show(left)} left of the {money.show(envelope.pence)} announced, and this needs "
            f"{money.show(more)}. Enter less, or change the envelope first.",
            "pence",
        )


def allocated_in(envelope: Envelope) -> int:
    """The budgets of an envelope's funds in its years."""
    found = select(func.coalesce(func.sum(Budget.pence), 0)).join(Budget.fund).where(
        Fund.envelope_id == envelope.id, Budget.year.between(envelope.first_year, envelope.last_year)
    )  # fmt: skip
    return db.session.scalar(found) or 0

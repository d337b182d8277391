"""What must be true after every step, whoever did what in whichever order."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import func, select

from portal.applications.models import Application, Snapshot
from portal.applications.models import Stage as BidStage
from portal.applications.workflow import LIFE as BID
from portal.awards.models import Award, AwardFunding, AwardLine, AwardStage, Decision, NoticeStage
from portal.awards.workflow import LIFE as AWARD
from portal.core import audit
from portal.core.audit import Event
from portal.core.db import db
from portal.core.workflow import Workflow
from portal.funds.models import Budget, Commitment
from portal.people.models import Capacity, Involvement

JUDGES = {Capacity.ASSESSOR, Capacity.APPLICANT, Capacity.CONFLICTED}
DECIDED = {BidStage.AWARDED, BidStage.DECLINED, BidStage.LAPSED}
Stages = dict[tuple[str, int], Any]


def stages() -> Stages:
    """Where every bid and award stands."""
    found = {("application", row.id): row.stage for row in db.session.execute(select(Application.id, Application.stage))}
    found |= {("award", row.id): row.stage for row in db.session.execute(select(Award.id, Award.stage))}
    return found


def check_moves(before: Stages, after: Stages) -> None:
    """Each thing stands still, or has made one move of its table."""
    tables = {"application": BID, "award": AWARD}
    for (kind, number), stage in after.items():
        was = before.get((kind, number))
        assert was in (None, stage) or is_move(tables[kind], was, stage), f"{kind} {number} went from {was} to {stage}"


def is_move(life: Workflow, was: Any, now: Any) -> bool:
    return any(was in move.from_stages and move.to is now for move in life.moves.values())


def check_limits() -> None:
    """No budget is promised beyond its limit, and what it says is promised is what is."""
    held = (
        select(Commitment.budget_id, func.sum(Commitment.pence).label("pence"))
        .where(Commitment.released_at.is_(None))
        .group_by(Commitment.budget_id)
    )
    promised = {row.budget_id: row.pence for row in db.session.execute(held)}
    for budget in db.session.scalars(select(Budget)):
        assert 0 <= budget.committed_pence <= budget.limit_pence
        assert budget.committed_pence == promised.get(budget.id, 0)


def check_awards() -> None:
    """The parts add up to the award; it holds its money until it lapses, once; no more was awarded than asked for."""
    split = sums(AwardFunding.award_id, AwardFunding.pence)
    lines = sums(AwardLine.award_id, AwardLine.pence)
    held: dict[str, list[int]] = {}
    for commitment in db.session.scalars(select(Commitment).where(Commitment.released_at.is_(None))):
        held.setdefault(commitment.case, []).append(commitment.pence)
    for award in db.session.scalars(select(Award).where(Award.is_history.is_(False))):
        is_over = award.stage is AwardStage.LAPSED
        assert split[award.id] == award.pence
        assert held.pop(award.ref, []) == ([] if is_over else [award.pence])
        assert award.application.stage is (BidStage.LAPSED if is_over else BidStage.AWARDED)
        assert award.pence <= award.application.requested_pence
        if award.accepted_at is not None:
            assert lines[award.id] == award.pence
    assert held == {}


def sums(owner: Any, pence: Any) -> dict[int, int]:
    return {row[0]: row[1] for row in db.session.execute(select(owner, func.sum(pence)).group_by(owner))}


def check_separation() -> None:
    """Nobody decided what they scored, wrote, or had an interest in; and each bid has one decision that stands.

    Who declined a bid that came back may have an interest by then.
    """
    part: dict[tuple[str, int], set[Capacity]] = {}
    for each in db.session.scalars(select(Involvement)):
        part.setdefault((each.case, each.user_id), set()).add(each.capacity)
    standing = []
    for decision in db.session.scalars(select(Decision)):
        held = part[decision.case, decision.decided_by_id]
        assert Capacity.DECIDER in held
        assert decision.application.stage not in DECIDED or not held & JUDGES
        standing += [decision.application_id] if decision.stage is not NoticeStage.SUPERSEDED else []
    assert len(standing) == len(set(standing))


def check_history() -> None:
    """The chain verifies; every bid handed in has its snapshot, and every one with a stage of its own an event."""
    assert audit.verify(db.session()) == []
    told = {row.case for row in db.session.execute(select(Event.case).where(Event.verb == "application.submit"))}
    kept = set(db.session.scalars(select(Application.ref).join(Snapshot, Snapshot.application_id == Application.id)))
    handed_in = set(db.session.scalars(select(Application.ref).where(Application.submitted_at.is_not(None))))
    assert told == kept == handed_in


def check_all(before: Stages) -> Stages:
    """Everything but the history, which takes longer; where things stand now."""
    db.session.rollback()
    after = stages()
    check_moves(before, after)
    for check in CHECKS:
        check()
    db.session.rollback()
    return after


CHECKS: Iterable[Any] = (check_limits, check_awards, check_separation)

"""The bids of a round in the order of its scheme, with the line under which the money ends."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from portal.applications.lists import left_in_pot
from portal.applications.models import Application
from portal.applications.models import Stage as BidStage
from portal.assessment.models import Assignment, Moderated, Score, Stage
from portal.assessment.policy import bids_visible_to
from portal.core import clock
from portal.core.db import db
from portal.funds.judging import scheme_of
from portal.funds.lists import budgets_for
from portal.funds.models import Budget, Commitment, Round
from portal.funds.ranking import Entry, Placed, rank
from portal.funds.schemes import Points
from portal.people.models import User

RANKED = (
    BidStage.IN_MODERATION, BidStage.AT_PANEL, BidStage.DEFERRED, BidStage.RESERVE, BidStage.RECOMMENDED, BidStage.AWARDED,
)  # fmt: skip


@dataclass(frozen=True)
class Line:
    """A bid in its place. `left_pence` is what would be left of the pot after it, were all above it funded."""

    placed: Placed
    bid: Application
    text: str
    left_pence: int

    @property
    def pence(self) -> int:
        """What it would take: nothing more where it is awarded, else what is recommended or was asked for."""
        return to_pay(self.bid)

    @property
    def is_within(self) -> bool:
        return self.left_pence >= 0


@dataclass(frozen=True)
class Ranking:
    lines: list[Line]
    pot_pence: int

    @property
    def cut(self) -> Line | None:
        """The first bid for which the money does not last."""
        return next((line for line in self.lines if not line.is_within), None)


def ranking_of(user: User, round_: Round) -> Ranking:
    """Every bid with an agreed score that this person may see."""
    bids = ranked_bids(user, round_)
    points, funded = points_of(bids), funded_areas(round_)
    entries = [
        Entry(bid, points[bid.id], bool(funded.get(bid.organisation.area_id, set()) - {bid.ref}), bid.submitted_at)
        for bid in bids
        if points.get(bid.id, {}).keys() >= {criterion.id for criterion in round_.criteria}
    ]
    scheme = scheme_of(round_)
    left = pot = money_for(round_)
    lines = []
    for placed in rank(scheme, entries):
        left -= to_pay(placed.entry.key)
        lines.append(Line(placed, placed.entry.key, scheme.text(placed.result), left))
    return Ranking(lines, pot)


def money_for(round_: Round) -> int:
    """What is left in the budgets of this year, and of what there is in the round, whichever is less."""
    budget = sum(each.available_pence for each in budgets_for(round_.fund_id, clock.today()))
    return min(budget, pot) if (pot := left_in_pot(round_)) is not None else budget


def to_pay(bid: Application) -> int:
    if bid.stage is BidStage.AWARDED:
        return 0
    return (bid.requested_pence or 0) if bid.recommended_pence is None else bid.recommended_pence


def ranked_bids(user: User, round_: Round) -> Sequence[Application]:
    return db.session.scalars(
        bids_visible_to(user)
        .where(Application.round_id == round_.id, Application.stage.in_(RANKED), Application.agreed_permille.is_not(None))
        .options(joinedload(Application.organisation))
        .order_by(Application.id)
    ).all()


def points_of(bids: Sequence[Application]) -> dict[int, Points]:
    """Bid → the points that count: those agreed in moderation, else those of its only assessor."""
    ids = [bid.id for bid in bids]
    only = (
        select(Assignment.application_id, Score.criterion_id, Score.points)
        .join(Score, Score.assignment_id == Assignment.id)
        .where(Assignment.application_id.in_(ids), Assignment.stage == Stage.SUBMITTED)
    )
    agreed = select(Moderated.application_id, Moderated.criterion_id, Moderated.points).where(Moderated.application_id.in_(ids))
    found: dict[int, dict[int, int]] = {}
    for query in (only, agreed):
        for bid_id, criterion_id, given in db.session.execute(query):
            found.setdefault(bid_id, {})[criterion_id] = given or 0
    return dict(found)


def funded_areas(round_: Round) -> dict[int | None, set[str]]:
    """The areas that hold a grant of this fund in this financial year, with the bids it was given to."""
    held = (
        select(Commitment.area_id, Commitment.case)
        .join(Commitment.budget)
        .where(Budget.fund_id == round_.fund_id, Budget.year == clock.financial_year(clock.today()))
        .where(Commitment.released_at.is_(None))
    )
    found: dict[int | None, set[str]] = {}
    for area_id, case in db.session.execute(held):
        found.setdefault(area_id, set()).add(case)
    return found

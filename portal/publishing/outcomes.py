"""What came of a round: its decisions, as far as they were published and stand, and the grants of earlier papers."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import CompoundSelect, Integer, bindparam, false, func, literal, select, union_all

from portal.applications.models import Application
from portal.awards.models import Award, Decision, NoticeStage, Outcome
from portal.awards.policy import notices_visible_to
from portal.core import money
from portal.core.db import db
from portal.funds.models import Round


@dataclass(frozen=True)
class Outcomes:
    """How many applications were funded, with how much, and how many were not."""

    grants: int
    declined: int
    pence: int

    def __str__(self) -> str:
        if not self.grants + self.declined:
            return "No decision of this round has been published here yet."
        made = f"{self.grants} {'grant' if self.grants == 1 else 'grants'}, {money.show(self.pence)} in all"
        not_made = f"{self.declined} {'application was' if self.declined == 1 else 'applications were'} not funded"
        return ". ".join([*([made] if self.grants else []), *([not_made] if self.declined else [])]) + "."


def outcomes_of(round_: Round) -> Outcomes:
    """In one query: what was decided here, and what published papers told before."""
    rows = db.session.execute(counting_outcomes(), {"round_id": round_.id}).all()
    given = [(number, pence) for outcome, number, pence in rows if outcome is not Outcome.DECLINE]
    declined = sum(number for outcome, number, _ in rows if outcome is Outcome.DECLINE)
    return Outcomes(sum(number for number, _ in given), declined, sum(pence for _, pence in given))


@cache
def counting_outcomes() -> CompoundSelect[Any]:
    """By outcome, how many and how many pence. Put together once, which takes as long as asking it."""
    of_round = bindparam("round_id", type_=Integer)
    stands = func.coalesce(Decision.stage == NoticeStage.PUBLISHED, false())  # hidden from SQLite: it would begin there
    of_bids = Decision.application_id.in_(select(Application.id).where(Application.round_id == of_round))
    pence = func.coalesce(func.sum(Decision.awarded_pence), 0)
    decided = notices_visible_to(None).where(of_bids, stands).with_only_columns(Decision.outcome, func.count(), pence)
    made = literal(Outcome.AWARD, Decision.outcome.type)
    told = select(made, func.count(), func.coalesce(func.sum(Award.pence), 0)).where(Award.round_id == of_round)
    return union_all(decided.group_by(Decision.outcome), told)

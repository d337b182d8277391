"""What came of a round: its decisions, as far as they were published and stand, and the grants of earlier papers."""

from dataclasses import dataclass

from sqlalchemy import func, select

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
    """Two queries: what was decided here, and what published papers told before."""
    published = notices_visible_to(None).where(Decision.stage == NoticeStage.PUBLISHED).join(Decision.application)
    published = published.where(Application.round_id == round_.id).with_only_columns(Decision.id)
    counted = select(Decision.outcome, func.count(), func.coalesce(func.sum(Decision.awarded_pence), 0))
    rows = db.session.execute(counted.where(Decision.id.in_(published)).group_by(Decision.outcome)).all()
    given = [(number, pence) for outcome, number, pence in rows if outcome is not Outcome.DECLINE]
    declined = sum(number for outcome, number, _ in rows if outcome is Outcome.DECLINE)
    before, pence_before = taken_over(round_)
    return Outcomes(before + sum(number for number, _ in given), declined, pence_before + sum(pence for _, pence in given))


def taken_over(round_: Round) -> tuple[int, int]:
    """Grants that were made before this portal and are known from published papers: how many, and how many pence."""
    known = select(func.count(), func.coalesce(func.sum(Award.pence), 0))
    known = known.where(Award.fund_id == round_.fund_id, Award.is_history, Award.ref.startswith(f"{round_.code}-"))
    number, pence = db.session.execute(known).one()
    return number, pence

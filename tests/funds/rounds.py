"""Rounds to try rules on: still drafts, with the criteria of a round that is open."""

from datetime import timedelta

from sqlalchemy import select

from portal.core import clock
from portal.core.db import db, write
from portal.funds import actions
from portal.funds.models import Round, RoundKind
from tests.cast import OMAR, user_of


def round_called(code: str) -> Round:
    return db.session.scalars(select(Round).where(Round.code == code)).one()


def a_draft_round(code: str = "SCF27", like: str = "SCF26") -> Round:
    """Judged, asked and checked as the round that it is like."""
    model = round_called(like)

    def make() -> Round:
        made = Round(
            code=code, title=f"Round {code}", fund_id=model.fund_id, kind=RoundKind.COMPETED, accepts=list(model.accepts),
            opens_at=clock.now() + timedelta(days=10), closes_at=clock.now() + timedelta(days=40), cap_pence=500_000,
            question_version_id=model.question_version_id, return_version_id=model.return_version_id,
        )  # fmt: skip
        db.session.add(made)
        db.session.flush()
        actions.copy_judging(made, model, by=user_of(OMAR))
        actions.copy_entry(made, model, by=user_of(OMAR))
        return made

    return write(make)

"""Funds by the hundred, each with a round that is open, one that is coming and one that is over: to measure lists with."""

from datetime import timedelta

from sqlalchemy import select

from portal.core import clock
from portal.core.db import db
from portal.funds.models import Fund, FundObjective, Round, RoundKind, RoundStage

STAGES = {RoundStage.OPEN: (-10, 30), RoundStage.CHECKED: (10, 60), RoundStage.CLOSED: (-90, -30)}


def many_funds(number: int) -> None:
    """As the first fund there is, under other names."""
    model = db.session.scalars(select(Fund).order_by(Fund.id)).first()
    same = {name: getattr(model, name) for name in ("purpose", "summary", "who_can_apply", "what_for", "not_funded", "how_judged",
                                                    "legal_basis", "contact", "plan_id")}  # fmt: skip
    for n in range(number):
        fund = Fund(slug=f"many-{n:04}", name=f"Fund of many {n:03}", **same)
        fund.served.append(FundObjective(objective_id=model.served[0].objective_id))
        fund.rounds.extend(a_round(n, stage, *days) for stage, days in STAGES.items())
        db.session.add(fund)
    db.session.flush()


def a_round(number: int, stage: RoundStage, opens: int, closes: int) -> Round:
    begins, ends = (clock.now() + timedelta(days=days, minutes=number) for days in (opens, closes))
    was_open = stage is not RoundStage.CHECKED
    return Round(
        code=f"M{number:04}-{stage.value}", title=f"Many {number:03}, {stage.value}", kind=RoundKind.COMPETED, stage=stage,
        opens_at=begins, closes_at=ends, open_at=begins if was_open else None, checked_at=begins - timedelta(days=40),
        closed_at=ends if stage is RoundStage.CLOSED else None, accepts=["charity"], cap_pence=500_000,
    )  # fmt: skip

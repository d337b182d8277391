"""Takes over the grants that published papers tell of, as closed awards without a bid."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from portal.awards.models import Award, AwardFunding, AwardObjective, AwardStage
from portal.core import clock
from portal.core.audit import record
from portal.core.db import db, write
from portal.demonstration.rounds import round_of
from portal.demonstration.telling import Story, at
from portal.funds import actions as funds
from portal.funds.models import Budget, Fund, Source
from portal.people.actions import change_standing
from portal.people.models import SYSTEM, Organisation
from portal.plan.models import Direction, Objective, Rag

SPEND_UNKNOWN = "What was spent of it is not published."


def taken_over(rows: list[dict[str, Any]]) -> Story:
    """All of them on the day that the portal was set up."""
    yield at(-310)
    for row in rows:
        write(take_over, row)


def take_over(facts: dict[str, Any]) -> Award:
    """One award with its money, committed on the day it was awarded."""
    organisation = db.session.scalars(select(Organisation).where(Organisation.key == facts["recipient"])).one()
    fund = db.session.scalars(select(Fund).where(Fund.slug == facts["fund"])).one()
    round_ = round_of(facts["round"])
    awarded_at = clock.london(date.fromisoformat(facts["awarded_on"]))
    ends_on = date.fromisoformat(facts["ends_on"])
    award = Award(
        ref=funds.next_reference(round_), title=facts["title"], purpose=facts["purpose"], fund_id=fund.id, round_id=round_.id,
        recipient_id=organisation.id, pence=facts["pence"], starts_on=date.fromisoformat(facts["starts_on"]), ends_on=ends_on,
        stage=AwardStage.CLOSED, offered_at=awarded_at, accepted_at=awarded_at, live_at=awarded_at,
        closed_at=clock.london(ends_on + timedelta(days=1)), delivery_rag=Rag.GREY, spend_rag=Rag.GREY,
        direction=Direction.NEW, is_history=True, published_source=facts["source"],
        note=" ".join((facts["recipient_note"], facts["note"], SPEND_UNKNOWN)),
    )  # fmt: skip
    db.session.add(award)
    db.session.flush()
    with clock.hold(awarded_at):
        pay_from_budgets(award, facts["funding"], organisation.area_id)
    for position, code in enumerate(facts["objectives"]):
        served = db.session.scalars(select(Objective.id).where(Objective.code == code)).one()
        award.objectives.append(AwardObjective(position=position, objective_id=served))
    change_standing(organisation.id, awards=1, awarded_pence=award.pence)
    record("award.take_over", award, by=SYSTEM, source=facts["source"])
    return award


def pay_from_budgets(award: Award, parts: list[dict[str, Any]], area_id: int | None) -> None:
    for part in parts:
        budget = budget_of(award.fund_id, part["source"], part["year"])
        funds.commit(budget.id, part["pence"], case=award.ref, area_id=area_id)
        award.funding.append(AwardFunding(budget_id=budget.id, pence=part["pence"], spent_pence=0))


def budget_of(fund_id: int, source_key: str, year: str) -> Budget:
    found = select(Budget).join(Source).where(Budget.fund_id == fund_id, Source.key == source_key, Budget.year == year)
    return db.session.scalars(found).one()

"""The award that follows a decision: the bid's facts frozen into it, and its money committed."""

from datetime import timedelta

from sqlalchemy import select

from portal.applications.lines import budget_of, measures_of
from portal.applications.lists import left_in_pot, sheet_of
from portal.applications.models import Application, ApplicationObjective
from portal.awards.models import Award, AwardFunding, AwardLine, AwardMeasure, AwardObjective, AwardStage, Decision
from portal.core import clock, money
from portal.core.db import db
from portal.core.problems import Refused
from portal.funds import actions as funds
from portal.people.lists import host_of
from portal.plan.models import Direction, Rag


def offer(application: Application, decision: Decision, budget_id: int) -> Award:
    """The offer of what was decided, written down but not yet paid for."""
    today = clock.today()
    start = application.starts_on or today
    award = Award(
        ref=application.ref, title=application.title, purpose=application.summary, fund_id=application.round.fund_id,
        application=application, decision=decision, pence=decision.awarded_pence, partnership=application.organisation,
        recipient=application.accountable_body or host_of(application.organisation), starts_on=start,
        ends_on=application.ends_on or start, offered_at=clock.now(), stage=AwardStage.OFFERED,
        accept_by_on=today + timedelta(days=application.round.acceptance_days),
        delivery_rag=Rag.GREY, spend_rag=Rag.GREY, direction=Direction.NEW,
    )  # fmt: skip
    award.funding.append(AwardFunding(budget_id=budget_id, pence=decision.awarded_pence, spent_pence=0))
    take_over(award, application)
    return award


def commit_money(award: Award) -> None:
    """Take its pounds out of its budgets. Refused when one of them, or the pot of the round, has not that much left."""
    check_pot(award)
    area_id = award.partnership.area_id if award.partnership else None
    for part in award.funding:
        funds.commit(part.budget_id, part.pence, case=award.ref, area_id=area_id)


def check_pot(award: Award) -> None:
    """The round's row is locked until the commit, so that two decisions do not share the last pounds of a pot."""
    if award.application is None or award.application.round.pot_pence is None:
        return
    round_ = funds.hold_numbers(award.application.round)
    left = left_in_pot(round_) or 0
    if award.pence > left:
        raise Refused(
            f"There is {money.show(left)} left of the {money.show(round_.pot_pence)} in {round_}, which is less than"
            f" {money.show(award.pence)}. Award less, or ask the head of commissioning to raise what there is.",
            "amount",
        )


def take_over(award: Award, application: Application) -> None:
    """Budget lines, measures and objectives, as the bid says them. What others pay for alone is no line of the grant."""
    sheet = sheet_of(application)
    for position, line in enumerate(budget_of(application, sheet)):
        award.lines.append(AwardLine(position=position, category=line.category, description=line.description,
                                     asked_pence=line.asked_pence, pence=line.asked_pence))  # fmt: skip
    for position, measure in enumerate(measures_of(sheet)):
        award.measures.append(AwardMeasure(position=position, name=measure.name, baseline=measure.baseline,
                                           target=measure.target, method=measure.method))  # fmt: skip
    named = db.session.scalars(
        select(ApplicationObjective)
        .where(ApplicationObjective.application_id == application.id)
        .order_by(ApplicationObjective.id)
    )
    for position, served in enumerate(named):
        award.objectives.append(AwardObjective(position=position, objective_id=served.objective_id))

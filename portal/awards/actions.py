"""Verbs of decisions and awards. The decision, its notice, the commitment and the offer are one write."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from sqlalchemy import func, select

from portal.applications.lists import sheet_of
from portal.applications.models import Application, ApplicationObjective
from portal.applications.workflow import LIFE as BID
from portal.awards import lists
from portal.awards.models import (
    Award,
    AwardFunding,
    AwardLine,
    AwardMeasure,
    AwardObjective,
    AwardStage,
    Decision,
    NoticeStage,
    Outcome,
)  # fmt: skip
from portal.awards.workflow import LIFE, NOTICE
from portal.core import clock, money, outbox
from portal.core.clock import LONDON
from portal.core.db import db
from portal.core.problems import NotNow, Refused
from portal.funds import actions as funds
from portal.people.actions import change_standing, involve
from portal.people.lists import host_of, members_of
from portal.people.models import SYSTEM, Capacity, Right, User
from portal.plan.models import Direction, Rag


def decide(
    application: Application, outcome: Outcome, pence: int, *, budget_id: int | None, reasons: str, conditions: str = "",
    not_funded: str = "", feedback: str = "", interests: str, by: User,
) -> Decision:  # fmt: skip
    """Decide a bid: in full, in part, or not. Refused without reasons, beyond what was asked, or beyond the fund's budget."""
    check_decision(application, outcome, pence, budget_id, reasons, not_funded, feedback, interests)
    involve(by, application.ref, Capacity.DECIDER)
    decision = Decision(
        ref=next_number(), application_id=application.id, outcome=outcome, requested_pence=application.requested_pence,
        awarded_pence=pence, reasons=reasons, conditions=conditions, not_funded=not_funded, feedback=feedback,
        legal_basis=application.round.fund.legal_basis, interests=interests, decided_by_id=by.id,
        decided_at=clock.now(), stage=NoticeStage.DRAFT,
    )  # fmt: skip
    decision.application = application
    db.session.add(decision)
    db.session.flush()
    NOTICE.advance(decision, "approve", by=by, outcome=outcome.value, awarded_pence=pence)
    if outcome is Outcome.DECLINE:
        BID.advance(application, "decline", by=by, reasons=reasons)
        letter(application, "awards/declined", decision=decision)
    else:
        award = offer(application, decision, budget_id or 0)
        BID.advance(application, "award", by=by, awarded_pence=pence, reasons=reasons)
        letter(application, "awards/offered", decision=decision, award=award)
    application.changed_at = clock.now()
    return decision


def check_decision(
    application: Application, outcome: Outcome, pence: int, budget_id: int | None, reasons: str, not_funded: str,
    feedback: str, interests: str,
) -> None:  # fmt: skip
    """Refuse what the notice could not be published with."""
    asked = application.requested_pence or 0
    if not interests:
        raise Refused("State that you have no interest that keeps you from deciding", "interests")
    if not reasons:
        raise Refused("Give the reasons: they are published", "reasons")
    if outcome is Outcome.DECLINE:
        if not feedback:
            raise Refused("Say what the applicant can learn from this", "feedback")
        return
    if budget_id is None:
        raise Refused("Choose the budget that pays", "budget")
    if pence <= 0:
        raise Refused("Enter an amount above zero", "amount")
    if pence > asked:
        raise Refused(f"The applicant asked for {money.show(asked)}: award that or less", "amount")
    if outcome is Outcome.AWARD and pence != asked:
        raise Refused(f"A full award is {money.show(asked)}. Choose an award in part, or enter that amount", "amount")
    if outcome is Outcome.PART_AWARD and pence == asked:
        raise Refused("This is all that was asked for. Choose an award in full, or enter less", "amount")
    if outcome is Outcome.PART_AWARD and not not_funded:
        raise Refused("Say what the part award does not pay for", "not_funded")


def next_number() -> str:
    """The next decision of the calendar year: D2026-0007. The unique constraint settles a race; `write` answers it."""
    year = clock.today().year
    count = db.session.scalar(select(func.count()).where(Decision.ref.startswith(f"D{year}-"))) or 0
    return f"D{year}-{count + 1:04d}"


def offer(application: Application, decision: Decision, budget_id: int) -> Award:
    """The award that follows a decision, its money committed and its bid's facts frozen into it."""
    today = clock.today()
    start = application.starts_on or today
    award = Award(
        ref=application.ref, title=application.title, purpose=application.summary, application_id=application.id,
        decision_id=decision.id, fund_id=application.round.fund_id,
        recipient_id=application.accountable_body_id or host_of(application.organisation).id,
        partnership_id=application.organisation_id, pence=decision.awarded_pence, starts_on=start,
        ends_on=application.ends_on or start, offered_at=clock.now(), stage=AwardStage.OFFERED,
        accept_by_on=today + timedelta(days=application.round.acceptance_days),
        delivery_rag=Rag.GREY, spend_rag=Rag.GREY, direction=Direction.NEW,
    )  # fmt: skip
    award.decision, award.application = decision, application
    award.funding.append(AwardFunding(budget_id=budget_id, pence=decision.awarded_pence, spent_pence=0))
    take_over(award, application)
    db.session.add(award)
    funds.commit(budget_id, decision.awarded_pence, case=application.ref, area_id=application.organisation.area_id)
    db.session.flush()
    return award


def take_over(award: Award, application: Application) -> None:
    """Budget lines, measures and objectives, as the bid says them."""
    sheet = sheet_of(application)
    for position, line in enumerate(sheet.group("budget")):
        asked = line["from_grant"].value or 0
        award.lines.append(AwardLine(position=position, category=line["category"].shown, description=line["description"].shown,
                                     asked_pence=asked, pence=asked))  # fmt: skip
    for position, line in enumerate(sheet.group("measures")):
        award.measures.append(AwardMeasure(position=position, name=line["name"].shown, baseline=line["baseline"].value or 0,
                                           target=line["target"].value or 0, method=line["method"].shown))  # fmt: skip
    named = db.session.scalars(
        select(ApplicationObjective)
        .where(ApplicationObjective.application_id == application.id)
        .order_by(ApplicationObjective.id)
    )
    for position, served in enumerate(named):
        award.objectives.append(AwardObjective(position=position, objective_id=served.objective_id))


def letter(application: Application, template: str, **context: object) -> None:
    """Tell the applicant's lead and the signatories of the body that would receive the money."""
    people = [*members_of(application.organisation_id, Right.LEAD)]
    if application.accountable_body_id is not None:
        people += members_of(application.accountable_body_id, Right.SIGNATORY)
    outbox.send(template, to=people, case=application.ref, application=application, **context)


def publish(decision: Decision, *, by: User) -> None:
    """Publish the notice. An offer is announced only once it has been accepted."""
    award = lists.award_of(decision)
    if award is not None and award.stage is AwardStage.OFFERED:
        raise NotNow("The offer has not been accepted yet: the notice is published after that.")
    NOTICE.advance(decision, "publish", by=by)


def accept(award: Award, lines: Mapping[int, int], targets: Mapping[int, int], *, by: User) -> None:
    """Accept the offer. `lines`: budget line id → pence, `targets`: measure id → target, cut again after a part award.

    Refused when the lines do not add up to the award. Returns are scheduled in the same write.
    """
    if award.accept_by_on is not None and clock.today() > award.accept_by_on:
        raise NotNow(f"The offer ran out on {clock.read_day(award.accept_by_on)}. Ask the grants team.")
    if award.is_part:
        for line in award.lines:
            line.pence = lines.get(line.id, line.pence)
            if not 0 <= line.pence <= line.asked_pence:
                raise Refused(f"Enter an amount from £0 to {money.show(line.asked_pence)}", f"line-{line.id}")
        for measure in award.measures:
            measure.target = targets.get(measure.id, measure.target)
    if award.lines and (total := sum(line.pence for line in award.lines)) != award.pence:
        raise Refused(f"The lines add up to {money.show(total)}: make them {money.show(award.pence)}", "lines")
    award.accepted_by_id = by.id
    LIFE.advance(award, "accept", by=by, pence=award.pence)
    change_standing(award.partnership_id or award.recipient_id, awards=1, awarded_pence=award.pence)
    if award.application is not None:
        letter(award.application, "awards/accepted", award=award)


def go_live(award: Award, *, by: User) -> None:
    """Start a small grant straight after acceptance."""
    LIFE.advance(award, "go_live", by=by)


def decline_offer(award: Award, reason: str, *, by: User) -> None:
    """Turn the offer down; its money goes back to the fund."""
    if not reason:
        raise Refused("Say why you decline the offer", "reason")
    LIFE.advance(award, "decline_offer", by=by, reason=reason)
    let_go(award, by=by)


def lapse_overdue() -> list[Award]:
    """Let every offer lapse whose time has run out. Safe to run again."""
    overdue = db.session.scalars(
        select(Award).where(Award.stage == AwardStage.OFFERED, Award.accept_by_on < clock.now().astimezone(LONDON).date())
    ).all()
    for award in overdue:
        LIFE.advance(award, "lapse", by=SYSTEM)
        let_go(award, by=SYSTEM)
    return list(overdue)


def let_go(award: Award, *, by: object) -> None:
    funds.release(award.ref)
    if award.application is not None:
        BID.advance(award.application, "lapse", by=SYSTEM)
        award.application.changed_at = clock.now()


def note_progress(award: Award, *, delivery: Rag, spend: Rag, direction: Direction, reason: str) -> None:
    """Keep what an accepted return says of the award, where lists and reports read it."""
    award.delivery_rag, award.spend_rag, award.direction = delivery, spend, direction
    award.rag_reason, award.rag_on = reason, clock.today()


def note_spend(award: Award, pence: int) -> None:
    """Spread the reported spend over the award's funding, the earliest first; what is over the award stays on the last part."""
    left = pence
    parts: Sequence[AwardFunding] = award.funding
    for number, part in enumerate(parts, 1):
        part.spent_pence = left if number == len(parts) else min(left, part.pence)
        left -= part.spent_pence

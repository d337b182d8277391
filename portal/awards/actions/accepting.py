"""What becomes of an offer: accepted, turned down, or out of time."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from portal.applications.models import Application
from portal.applications.models import Stage as BidStage
from portal.applications.workflow import LIFE as BID
from portal.awards import letters
from portal.awards.models import Award, AwardStage
from portal.awards.workflow import LIFE
from portal.core import clock, money
from portal.core.db import db, hold
from portal.core.problems import NotNow, Refused
from portal.funds import actions as funds
from portal.people.actions import change_standing
from portal.people.models import SYSTEM, User


def accept(award: Award, lines: Mapping[int, int], targets: Mapping[int, int], *, by: User) -> None:
    """Accept the offer. `lines`: budget line id → pence, `targets`: measure id → target, cut again after a part award.

    Refused when the lines do not add up to the award. Returns are scheduled in the same write.
    """
    hold(award)
    if award.accept_by_on is not None and clock.today() > award.accept_by_on:
        raise NotNow(f"The offer ran out on {clock.read_day(award.accept_by_on)}. Ask the grants team.")
    cut = cut_again(award, lines, targets) if award.is_part else {}
    if award.lines and (total := sum(line.pence for line in award.lines)) != award.pence:
        raise Refused(f"Your lines add up to {money.show(total)}: make them {money.show(award.pence)}", "lines")
    award.accepted_by_id = by.id
    LIFE.advance(award, "accept", by=by, pence=award.pence, **cut)
    change_standing(award.partnership_id or award.recipient_id, awards=1, awarded_pence=award.pence)
    letters.tell_accepted(award)


def cut_again(award: Award, lines: Mapping[int, int], targets: Mapping[int, int]) -> dict[str, Any]:
    """Take over the smaller budget and the targets that go with it. Returns what was changed, for the history."""
    budget, aims = [], []
    for line in award.lines:
        line.pence = lines.get(line.id, line.pence)
        if not 0 <= line.pence <= line.asked_pence:
            raise Refused(f"Enter an amount from £0 to {money.show(line.asked_pence)}", f"line-{line.id}")
        if line.pence != line.asked_pence:
            budget.append([line.description, line.asked_pence, line.pence])
    for measure in award.measures:
        before, measure.target = measure.target, targets.get(measure.id, measure.target)
        if measure.target != before:
            aims.append([measure.name, before, measure.target])
    return {"lines": budget, "targets": aims}


def go_live(award: Award, *, by: User) -> None:
    """Start a small grant straight after acceptance."""
    hold(award)
    LIFE.advance(award, "go_live", by=by)
    letters.tell_started(award)


def decline_offer(award: Award, reason: str, *, by: User) -> None:
    """Turn the offer down; its money goes back to the fund."""
    hold(award)
    if not reason:
        raise Refused("Say why you decline the offer", "reason")
    LIFE.advance(award, "decline_offer", by=by, reason=reason)
    letters.tell_offer_declined(award, reason)
    let_go(award)


def lapse_overdue() -> list[Award]:
    """Let every offer lapse whose time has run out. Safe to run again."""
    overdue = db.session.scalars(
        select(Award)
        .where(Award.stage == AwardStage.OFFERED, Award.accept_by_on < clock.today())
        .order_by(Award.id)
        .with_for_update(of=Award, skip_locked=True)
    ).all()
    for award in overdue:
        LIFE.advance(award, "lapse", by=SYSTEM)
        letters.tell_lapsed(award)
    for award in overdue:
        let_go(award)
    return list(overdue)


def tell_first_in_reserve(award: Award, bid: Application) -> None:
    """Money has come free: the officers hear which bid of the round stands first on its reserve list."""
    waiting = select(Application).where(Application.round_id == bid.round_id, Application.stage == BidStage.RESERVE)
    if (first := db.session.scalar(waiting.order_by(Application.reserve_place, Application.id).limit(1))) is not None:
        letters.tell_reserve(award, first)


def let_go(award: Award) -> None:
    """End the bid with its award, and give the money back to the fund: last, as others wait for the budget."""
    if award.application is not None:
        BID.advance(award.application, "lapse", by=SYSTEM)
        award.application.changed_at = clock.now()
        tell_first_in_reserve(award, award.application)
    funds.release(award.ref)

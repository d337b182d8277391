"""Reminding signatories of an offer before it lapses."""

from flask import current_app
from sqlalchemy import select

from portal.awards import letters
from portal.awards.models import Award, AwardStage
from portal.core import clock, reminding
from portal.core.db import db

AT_ONCE = 100  # so that nobody waits long for the lock


def remind_of_offers() -> int:
    """Write to those who can accept an offer, once for each reminder that has come; how many offers. Safe to run again."""
    steps = current_app.extensions["settings"].remind_offers
    waiting = db.session.scalars(
        select(Award)
        .where(Award.stage == AwardStage.OFFERED, Award.accept_by_on >= clock.today())
        .where(reminding.is_time(Award.accept_by_on, Award.reminded_days, steps))
        .order_by(Award.id)
        .limit(AT_ONCE)
        .with_for_update(of=Award, skip_locked=True)
    ).all()
    for award in waiting:
        if award.accept_by_on is not None:
            award.reminded_days = reminding.step_for(award.accept_by_on, steps)
        letters.remind_of_offer(award)
    return len(waiting)

"""When returns fall due, and what it means for an organisation's standing when they do not come."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import func, select

from portal.awards.calendar import periods_of
from portal.awards.models import Award
from portal.awards.standing import owner
from portal.core import clock
from portal.core.audit import record
from portal.core.db import db
from portal.monitoring import letters
from portal.monitoring.actions.reminding import note_told
from portal.monitoring.models import WITH_APPLICANT, Return, ReturnKind, Stage
from portal.people.actions import change_standing, standing_of
from portal.people.models import SYSTEM
from portal.questions import actions as answering


def schedule_returns(award: Award, *, by: Any) -> None:
    """Write down the returns that the grant owes. Runs in the write that accepts the award."""
    if award.application is None or (form := award.application.round.return_version_id) is None:
        return
    for number, period in enumerate(periods_of(award), 1):
        db.session.add(
            Return(ref=f"{award.ref}-R{number}", award_id=award.id, number=number, period_from=award.starts_on,
                   kind=ReturnKind(period.kind), period_to=period.until,
                   due_on=period.due_on, stage=Stage.DUE, answer_set_id=answering.new_answer_set(form).id)
        )  # fmt: skip


def count_overdue() -> int:
    """Count returns that have run over into their organisation's standing; how many are new. Safe to run again."""
    late = db.session.scalars(
        select(Return)
        .where(Return.stage.in_(WITH_APPLICANT), Return.due_on < clock.today(), Return.is_counted_overdue.is_(False))
        .order_by(Return.id)
        .with_for_update(of=Return, skip_locked=True)
    ).all()
    for return_ in late:
        return_.is_counted_overdue = True
        change_standing(standing_owner(return_.award), overdue_returns=1)
        note_told(return_)
        record("return.overdue", return_, by=SYSTEM)
        letters.tell_overdue(return_)
    return len(late)


def recount_overdue(organisation_ids: Iterable[int]) -> None:
    """Count anew what is overdue where two organisations were merged or parted."""
    for number in organisation_ids:
        late = select(func.count(Return.id)).join(Return.award).where(Return.is_counted_overdue, owner() == number)
        standing_of(number).overdue_returns = db.session.scalar(late) or 0


def settle_overdue(return_: Return) -> None:
    """A return that has been dealt with no longer counts against its organisation."""
    if return_.is_counted_overdue:
        return_.is_counted_overdue = False
        change_standing(standing_owner(return_.award), overdue_returns=-1)


def standing_owner(award: Award) -> int:
    return award.partnership_id or award.recipient_id

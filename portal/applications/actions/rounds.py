"""What a round's moves mean for its bids: who has a draft is told, and nothing is put away that is still under way."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import select

from portal.applications.lists import promised_in
from portal.applications.models import Application, Stage
from portal.applications.policy import PRIVATE
from portal.core import clock, money, outbox
from portal.core.audit import record
from portal.core.clock import read_moment
from portal.core.db import db
from portal.core.problems import NotNow, Refused
from portal.funds.models import Round
from portal.funds.round_lists import last_clarification, last_extension
from portal.people.lists import members_of
from portal.people.models import Right, User

OVER = (Stage.DECLINED, Stage.WITHDRAWN, Stage.LAPSED, Stage.INELIGIBLE, Stage.AWARDED)


def drafts_of(round_: Round, organisation_id: int | None = None) -> Sequence[Application]:
    """The live bids that are being written, of everybody or of one applicant."""
    query = select(Application).where(
        Application.round_id == round_.id, Application.stage.in_(PRIVATE), Application.is_test.is_(False)
    )
    if organisation_id is not None:
        query = query.where(Application.organisation_id == organisation_id)
    return db.session.scalars(query.order_by(Application.id)).all()


def tell(drafts: Iterable[Application], happened: str, sentence: str) -> None:
    """Write to whoever leads or writes one of these drafts."""
    for draft in drafts:
        outbox.send("applications/round_changed", to=members_of(draft.organisation_id, Right.LEAD, Right.CONTRIBUTOR),
                    case=draft.ref, application=draft, happened=happened, sentence=sentence)  # fmt: skip


def tell_paused(round_: Round, *, by: Any) -> None:
    tell(drafts_of(round_), "is paused", f"{round_.pause_reason}\n\nYou can read your answers. We write to you when it goes on.")


def tell_resumed(round_: Round, *, by: Any) -> None:
    until = f" It closes on {read_moment(round_.closes_at)}." if round_.closes_at else ""
    tell(drafts_of(round_), "goes on", f"You can go on with your application.{until}")


def tell_extended(round_: Round, *, by: Any) -> None:
    given = last_extension(round_)
    tell(drafts_of(round_), "stays open longer", f"It now closes on {read_moment(given.closes_at)}.\n\n{given.reason}")


def tell_extended_one(round_: Round, *, by: Any) -> None:
    given = last_extension(round_)
    sentence = f"You have until {read_moment(given.closes_at)} to send your application.\n\n{given.reason}"
    tell(drafts_of(round_, given.organisation_id), "stays open longer for you", sentence)


def tell_closed_early(round_: Round, *, by: Any) -> None:
    """The closing time was known to all; an earlier end was not."""
    if not by.is_system:
        tell(drafts_of(round_), "has been closed early", "Applications can no longer be sent. Your answers are kept.")


def tell_answered(round_: Round, *, by: Any) -> None:
    """Whoever leads a draft reads the same answer, whoever asked."""
    answered = last_clarification(round_)
    for draft in drafts_of(round_):
        outbox.send("applications/clarified", to=members_of(draft.organisation_id, Right.LEAD), case=draft.ref,
                    application=draft, question=answered.question, answer=answered.answer)  # fmt: skip


def require_all_over(round_: Round, *, by: Any) -> None:
    """A round is put away when every bid that was sent has ended, was awarded or was taken forward."""
    under_way = db.session.scalars(
        select(Application.ref)
        .where(Application.round_id == round_.id, Application.is_test.is_(False), Application.submitted_at.is_not(None))
        .where(Application.stage.not_in(OVER), Application.taken_forward_at.is_(None))
        .order_by(Application.id)
    ).all()
    if under_way:
        more = f" and {len(under_way) - 3} more" if len(under_way) > 3 else ""
        raise NotNow(f"These are still under way, so {round_} cannot be archived: {', '.join(under_way[:3])}{more}.")


def require_pot_lasts(round_: Round, *, by: Any) -> None:
    """There is never less in a round than its bids were promised."""
    if (promised := promised_in(round_)) > (round_.pot_pence or 0):
        raise Refused(f"{money.show(promised)} of it is promised already: enter that or more", "pot_pence")


def forwardable(round_: Round) -> Sequence[Application]:
    """The bids of the earlier stage that may be taken forward into this round, or have been."""
    query = select(Application).where(
        Application.round_id == round_.follows_id, Application.is_test.is_(False), Application.submitted_at.is_not(None),
        Application.stage.not_in(OVER),
    )  # fmt: skip
    return db.session.scalars(query.order_by(Application.id)).all()


def take_forward(round_: Round, ids: Sequence[int], *, by: User) -> list[Application]:
    """Let these bids' applicants go on to the next stage; those that were already stay so. Their leads are told."""
    known = {each.id: each for each in forwardable(round_)}
    if not ids or set(ids) - set(known):
        raise Refused("Choose the applications to take forward", "bids")
    taken = [known[number] for number in ids if known[number].taken_forward_at is None]
    for application in taken:
        application.taken_forward_at = application.changed_at = clock.now()
        record("application.take_forward", application, by=by, round=round_.title)
        outbox.send("applications/taken_forward", to=members_of(application.organisation_id, Right.LEAD), case=application.ref,
                    application=application, round=round_)  # fmt: skip
    return taken

"""Verbs of alerts: asking, confirming, stopping, and telling of a round that has opened."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import delete, select

from portal.core import clock, outbox
from portal.core.audit import OFFICE, record
from portal.core.db import db
from portal.core.outbox import link
from portal.funds.models import Round
from portal.funds.policy import OFFERED
from portal.people import attempts
from portal.people.actions.inviting import Reader
from portal.people.tokens import digest, new_token
from portal.publishing.links import stop_token
from portal.publishing.models import AlertRequest, RoundAlert, Subscriber

OPEN_FOR = timedelta(days=3)


def ask_for_alerts(email: str, kinds: Sequence[str], area_ids: Sequence[int]) -> None:
    """Write to the address, known or not: only its reader learns more. Too many letters a day are not written."""
    email = email.lower()
    if not attempts.allowed("alerts", email):
        return
    token = new_token()
    db.session.add(
        AlertRequest(email=email, kinds=list(kinds), area_ids=list(area_ids), token_digest=digest(token),
                     asked_at=clock.now(), expires_at=clock.now() + OPEN_FOR)
    )  # fmt: skip
    outbox.send("publishing/confirm", to=[Reader(email, email)], token=token, gets_some=subscriber_at(email) is not None)


def confirm(request: AlertRequest) -> None:
    """From now on new rounds are told; earlier wishes of the same address give way. Doing it twice changes nothing."""
    db.session.refresh(request, with_for_update={"key_share": True})
    if request.confirmed_at is not None:
        return
    subscriber = subscriber_at(request.email)
    if subscriber is None:
        subscriber = Subscriber(email=request.email, confirmed_at=clock.now())
        db.session.add(subscriber)
    subscriber.kinds, subscriber.area_ids = request.kinds, request.area_ids
    request.confirmed_at = clock.now()


def stop(subscriber: Subscriber | None) -> None:
    """Nothing is left of the address. Whoever is gone already stays gone."""
    if subscriber is not None:
        erase(subscriber.email)


def tell_of(round_: Round, *, by: Any) -> None:
    """Write to everybody who wants to hear of such a round, once for ever. Follows the move that opens it."""
    told = db.session.scalar(select(RoundAlert.id).where(RoundAlert.round_id == round_.id))
    if told is not None or round_.kind not in OFFERED:
        return
    readers = those_who_want(round_)
    db.session.add(RoundAlert(round_id=round_.id, told_at=clock.now(), subscribers=len(readers)))
    if readers:
        record("round.tell", round_, by=by, readers=OFFICE, subscribers=len(readers))
    outbox.send("publishing/opened", to=readers, case=round_.code, round=round_, stop_token=stop_token,
                unsubscribe=lambda reader: link("publishing.stop_with_one_click", token=stop_token(reader)))  # fmt: skip


def those_who_want(round_: Round) -> list[Subscriber]:
    """A wish fits when the round takes one of its kinds, and its fund bodies of one of its areas."""
    kinds, areas = set(round_.accepts), {each.area_id for each in round_.fund.areas}
    return [
        each
        for each in db.session.scalars(select(Subscriber).order_by(Subscriber.id))
        if fits(each.kinds, kinds) and fits(each.area_ids, areas)
    ]


def fits(wished: Iterable[Any], there: set[Any]) -> bool:
    """Nothing wished for, or no limit set, fits everything."""
    return not wished or not there or not there.isdisjoint(wished)


def subscriber_at(email: str) -> Subscriber | None:
    return db.session.scalar(select(Subscriber).where(Subscriber.email == email))


def forget_unconfirmed() -> None:
    """Wipe what nobody confirmed in time, and the letters of those who did."""
    db.session.execute(delete(AlertRequest).where(AlertRequest.expires_at < clock.now()))


def erase(email: str) -> int:
    """Everything we have of an address; how many rows there were."""
    rows: list[Subscriber | AlertRequest] = list(db.session.scalars(select(Subscriber).where(Subscriber.email == email)))
    rows += db.session.scalars(select(AlertRequest).where(AlertRequest.email == email))
    for row in rows:
        db.session.delete(row)
    return len(rows)

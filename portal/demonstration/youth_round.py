"""The youth fund's round: a question that concerned everybody, a pause until it was answered, more time for one group."""

from sqlalchemy import select

from portal.core.db import db, write
from portal.demonstration.acts.bids import YOUTH, organisation_of, round_called
from portal.demonstration.cast import MAYA, OLLY, OMAR, PRIYA, user_of
from portal.demonstration.plots import bid
from portal.demonstration.telling import Story, at
from portal.funds import actions
from portal.funds.models import Clarification

BANK = "Our bank lets one of us pay alone by card. Does that count as two signatories?"
MINIBUS = "Can the grant pay for the hire of a minibus?"


def told() -> tuple[Story, ...]:
    return asked_and_paused(), more_time_for_one(), asked_again()


def asked_and_paused() -> Story:
    """Half of the groups would have answered the bank's question wrongly, so nobody sends anything until it is settled."""
    begun = bid("boxing", MAYA, 10, YOUTH)  # the one draft that there is then
    asked, paused = begun.on(0, "16:20"), begun.on(0, "17:45")
    answered, goes_on = begun.on(1, "07:30"), begun.on(1, "07:40")
    yield asked
    write(actions.ask, round_called(YOUTH), BANK, by=user_of(OLLY))
    yield paused
    reason = "A question about bank accounts concerns every group. We answer it by tomorrow morning."
    write(actions.pause, round_called(YOUTH), reason, by=user_of(OMAR))
    yield answered
    answer = "No. Two people who are not related must approve each payment, by card as well. Most banks can set this up in a day."
    write(actions.answer, waiting(), "Does it count as two signatories if one person can pay alone by card?", answer,
          by=user_of(OMAR))  # fmt: skip
    yield goes_on
    write(actions.resume, round_called(YOUTH), by=user_of(OMAR))


def more_time_for_one() -> Story:
    until = at(28, "17:00")
    yield at(-2, "11:30")
    reason = "Their treasurer, who alone can show the accounts, is in hospital. One week more, as for anyone in the same place."
    write(actions.extend, round_called(YOUTH), until, reason, only=organisation_of(OLLY), by=user_of(PRIYA))


def asked_again() -> Story:
    """This one still waits."""
    yield at(-1, "15:05")
    write(actions.ask, round_called(YOUTH), MINIBUS, by=None)


def waiting() -> Clarification:
    return db.session.scalars(select(Clarification).where(Clarification.published_at.is_(None))).one()

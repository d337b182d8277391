"""Accounts at the office's own sign-in service: who is let in with one, connected to whom, and the roles it gives and ends."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import delete, select

from portal.core import clock, outbox
from portal.core.audit import OFFICE, record
from portal.core.constraints import explain
from portal.core.db import db
from portal.core.problems import Refused
from portal.people import attempts
from portal.people.actions.roles import LAST, appoint, finish
from portal.people.actions.sign_ins import end_all
from portal.people.models import SYSTEM, Appointment, OfficeRole, SignIn, Source, User, WorkAccount
from portal.people.tokens import digest

SAID = "The office's directory says so"
NO_LONGER_SAID = "The office's directory no longer says so"
explain(
    uq_work_account_issuer_subject="This work account is connected to somebody else here. Ask an administrator.",
    uq_work_account_user_id_issuer="Another work account is connected already. Ask an administrator to disconnect it first.",
)


@dataclass(frozen=True)
class Identity:
    """Who somebody is at the office's sign-in service, as it has signed. Name and e-mail are shown to them and prove nothing."""

    issuer: str
    subject: str
    name: str
    email: str


def enter(identity: Identity, nonce: str, roles: set[OfficeRole] | None) -> User | None:
    """Whose work account this is, with the roles that the directory gives them now; None for who may not come in.

    `nonce` makes what was signed count once. `roles` is None where the service could not tell.
    """
    if not attempts.allowed("work account", nonce):
        return None
    user = owner_of(identity)
    if user is None or not user.active:
        return None
    if roles is not None:
        follow(user, roles)
    return user if user.is_staff or user.organisation_ids else None


def owner_of(identity: Identity) -> User | None:
    """The person, held until the end of the transaction, so that two sign-ins at once give no role twice."""
    found = select(WorkAccount).where(WorkAccount.issuer == identity.issuer, WorkAccount.subject == identity.subject)
    account = db.session.scalar(found.with_for_update(of=WorkAccount))
    return None if account is None else account.user


def follow(user: User, roles: set[OfficeRole]) -> None:
    """Give and end what the directory says. What somebody gave by hand is left alone, and so is the last administrator."""
    for held in [held for held in user.appointments if held.source is Source.DIRECTORY and not held.is_past]:
        if held.role not in roles:
            end_unless_last(held)
    for role in sorted(roles):
        if not user.holds(role):
            appoint(user, role, clock.today(), None, SAID, by=SYSTEM).source = Source.DIRECTORY


def end_unless_last(held: Appointment) -> None:
    try:
        finish(held, clock.today() - timedelta(1), NO_LONGER_SAID, by=SYSTEM)
    except Refused as problem:
        if str(problem) != LAST:
            raise


def connect(user: User, identity: Identity, *, by: User) -> None:
    """From now on this work account is that person's: they have shown that both are theirs."""
    db.session.add(WorkAccount(user=user, issuer=identity.issuer, subject=identity.subject, connected_at=clock.now()))
    db.session.flush()
    record("account.connect", user, by=by, readers=OFFICE)
    outbox.send("people/work_account_connected", to=[user], at=clock.now())


def connect_own(user: User, identity: Identity, *, by: User, sign_in_id: int, token: str, has_factor: bool) -> None:
    """The same for who is signed in: other browsers are signed out, and this one counts as having come in with it."""
    connect(user, identity, by=by)
    end_all(user, but=sign_in_id)
    mine = db.session.get_one(SignIn, sign_in_id)
    mine.token_digest, mine.is_by_directory, mine.has_factor = digest(token), True, has_factor


def disconnect(user: User, reason: str, *, by: User) -> None:
    """For whose work account was lost or made anew: it opens nothing any more, and the roles that came with it end."""
    if user.id == by.id:
        raise Refused("Nobody disconnects their own work account: ask another administrator.")
    gone = db.session.execute(delete(WorkAccount).where(WorkAccount.user_id == user.id).returning(WorkAccount.id))
    if not gone.all():
        raise Refused("There is no work account to disconnect.")
    follow(user, set())
    record("account.disconnect", user, by=by, readers=OFFICE, reason=reason)
    outbox.send("people/work_account_disconnected", to=[user], by=by, reason=reason)
    end_all(user)


def is_connected(user: User) -> bool:
    return db.session.scalar(select(WorkAccount.id).where(WorkAccount.user_id == user.id).limit(1)) is not None

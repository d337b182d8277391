"""Inviting people, and what becomes of an invitation."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import func, select

from portal.core import clock, outbox
from portal.core.audit import OFFICE, record
from portal.core.db import db
from portal.core.problems import NotNow, Refused
from portal.people.actions.directory import Identity, connect
from portal.people.actions.roles import ask
from portal.people.actions.sign_ins import end_all
from portal.people.models import (
    Appointment,
    Invitation,
    Membership,
    OfficeRole,
    Organisation,
    Right,
    RoleChange,
    System,
    User,
)
from portal.people.tokens import digest, new_token
from portal.people.words import GRAVE

OPEN_FOR = timedelta(days=7)


@dataclass(frozen=True)
class Reader:
    """Somebody to write to who has no account yet."""

    name: str
    email: str


def invite(
    email: str, name: str, *, by: User | System, organisation: Organisation | None = None, rights: Sequence[Right] = (),
    role: OfficeRole | None = None,
) -> Invitation:  # fmt: skip
    """Ask a person in; an older invitation to the same place is withdrawn. Nothing tells whether they have an account."""
    email = email.lower()
    if organisation is not None:
        check_new_member(email, organisation, rights)
    for older in open_invitations(email, organisation, role):
        older.withdrawn_at = clock.now()
    invitation = Invitation(email=email, name=name, organisation=organisation, role=role, invited_by_id=by.id,
                            rights=[right.value for right in rights], invited_at=clock.now())  # fmt: skip
    db.session.add(invitation)
    send(invitation)
    db.session.flush()
    record("invitation.send", invitation, by=by, readers=OFFICE, name=name, place=invitation.place)
    return invitation


def check_new_member(email: str, organisation: Organisation, rights: Sequence[Right]) -> None:
    if not rights:
        raise Refused("Choose at least one right", "rights")
    user = user_with(email)
    if user is not None and user.has_right(organisation.id):
        raise Refused(f"{user} acts for {organisation} already: change their rights instead.", "email")


def open_invitations(email: str, organisation: Organisation | None, role: OfficeRole | None) -> Sequence[Invitation]:
    place = Invitation.role == role if organisation is None else Invitation.organisation_id == organisation.id
    found = select(Invitation).where(
        Invitation.email == email, place, Invitation.accepted_at.is_(None), Invitation.withdrawn_at.is_(None)
    )
    return db.session.scalars(found).all()


def send(invitation: Invitation) -> None:
    """A new letter with a new secret; the one before opens nothing any more."""
    token = new_token()
    invitation.token_digest, invitation.expires_at = digest(token), clock.now() + OPEN_FOR
    reader = Reader(invitation.name, invitation.email)
    outbox.send("people/invited", to=[reader], invitation=invitation, token=token)


def send_again(invitation: Invitation, *, by: User) -> None:
    check_waiting(invitation)
    send(invitation)
    record("invitation.send", invitation, by=by, readers=OFFICE, name=invitation.name, place=invitation.place)


def withdraw(invitation: Invitation, *, by: User) -> None:
    check_waiting(invitation)
    invitation.withdrawn_at = clock.now()
    record("invitation.withdraw", invitation, by=by, readers=OFFICE, name=invitation.name)


def check_waiting(invitation: Invitation) -> None:
    if invitation.accepted_at is not None or invitation.withdrawn_at is not None:
        raise NotNow("This invitation has been accepted or withdrawn already.")


def accept(
    invitation: Invitation, *, by: User | None = None, name: str = "", hashed: str | None = None, identity: Identity | None = None
) -> User:
    """Come in: with the account that is signed in, or with a new one, whose address the letter has confirmed.

    A new one has a password, a passkey that comes with it, or the work account that was shown.
    """
    db.session.refresh(invitation, with_for_update={"key_share": True})
    if not invitation.is_open:
        raise NotNow("This invitation has been used, withdrawn or has run out.")
    user = by or new_user(invitation.email, name or invitation.name, hashed)
    if user.email.lower() != invitation.email:
        raise Refused("This invitation is for somebody else.")
    invitation.accepted_at = clock.now()
    if invitation.role is not None:
        take_role(user, invitation)
    else:
        take_rights(user, invitation)
    if by is None and identity is not None:
        connect(user, identity, by=user)
    record("invitation.accept", user, by=user, readers=OFFICE, place=invitation.place)
    end_all(user)
    return user


def new_user(email: str, name: str, hashed: str | None) -> User:
    """An account; without a password where a passkey or a work account comes with it."""
    if user_with(email) is not None:
        raise NotNow("There is an account with this address already. Sign in, then open the link again.")
    user = User(
        email=email, name=name, password=hashed, fs_uniquifier=secrets.token_hex(16), confirmed_at=clock.now(), active=True
    )
    db.session.add(user)
    db.session.flush()
    return user


def take_rights(user: User, invitation: Invitation) -> None:
    for right in map(Right, invitation.rights):
        if not user.has_right(invitation.organisation_id, right):
            db.session.add(Membership(user=user, organisation_id=invitation.organisation_id, right=right, from_on=clock.today(),
                                      given_by_id=invitation.invited_by_id))  # fmt: skip


def take_role(user: User, invitation: Invitation) -> None:
    """A grave role still waits for the second administrator, unless the service itself invited (`flask people …`)."""
    role = invitation.role or OfficeRole.AUDITOR
    if user.holds(role):
        return
    inviter = invitation.invited_by
    if role in GRAVE and inviter is not None:
        reason = f"Invited by {inviter}"
        ask(RoleChange(user_id=user.id, role=role, from_on=clock.today(), reason=reason), user, by=inviter)
        return
    db.session.add(Appointment(user=user, role=role, from_on=clock.today(), note="By invitation",
                               given_by_id=invitation.invited_by_id))  # fmt: skip


def user_with(email: str) -> User | None:
    """Whose address this is, however it is written."""
    return db.session.scalar(select(User).where(func.lower(User.email) == email.lower()))

"""What an address of this package is about, found through what the person may see, or through the secret in a letter."""

from collections.abc import Sequence
from datetime import timedelta

from flask import current_app
from sqlalchemy import select

from portal.core import clock
from portal.core.db import db
from portal.people.models import (
    AccountRequest,
    Appointment,
    EmailChange,
    Invitation,
    Membership,
    Passkey,
    RoleChange,
    SignIn,
    User,
)
from portal.people.policy import (
    handles_requests,
    invitations_visible_to,
    is_administrator,
    people_visible_to,
    reads_histories,
    requests_visible_to,
)
from portal.people.tokens import digest


def person_by_id(user: User | None, user_id: int) -> User | None:
    """The person, if this one may see them."""
    return db.session.scalar(people_visible_to(user).where(User.id == user_id))


def anybody_by_id(user: User | None, user_id: int) -> User | None:
    """Anybody who has an account, for those who answer requests about personal data or read histories."""
    return db.session.get(User, user_id) if user is not None and (handles_requests(user) or reads_histories(user)) else None


def appointment_of(user: User | None, user_id: int, appointment_id: int) -> Appointment | None:
    """An appointment of this person that has not ended."""
    person = person_by_id(user, user_id)
    found = [] if person is None else person.appointments
    return next((held for held in found if held.id == appointment_id and not held.is_past), None)


def change_by_id(user: User | None, change_id: int) -> RoleChange | None:
    """A change of a grave role, for administrators."""
    return db.session.get(RoleChange, change_id) if user is not None and is_administrator(user) else None


def own_or_colleagues(user: User | None, user_id: int, organisation_id: int) -> Membership | None:
    """How a person acts for an organisation today: oneself, or somebody whom this person may see."""
    person = user if user is not None and user.id == user_id else person_by_id(user, user_id)
    found = [] if person is None else person.memberships
    return next((held for held in found if held.organisation_id == organisation_id and not held.is_past), None)


def own_sign_in(user: User | None, sign_in_id: int) -> SignIn | None:
    return next((each for each in sign_ins_of(user) if each.id == sign_in_id), None)


def own_passkey(user: User | None, passkey_id: int) -> Passkey | None:
    return next((each for each in (user.passkeys if user else []) if each.id == passkey_id), None)


def sign_ins_of(user: User | None) -> Sequence[SignIn]:
    """Where a person is signed in, the one used last first; those that have run out left out."""
    if user is None:
        return []
    settings = current_app.extensions["settings"]
    idle = settings.idle_minutes_staff if user.is_staff else settings.idle_minutes_others
    alive = select(SignIn).where(SignIn.user_id == user.id, SignIn.ended_at.is_(None))
    alive = alive.where(SignIn.seen_at >= clock.now() - timedelta(minutes=idle))
    return db.session.scalars(alive.order_by(SignIn.seen_at.desc(), SignIn.id.desc())).all()


def invitation_by_id(user: User | None, invitation_id: int) -> Invitation | None:
    return db.session.scalar(invitations_visible_to(user).where(Invitation.id == invitation_id))


def request_by_id(user: User | None, request_id: int) -> AccountRequest | None:
    return db.session.scalar(requests_visible_to(user).where(AccountRequest.id == request_id))


def invitation_of(token: str) -> Invitation | None:
    return db.session.scalar(select(Invitation).where(Invitation.token_digest == digest(token)))


def request_of(token: str) -> AccountRequest | None:
    return db.session.scalar(select(AccountRequest).where(AccountRequest.token_digest == digest(token)))


def own_email_change(user: User | None, token: str) -> EmailChange | None:
    """A change of address that this person has asked for: somebody else's link finds nothing."""
    if user is None:
        return None
    return db.session.scalar(select(EmailChange).where(EmailChange.token_digest == digest(token), EmailChange.user_id == user.id))

"""Passkeys: added, used once for each question, and removed as long as another way in is left."""

from dataclasses import dataclass
from datetime import datetime

from flask import current_app
from sqlalchemy import delete, or_, select, update

from portal.core import clock, outbox
from portal.core.audit import OFFICE, record
from portal.core.db import db
from portal.core.problems import Refused
from portal.people import attempts
from portal.people.actions.inviting import accept
from portal.people.models import Invitation, Passkey, SignIn, User
from portal.people.policy import needs_second_factor
from portal.people.tokens import digest

MOST = 20


@dataclass(frozen=True)
class NewPasskey:
    """What a device has made, proven to come from it."""

    credential_id: bytes
    public_key: bytes
    handle: bytes
    sign_count: int


def add_passkey(user: User, name: str, made: NewPasskey, *, by: User, sign_in_id: int | None = None, token: str = "") -> None:
    """One more way in. The browser that it was made in has shown it, so it counts as signed in with it."""
    if len(user.passkeys) >= MOST:
        raise Refused(f"You have {MOST} passkeys: remove one first.", "name")
    if any(each.name.lower() == name.lower() for each in user.passkeys):
        raise Refused("You have a passkey of this name: choose another name", "name")
    db.session.add(Passkey(user_id=user.id, name=name, credential_id=made.credential_id, public_key=made.public_key,
                           handle=made.handle, sign_count=made.sign_count, added_at=clock.now()))  # fmt: skip
    record("account.passkey", user, by=by, readers=OFFICE, name=name)
    outbox.send("people/passkey_added", to=[user], at=clock.now(), name=name)
    if sign_in_id is not None:
        raise_sign_in(sign_in_id, token)


def accept_with_passkey(invitation: Invitation, name: str, passkey_name: str, made: NewPasskey) -> User:
    """Come in with a new account that has a passkey and no password."""
    user = accept(invitation, name=name)
    add_passkey(user, passkey_name, made, by=user)
    return user


def raise_sign_in(sign_in_id: int, token: str) -> None:
    """A passkey is both factors: the sign-in may do more from now on, and gets a new cookie."""
    row = db.session.get_one(SignIn, sign_in_id)
    row.with_passkey, row.token_digest = True, digest(token)


def use_passkey(passkey: Passkey, asked_at: datetime, count: int) -> bool:
    """Accept an answer. False for a question answered before, and for a count that a copy of the device has used."""
    is_newer = or_(Passkey.asked_at.is_(None), Passkey.asked_at < asked_at)
    counts = Passkey.sign_count < count if count else Passkey.sign_count == 0
    used = update(Passkey).where(Passkey.id == passkey.id, is_newer, counts)
    taken = db.session.execute(used.values(sign_count=count, asked_at=asked_at, used_at=clock.now()).returning(Passkey.id))
    if taken.first() is not None:
        return True
    stands = db.session.scalar(
        select(Passkey).where(Passkey.id == passkey.id, is_newer).execution_options(populate_existing=True)
    )
    if stands is not None:
        tell_copied(stands)
    return False


def tell_copied(passkey: Passkey) -> None:
    """Its device counts less than was counted before: a copy of it may be about. Told and written down once a day."""
    owner = db.session.get_one(User, passkey.user_id)
    if attempts.allowed("copied passkey", owner.email):
        record("account.copied_passkey", owner, by=owner, readers=OFFICE, name=passkey.name)
        outbox.send("people/passkey_copied", to=[owner], at=clock.now(), name=passkey.name)


def confirm_with_passkey(passkey: Passkey, asked_at: datetime, count: int, *, sign_in_id: int, token: str) -> bool:
    """The same within a sign-in, which it confirms."""
    if not use_passkey(passkey, asked_at, count):
        return False
    raise_sign_in(sign_in_id, token)
    return True


def remove_passkey(passkey: Passkey, *, by: User) -> None:
    """Take one away, unless its owner could not sign in any more, or not as their work asks for."""
    if len(by.passkeys) == 1 and not by.password:
        raise Refused("This is your only way to sign in. Choose a password first, on the page of your account.")
    is_asked = current_app.extensions["settings"].asks_second_factor and needs_second_factor(by)
    if len(by.passkeys) == 1 and is_asked and not by.has_second_factor:
        raise Refused("Your work needs a second factor. Add another passkey or set up an authenticator app first.")
    record("account.remove_passkey", by, by=by, readers=OFFICE, name=passkey.name)
    outbox.send("people/passkey_removed", to=[by], at=clock.now(), name=passkey.name)
    db.session.execute(delete(Passkey).where(Passkey.id == passkey.id))

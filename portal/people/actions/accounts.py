"""What happens to an account: its details and address, and being disabled and opened again."""

import secrets
from datetime import timedelta

from sqlalchemy import delete

from portal.core import clock, outbox
from portal.core.audit import OFFICE, record
from portal.core.db import db
from portal.core.problems import NotNow, Refused
from portal.people.actions.inviting import Reader, user_with
from portal.people.actions.roles import check_another_administrator
from portal.people.actions.sign_ins import end_all
from portal.people.lists import holders_of
from portal.people.models import EmailChange, OfficeRole, User
from portal.people.tokens import digest, new_token

OPEN_FOR = timedelta(hours=24)


def change_details(user: User, name: str, phone: str, *, by: User) -> None:
    record("account.change", user, by=by, readers=OFFICE, before=user.name, after=name)
    user.name, user.phone = name, phone


def ask_new_address(user: User, email: str, *, by: User) -> None:
    """Write to the new address with a link, and to the old one that this was asked; an address in use gets another letter.
    A link asked for before opens nothing any more."""
    email, token = email.lower(), new_token()
    db.session.execute(delete(EmailChange).where(EmailChange.user_id == user.id, EmailChange.done_at.is_(None)))
    if email == user.email.lower():
        raise Refused("This is your address already", "email")
    reader = Reader(user.name, email)
    if user_with(email) is None:
        db.session.add(EmailChange(user_id=user.id, new_email=email, token_digest=digest(token), asked_at=clock.now(),
                                   expires_at=clock.now() + OPEN_FOR))  # fmt: skip
        outbox.send("people/new_address", to=[reader], token=token)
    else:
        outbox.send("people/address_in_use", to=[reader])
    outbox.send("people/address_asked", to=[user], email=email)
    record("account.ask_address", user, by=by, readers=OFFICE)


def confirm_address(change: EmailChange, *, by: User, but: int | None = None) -> None:
    """The new address counts; both are told, and other browsers are signed out."""
    db.session.refresh(change, with_for_update={"key_share": True})
    if change.done_at is not None or change.has_expired:
        raise NotNow("This link has been used or has run out. Ask for the change again.")
    if user_with(change.new_email) is not None:
        raise NotNow("Another account has this address by now.")
    user = change.user
    outbox.send("people/address_changed", to=[Reader(user.name, user.email), Reader(user.name, change.new_email)], change=change)
    record("account.change_address", user, by=by, readers=OFFICE, before=user.email, after=change.new_email)
    user.email, change.done_at, user.reset_digest = change.new_email, clock.now(), None
    end_all(user, but=but)


def disable(user: User, reason: str, *, by: User) -> None:
    """Shut somebody out at once, everywhere. One administrator is enough: it may be urgent, so the others are told."""
    if user.id == by.id:
        raise Refused("Nobody disables their own account: ask another administrator.")
    if user.holds(OfficeRole.ADMINISTRATOR):
        check_another_administrator(user)
    user.active, user.fs_uniquifier = False, secrets.token_hex(16)
    record("account.disable", user, by=by, readers=OFFICE, reason=reason)
    others = [each for each in holders_of(OfficeRole.ADMINISTRATOR) if each.id not in (by.id, user.id)]
    outbox.send("people/disabled", to=others, user=user, by=by, reason=reason)
    end_all(user)


def open_again(user: User, reason: str, *, by: User) -> None:
    if user.id == by.id:
        raise Refused("Nobody opens their own account again.")
    if user.erased_at is not None:
        raise NotNow("This person was erased: there is no account to open again. Invite them anew.")
    user.active = True
    record("account.open", user, by=by, readers=OFFICE, reason=reason)
    outbox.send("people/opened", to=[user])

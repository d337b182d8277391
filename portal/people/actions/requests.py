"""A new provider asks for an account: verified, then admitted or refused by the grants team."""

import re
import secrets
from datetime import timedelta

from sqlalchemy import func, select

from portal.core import clock, outbox
from portal.core.audit import OFFICE, record
from portal.core.db import db
from portal.core.problems import NotNow, Refused
from portal.people.actions.inviting import Reader, invite, user_with
from portal.people.lists import holders_of
from portal.people.models import SYSTEM, AccountRequest, OfficeRole, Organisation, OrganisationKind, Right, User
from portal.people.tokens import digest, new_token

OPEN_FOR = timedelta(hours=24)
FULL = (Right.LEAD, Right.SIGNATORY, Right.ADMINISTRATOR)


def ask_for_account(
    name: str, email: str, organisation_name: str, kind: OrganisationKind, identifier: str, about: str
) -> AccountRequest | None:
    """Write to the address. Whoever has an account already is told so there, and nowhere else."""
    token, reader = new_token(), Reader(name, email.lower())
    if user_with(email) is not None:
        outbox.send("people/has_account", to=[reader])
        return None
    request = AccountRequest(
        name=name, email=email.lower(), organisation_name=organisation_name, kind=kind, identifier=identifier, about=about,
        token_digest=digest(token), asked_at=clock.now(), expires_at=clock.now() + OPEN_FOR,
    )  # fmt: skip
    db.session.add(request)
    outbox.send("people/verify", to=[reader], token=token)
    return request


def verify(request: AccountRequest) -> None:
    """The address is theirs: the grants team is told. Doing it twice changes nothing."""
    if request.verified_at is not None:
        return
    if request.has_expired:
        raise NotNow("This link has run out. Ask for an account again.")
    request.verified_at = clock.now()
    record("request.verify", request, by=SYSTEM, readers=OFFICE, organisation=request.organisation_name)
    outbox.send("people/request_arrived", to=holders_of(OfficeRole.GRANTS_OFFICER), request=request)


def admit(request: AccountRequest, *, by: User) -> Organisation:
    """Write the organisation down and invite the person as its first administrator."""
    check_unanswered(request)
    if (there := organisation_like(request)) is not None:
        raise Refused(f"{there} is here already. Invite the person into it, or refuse with a reason.")
    organisation = Organisation(key=new_key(request.organisation_name), name=request.organisation_name, kind=request.kind,
                                identifier=request.identifier or None)  # fmt: skip
    db.session.add(organisation)
    db.session.flush()
    request.answered_at, request.answered_by_id, request.is_admitted = clock.now(), by.id, True
    record("request.admit", request, by=by, readers=OFFICE, organisation=organisation.name)
    invite(request.email, request.name, organisation=organisation, rights=FULL, by=by)
    return organisation


def refuse(request: AccountRequest, reason: str, *, by: User) -> None:
    check_unanswered(request)
    request.answered_at, request.answered_by_id, request.is_admitted, request.reason = clock.now(), by.id, False, reason
    record("request.refuse", request, by=by, readers=OFFICE, organisation=request.organisation_name, reason=reason)
    outbox.send("people/request_refused", to=[Reader(request.name, request.email)], request=request)


def check_unanswered(request: AccountRequest) -> None:
    db.session.refresh(request, with_for_update={"key_share": True})
    if request.answered_at is not None:
        raise NotNow("This request has been answered already.")


def organisation_like(request: AccountRequest) -> Organisation | None:
    """One that has the same name or number."""
    same = func.lower(Organisation.name) == request.organisation_name.lower()
    if request.identifier:
        same = same | (Organisation.identifier == request.identifier)
    return db.session.scalar(select(Organisation).where(same).limit(1))


def new_key(name: str) -> str:
    """A word for addresses and files that no other organisation has."""
    key = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:60] or "organisation"
    taken = db.session.scalar(select(Organisation.id).where(Organisation.key == key))
    return f"{key}-{secrets.token_hex(3)}" if taken else key

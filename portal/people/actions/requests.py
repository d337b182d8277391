"""A new provider asks for an account: verified, then admitted or refused by the grants team."""

from datetime import timedelta

from sqlalchemy import select

from portal.core import clock, outbox
from portal.core.audit import OFFICE, record
from portal.core.db import db
from portal.core.problems import NotNow, Refused
from portal.people.actions.inviting import Reader, invite, user_with
from portal.people.actions.organisations import add_organisation
from portal.people.lists import holders_of
from portal.people.models import SYSTEM, AccountRequest, Identifier, OfficeRole, Organisation, OrganisationKind, Right, User
from portal.people.names import fold
from portal.people.registers import normal, register_of
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
    register = register_of(request.identifier, request.kind)
    numbers = ((register, normal(register, request.identifier)),) if register else ()
    organisation = add_organisation(request.organisation_name, request.kind, numbers=numbers, by=by)
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
    same = Organisation.folded == fold(request.organisation_name)
    if register := register_of(request.identifier, request.kind):
        has_number = select(Identifier.organisation_id).where(
            Identifier.register == register, Identifier.number == normal(register, request.identifier)
        )
        same = same | Organisation.id.in_(has_number)
    found = db.session.scalar(select(Organisation).where(same).order_by(Organisation.id).limit(1))
    return found.kept if found else None

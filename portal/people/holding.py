"""What is held here of a person, and in the kernel: account, roles, sign-ins, letters, what was told; and of an organisation."""

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import func, select

from portal.core.audit import Event, EventDetail
from portal.core.db import db
from portal.core.files import StoredFile
from portal.core.holders import Part, Texts
from portal.core.jobs import Job
from portal.core.outbox import Mail
from portal.people.models import (
    AccountRequest,
    Appointment,
    BankAccount,
    Contact,
    Coverage,
    EmailChange,
    Hosting,
    Identifier,
    Invitation,
    Involvement,
    Membership,
    Organisation,
    Paper,
    Partner,
    Passkey,
    RoleChange,
    SignIn,
    User,
    WorkAccount,
)

ACCOUNTS = "Accounts"
FOR_THE_OFFICE = "it was written for the office, and may speak of others or be told in confidence"
TEXTS = (
    Texts(ACCOUNTS, (User.name, User.email, User.phone)),
    Texts("Roles in the office", (Appointment.note,), held_back=FOR_THE_OFFICE),
    Texts("Changes of roles", (RoleChange.reason,), held_back=FOR_THE_OFFICE),
    Texts("Invitations", (Invitation.name, Invitation.email)),
    Texts("Requests for an account", (AccountRequest.name, AccountRequest.email, AccountRequest.organisation_name,
                                      AccountRequest.about, AccountRequest.reason), held_back=FOR_THE_OFFICE),
    Texts("New addresses", (EmailChange.new_email,)),
    Texts("Passkeys", (Passkey.name,)),
    Texts("Contacts of organisations", (Contact.name, Contact.role, Contact.email, Contact.phone)),
    Texts("Bank details", (BankAccount.sealed,), BankAccount.case, goes_with_case=True, held_back=FOR_THE_OFFICE),
    Texts("Organisations", (Organisation.name, Organisation.address), stays="the name and address of a body are not a person's"),
    Texts("Events", (EventDetail.facts,), Event.case, ((Event, Event.id == EventDetail.event_id),), held_back=FOR_THE_OFFICE,
          never_reworded=True, goes_with_case=True),
    Texts("E-mails", (Mail.to_name, Mail.to_address, Mail.subject, Mail.body), Mail.case, goes_with_case=True),
    Texts("Names of files", (StoredFile.name,)),
    Texts("Work asked of the service", (Job.wishes,)),
)  # fmt: skip
OF_ORGANISATIONS = (  # what moves when two of them are merged
    Membership.organisation_id,
    Invitation.organisation_id,
    Identifier.organisation_id,
    Contact.organisation_id,
    Coverage.organisation_id,
    Hosting.partnership_id,
    Hosting.host_id,
    Partner.partnership_id,
    Partner.member_id,
    Paper.organisation_id,
    BankAccount.organisation_id,
)
Row = Mapping[str, Any]


def tell(person: User) -> Iterator[Part]:
    """Everything that bears the person's number or address, as they may have it."""
    second = "set up" if person.has_second_factor else "not set up"
    yield Part("Your account", [{"name": person.name, "e-mail": person.email, "phone": person.phone, "second factor": second,
                                 "state": "open" if person.active else "disabled"}])  # fmt: skip
    yield Part("Roles in the office", [
        {"role": held.role.label, "from": held.from_on, "until": held.to_on, "why": held.note} for held in person.appointments
    ])  # fmt: skip
    yield Part("Rights in organisations", [
        {"organisation": held.organisation.name, "right": held.right.label, "from": held.from_on, "until": held.to_on}
        for held in person.memberships
    ])  # fmt: skip
    yield Part("Where and when you signed in", of(SignIn, SignIn.user_id == person.id, browser="browser", began_at="signed in",
                                                  seen_at="last used", ended_at="ended"))  # fmt: skip
    yield Part("Your passkeys", of(Passkey, Passkey.user_id == person.id, name="name", added_at="added", used_at="last used"))
    yield Part("Your work account", of(WorkAccount, WorkAccount.user_id == person.id, issuer="service", subject="known there as",
                                       connected_at="connected"))  # fmt: skip
    yield from tell_of_traces(person)


def tell_of_traces(person: User) -> Iterator[Part]:
    """Letters on the way in, cases, files, e-mails, and what was told."""
    here = Invitation.email == person.email.lower()
    yield Part("Invitations", of(Invitation, here, name="name", place="to", invited_at="sent", accepted_at="accepted"))
    yield Part("Requests for an account", of(AccountRequest, AccountRequest.email == person.email.lower(), name="name",
                                             organisation_name="organisation", about="about", asked_at="asked"))  # fmt: skip
    yield Part("Changes of your e-mail address", of(EmailChange, EmailChange.user_id == person.id, new_email="to",
                                                    asked_at="asked", done_at="done"))  # fmt: skip
    yield Part("Cases you had a part in", of(Involvement, Involvement.user_id == person.id, case="reference", capacity="as"))
    yield Part("Files you have added", of(StoredFile, StoredFile.added_by_id == person.id, name="name", size="bytes",
                                          added_at="added"))  # fmt: skip
    yield Part("E-mails to you", of(Mail, func.lower(Mail.to_address) == person.email.lower(), subject="subject", body="text",
                                    written_at="written", sent_at="sent"))  # fmt: skip
    yield Part("What you did here", of(Event, Event.actor_id == person.id, at="when", verb="what", case="about"))
    yield Part("What was done to your account", of(Event, Event.case == person.case, at="when", verb="what"))


def of(model: Any, where: Any, **names: str) -> list[Row]:
    """The rows of a table with the attributes that are told, under the words in which they are told."""
    rows = db.session.scalars(select(model).where(where).order_by(model.id))
    return [{word: getattr(row, name) for name, word in names.items()} for row in rows]

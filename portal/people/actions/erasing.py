"""A person corrected on the word of an officer, and a person erased: name and words go, numbers and days stay."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, delete, func, select

from portal.core import clock, outbox, texts
from portal.core.audit import OFFICE, Event, EventDetail, record
from portal.core.db import db
from portal.core.holders import TEXTS, Stay, staying
from portal.core.outbox import Mail
from portal.core.problems import NotNow, Refused
from portal.people.actions.inviting import Reader, user_with
from portal.people.actions.sign_ins import end_all
from portal.people.holding import ACCOUNTS
from portal.people.models import (
    AccountRequest,
    EmailChange,
    Invitation,
    KeptForm,
    Passkey,
    RecoveryCode,
    RoleChange,
    SignIn,
    System,
    User,
    WorkAccount,
)
from portal.people.models.persons import Dated
from portal.people.personal import Terms, terms_of

OWN = (SignIn, KeptForm, RecoveryCode, Passkey, WorkAccount, EmailChange)  # rows that are about nobody else


@dataclass(frozen=True)
class Plan:
    """What an erasure would do: made before the write, because every text is read for it."""

    terms: Terms
    places: texts.Found
    letters: int
    stays: Sequence[Stay]

    @property
    def goes(self) -> list[tuple[str, int]]:
        """The places outside the account that would lose the name, with how many rows."""
        return [(place, len(ids)) for place, ids in self.places.items() if not TEXTS[place].stays and place != ACCOUNTS]

    @property
    def keeps_name(self) -> bool:
        return any(each.keeps_name for each in self.stays)


def plan_erasure(person: User) -> Plan:
    """The dry run."""
    terms = terms_of(person)
    places = dict(texts.where_found(terms.all))
    to_them = set(db.session.scalars(select(Mail.id).where(sent_to(terms))))
    if others := set(places.pop("E-mails", ())) - to_them:
        places["E-mails"] = sorted(others)
    kept = [Stay(f"{len(ids)} in {place.lower()}", TEXTS[place].stays) for place, ids in places.items() if TEXTS[place].stays]
    shared = [Stay(f"The name {name} in what others wrote", "another account bears it too") for name in terms.shared]
    return Plan(terms, places, len(to_them), [*staying(person), *kept, *shared])


def mark_of(person: User) -> str:
    return f"Person erased {person.id}"


def sent_to(terms: Terms) -> ColumnElement[bool]:
    return func.lower(Mail.to_address).in_([address.lower() for address in terms.addresses])


def check_may_go(person: User) -> None:
    if person.erased_at is not None:
        raise NotNow("This person has been erased already.")
    held: list[Dated] = [*person.appointments, *person.memberships]
    if any(not each.is_past for each in held):
        raise Refused(
            f"{person} still has a role or acts for an organisation. End that first, so that their work is handed over."
        )


def erase(person: User, plan: Plan, reason: str, *, by: User | System) -> None:
    """Carry the plan out. The row stays as a number, so that what was done here stays done by somebody."""
    check_may_go(person)
    if person.id == by.id:
        raise Refused("Nobody erases their own account: ask another administrator.")
    mark, rows = mark_of(person), sum(count for _, count in plan.goes)
    db.session.execute(delete(Mail).where(sent_to(plan.terms)))
    come_in_as_nobody(plan.terms, mark, f"erased-{person.id}@erased.invalid")
    for kind in OWN:
        db.session.execute(delete(kind).where(kind.user_id == person.id))
    forget_what_was_told(person)
    db.session.flush()
    texts.take_out({place: ids for place, ids in plan.places.items() if place != ACCOUNTS}, plan.terms.all, mark)
    shut(person, person.name if plan.keeps_name else mark)
    record("account.erase", person, by=by, readers=OFFICE, rows=rows, reason=texts.pattern(plan.terms.all).sub(mark, reason))


def come_in_as_nobody(terms: Terms, mark: str, address: str) -> None:
    """Invitations and requests to these addresses keep their days and places only; open ones lead nowhere."""
    addresses = [each.lower() for each in terms.addresses]
    invitations = db.session.scalars(select(Invitation).where(func.lower(Invitation.email).in_(addresses)))
    requests = db.session.scalars(select(AccountRequest).where(func.lower(AccountRequest.email).in_(addresses)))
    for letter in (*invitations, *requests):
        letter.name, letter.email = mark, address
        letter.expires_at = min(letter.expires_at, clock.now())


def forget_what_was_told(person: User) -> None:
    """The words of every event about the account; that it happened stays in the chain, which holds no word."""
    about = select(Event.id).where(Event.case == person.case)
    db.session.execute(delete(EventDetail).where(EventDetail.event_id.in_(about)))
    for held in person.appointments:
        held.note = ""
    for change in db.session.scalars(select(RoleChange).where(RoleChange.user_id == person.id)):
        change.reason = ""


def shut(person: User, name: str) -> None:
    person.name, person.email, person.phone = name, f"erased-{person.id}@erased.invalid", ""
    person.password = person.tf_totp_secret = person.tf_primary_method = person.tf_last_step = None
    person.active, person.fs_uniquifier, person.erased_at = False, secrets.token_hex(16), clock.now()


def correct(person: User, name: str, email: str, phone: str, reason: str, *, by: User) -> None:
    """Put right what is wrong about somebody, on their word; both addresses are told when the address changes."""
    email = email.lower()
    if person.erased_at is not None:
        raise NotNow("This person has been erased.")
    if email != person.email.lower() and user_with(email) is not None:
        raise Refused("Another account has this address", "email")
    changed = {"name": (person.name, name), "e-mail": (person.email, email), "phone": (person.phone, phone)}
    told = ", ".join(word for word, (old, new) in changed.items() if old != new)
    if not told:
        raise Refused("Nothing was changed")
    for old, new in changed.values():
        record_change(person, old, new, reason, by=by)
    readers = {Reader(name, person.email), Reader(name, email)}
    person.name, person.email, person.phone = name, email, phone
    outbox.send("people/corrected", to=readers, told=told)
    if len(readers) > 1:
        end_all(person)


def record_change(person: User, old: str, new: str, reason: str, *, by: User) -> None:
    if old != new:
        record("account.correct", person, by=by, readers=OFFICE, before=old, after=new, reason=reason)

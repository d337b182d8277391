"""Who may do what, role by role: not written down but asked of the rules that stand on the addresses themselves.

Each rule is asked about somebody who has one role and nothing else, once on a thing that is theirs (their organisation's
bid, a bid assigned to them) and once on anybody's. What a case adds to it, such as an interest, only ever takes away.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask import current_app

from portal.core import clock
from portal.core.access import Policy
from portal.people.models import Appointment, Membership, OfficeRole, Right, User
from portal.people.verbs import VERBS, Verb

OWN, ANOTHERS = 0, -1  # numbers that no row has
BODIES = ("organisation_id", "partnership_id", "recipient_id", "accountable_body_id")
Holder = OfficeRole | Right


class Thing:
    """Whatever a rule looks at: it leads to one organisation and to one person, and nothing speaks against it."""

    def __init__(self, organisation: int, person: int) -> None:
        self._organisation, self._person = organisation, person

    def __getattr__(self, name: str) -> Any:
        if name in BODIES:
            return self._organisation
        if name.endswith("_id") or name == "id":
            return self._person
        if name in ("ref", "case"):
            return "-"
        return False if name.startswith(("is_", "has_")) else self


@dataclass(frozen=True)
class Row:
    """A verb and, for each role, whether it may: "yes", "own" (on what is theirs) or nothing."""

    verb: Verb
    cells: list[str]

    @property
    def is_for_office(self) -> bool:
        """True when somebody in the office may do it."""
        return any(self.cells[: len(OfficeRole)])

    @property
    def is_for_organisations(self) -> bool:
        """True when somebody of an organisation may do it."""
        return any(self.cells[len(OfficeRole) :])


@dataclass(frozen=True)
class Matrix:
    """The whole page: groups of rows under the same columns."""

    office: list[OfficeRole]
    rights: list[Right]
    groups: list[tuple[str, list[Row]]]


def role_matrix() -> Matrix:
    people = [somebody(holder) for holder in (*OfficeRole, *Right)]
    groups = [(title, [Row(verb, [word(verb, user) for user in people]) for verb in verbs]) for title, verbs in VERBS]
    return Matrix(list(OfficeRole), list(Right), groups)


def somebody(holder: Holder) -> User:
    """A person who holds this and nothing else; never written down."""
    user = User(id=OWN, name=holder.label, email="", active=True)
    if isinstance(holder, OfficeRole):
        user.appointments = [Appointment(role=holder, from_on=clock.today())]
    else:
        user.memberships = [Membership(organisation_id=OWN, right=holder, from_on=clock.today())]
    return user


def word(verb: Verb, user: User) -> str:
    rule, needs_thing = rule_of(verb.endpoint)
    if not needs_thing:
        return "yes" if rule(user) else ""
    if rule(user, Thing(ANOTHERS, ANOTHERS)):
        return "yes"
    return "own" if rule(user, Thing(OWN, OWN)) or rule(user, Thing(OWN, ANOTHERS)) else ""


def rule_of(endpoint: str) -> tuple[Policy, bool]:
    """The rule that stands on an address, and whether it is asked about a thing."""
    view: Any = current_app.view_functions[endpoint]
    return getattr(view.policy, "who", view.policy), view.load is not None


def endpoints() -> Iterator[str]:
    for _, verbs in VERBS:
        yield from (verb.endpoint for verb in verbs)

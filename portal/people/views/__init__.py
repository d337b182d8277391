"""Addresses of people: one's account, the people one looks after, and who may do what."""

from portal.core.page import place
from portal.people.policy import sees_people
from portal.people.views import (
    account,
    accounts,
    colleagues,
    inviting,
    joining,
    passkeys,
    people,
    roles,
    second_factor,
    sign_ins,
    work_account,
    work_sign_in,
)
from portal.people.views.blueprint import bp

__all__ = [
    "account",
    "accounts",
    "bp",
    "colleagues",
    "inviting",
    "joining",
    "passkeys",
    "people",
    "register_places",
    "roles",
    "second_factor",
    "sign_ins",
    "work_account",
    "work_sign_in",
]


def register_places() -> None:
    """The entry of the navigation that leads here."""
    place("People", "people.index", sees_people, 80)

"""Addresses of people: one's account, the people one looks after, and who may do what."""

from portal.core.page import place
from portal.people.policy import handles_requests, sees_people
from portal.people.views import (
    account,
    accounts,
    colleagues,
    data,
    inviting,
    joining,
    keeping,
    people,
    roles,
    second_factor,
    sign_ins,
)
from portal.people.views.blueprint import bp

__all__ = [
    "account",
    "accounts",
    "bp",
    "colleagues",
    "data",
    "inviting",
    "joining",
    "keeping",
    "people",
    "register_places",
    "roles",
    "second_factor",
    "sign_ins",
]


def register_places() -> None:
    """The entries of the navigation that lead here."""
    place("People", "people.index", sees_people, 80)
    place("Personal data", "people.personal", lambda user: user is not None and handles_requests(user), 85)

"""Addresses of people: one's account, the people one looks after, who may do what; and organisations."""

from portal.core.page import place
from portal.people.policy import handles_requests, sees_all_cases, sees_people
from portal.people.views import (
    account,
    accounts,
    bank,
    colleagues,
    data,
    doubles,
    inviting,
    joining,
    keeping,
    organisations,
    papers,
    partnerships,
    passkeys,
    people,
    places,
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
    "bank",
    "bp",
    "colleagues",
    "data",
    "doubles",
    "inviting",
    "joining",
    "keeping",
    "organisations",
    "papers",
    "partnerships",
    "passkeys",
    "people",
    "places",
    "register_places",
    "roles",
    "second_factor",
    "sign_ins",
    "work_account",
    "work_sign_in",
]


def register_places() -> None:
    """The entries of the navigation that lead here."""
    place("Organisations", "people.organisations", sees_all_cases, 75)
    place("People", "people.index", sees_people, 80)
    place("Personal data", "people.personal", lambda user: user is not None and handles_requests(user), 85)

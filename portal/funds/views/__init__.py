"""Addresses of funds: the office's list, setting one up, its budget, the sources and the envelopes."""

from portal.core.page import place
from portal.funds.views import budgets, criteria, entry, envelopes, funds, scheme, setting_up, sources
from portal.funds.views.blueprint import bp
from portal.people.policy import sees_all_cases

__all__ = [
    "bp",
    "budgets",
    "criteria",
    "entry",
    "envelopes",
    "funds",
    "register_places",
    "scheme",
    "setting_up",
    "sources",
]


def register_places() -> None:
    """The entry of the navigation that leads here."""
    place("Funds", "funds.index", sees_all_cases, 55)

"""Addresses of rounds: the list, a round with its sections, its moves, its questions from outside; bank holidays."""

from portal.core.page import place
from portal.funds.views import (
    budgets,
    clarifications,
    criteria,
    entry,
    envelopes,
    funds,
    holidays,
    inviting,
    moves,
    rounds,
    scheme,
    sections,
    setting_up,
    sources,
)
from portal.funds.views.blueprint import bp
from portal.people.policy import sees_all_cases

__all__ = [
    "bp",
    "budgets",
    "clarifications",
    "criteria",
    "entry",
    "envelopes",
    "funds",
    "holidays",
    "inviting",
    "moves",
    "register_places",
    "rounds",
    "scheme",
    "sections",
    "setting_up",
    "sources",
]


def register_places() -> None:
    """The entry of the navigation that leads here, and its parts."""
    place("Funds", "funds.index", sees_all_cases, 55)
    place("Rounds", "funds.rounds", sees_all_cases, 56, under="funds.index")
    place("Sources", "funds.sources", sees_all_cases, 58, under="funds.index")
    place("Envelopes", "funds.envelopes", sees_all_cases, 59, under="funds.index")

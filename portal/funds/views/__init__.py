"""Addresses of rounds: the list, a round with its sections, its moves, its questions from outside; bank holidays."""

from portal.core.page import place
from portal.funds.views import clarifications, holidays, inviting, moves, rounds, sections
from portal.funds.views.blueprint import bp
from portal.people.policy import is_staff

__all__ = ["bp", "clarifications", "holidays", "inviting", "moves", "register_places", "rounds", "sections"]


def register_places() -> None:
    """The entries of the navigation that lead here."""
    place("Rounds", "funds.rounds", is_staff, 12)

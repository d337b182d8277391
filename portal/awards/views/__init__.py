"""Addresses of decisions and awards: registers, deciding, notices, and what becomes of an offer."""

from portal.awards.policy import reads_awards
from portal.awards.views import deciding, notices, offers, registers
from portal.awards.views.blueprint import bp
from portal.core.page import place

__all__ = ["bp", "deciding", "notices", "offers", "register_places", "registers"]


def register_places() -> None:
    """The entries of the navigation that lead here."""
    place("Grants", "awards.index", reads_awards, 40)

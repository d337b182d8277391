"""Addresses of returns: the list, a return's page, filling in, sending, and what the office does with it."""

from portal.awards.policy import reads_awards
from portal.core.page import place
from portal.monitoring.views import answering, checking, figures, returns, sending
from portal.monitoring.views.blueprint import bp

__all__ = ["answering", "bp", "checking", "figures", "register_places", "returns", "sending"]


def register_places() -> None:
    """The entries of the navigation that lead here."""
    place("Returns", "monitoring.index", reads_awards, 50)

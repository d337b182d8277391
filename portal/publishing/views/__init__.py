"""Addresses of publishing: what anyone may read, without signing in and without a cookie."""

from portal.core.access import anyone
from portal.core.page import place
from portal.publishing.views import asking, decisions, funds, health, notes
from portal.publishing.views.blueprint import bp

__all__ = ["asking", "bp", "decisions", "funds", "health", "notes", "register_places"]


def register_places() -> None:
    """The entries of the navigation that lead here."""
    place("Funds", "publishing.funds", anyone, 5)
    place("Decisions", "publishing.decisions", lambda user: user is None, 6)

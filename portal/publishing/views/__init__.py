"""Addresses of publishing: what anyone may read, without signing in and without a cookie."""

from portal.core.page import place
from portal.people.policy import sees_all_cases
from portal.publishing.views import alerts, asking, decisions, funds, health, indexes, notes
from portal.publishing.views.blueprint import bp

__all__ = [
    "alerts",
    "asking",
    "bp",
    "decisions",
    "funds",
    "health",
    "indexes",
    "notes",
    "register_places",
]


def register_places() -> None:
    """The entries of the navigation that lead here."""
    place("Funds", "publishing.funds", lambda user: not sees_all_cases(user), 5)  # the office has its own list
    place("Decisions", "publishing.decisions", lambda user: user is None, 6)

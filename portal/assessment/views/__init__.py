"""Addresses of assessment: the lists, a bid's page, its gate, its assessors, scoring and moderating."""

from portal.assessment.policy import works_here
from portal.assessment.views import assigning, bids, gate, interests, moderating, panel, ranking, scoring
from portal.assessment.views.blueprint import bp
from portal.core.page import place

__all__ = [
    "assigning",
    "bids",
    "bp",
    "gate",
    "interests",
    "moderating",
    "panel",
    "ranking",
    "register_places",
    "scoring",
]


def register_places() -> None:
    """The entries of the navigation that lead here."""
    place("Assessment", "assessment.index", works_here, 30)

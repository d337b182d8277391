"""Addresses of applications: starting and finding bids, answering their questions, handing them in."""

from portal.applications.policy import can_list
from portal.applications.views import answering, bids, changes, entering, exporting, handing_in, stages
from portal.applications.views.blueprint import bp
from portal.core.page import place

__all__ = [
    "answering",
    "bids",
    "bp",
    "changes",
    "entering",
    "exporting",
    "handing_in",
    "register_places",
    "stages",
]


def register_places() -> None:
    """The entries of the navigation that lead here."""
    place("Applications", "applications.index", can_list, 20)

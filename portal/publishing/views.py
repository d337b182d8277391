"""Addresses of publishing."""

from flask import Blueprint

bp = Blueprint("publishing", __name__)


def register_places() -> None:
    """The entries of the navigation that lead here."""

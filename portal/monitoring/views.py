"""Addresses of monitoring."""

from flask import Blueprint

bp = Blueprint("monitoring", __name__, url_prefix="/returns")


def register_places() -> None:
    """The entries of the navigation that lead here."""

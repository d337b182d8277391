"""Addresses of awards."""

from flask import Blueprint

bp = Blueprint("awards", __name__, url_prefix="/awards")


def register_places() -> None:
    """The entries of the navigation that lead here."""

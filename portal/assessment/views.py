"""Addresses of assessment."""

from flask import Blueprint

bp = Blueprint("assessment", __name__, url_prefix="/assessment")


def register_places() -> None:
    """The entries of the navigation that lead here."""

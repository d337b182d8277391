"""Addresses of reporting."""

from flask import Blueprint

bp = Blueprint("reporting", __name__)


def register_places() -> None:
    """The entries of the navigation that lead here."""

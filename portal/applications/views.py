"""Addresses of applications."""

from flask import Blueprint

bp = Blueprint("applications", __name__, url_prefix="/applications")


def register_places() -> None:
    """The entries of the navigation that lead here."""

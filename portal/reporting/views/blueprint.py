"""The blueprint that the views of this package share."""

from flask import Blueprint

bp = Blueprint("reporting", __name__)

"""The blueprint that the views of this package share."""

from flask import Blueprint

bp = Blueprint("monitoring", __name__, url_prefix="/returns")

"""The blueprint that the views of this package share."""

from flask import Blueprint

bp = Blueprint("awards", __name__, url_prefix="/awards")

"""The blueprint that the views of this package share."""

from flask import Blueprint

bp = Blueprint("people", __name__)

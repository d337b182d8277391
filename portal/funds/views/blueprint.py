"""The blueprint that the views of this package share."""

from flask import Blueprint

bp = Blueprint("funds", __name__, url_prefix="/commissioning")

"""The blueprint under which every address of funds stands."""

from flask import Blueprint

bp = Blueprint("funds", __name__, url_prefix="/commissioning")

"""The blueprint under which every address of applications stands."""

from flask import Blueprint

bp = Blueprint("applications", __name__, url_prefix="/applications")

"""The blueprint under which everything about funds and rounds stands for the office."""

from flask import Blueprint

bp = Blueprint("funds", __name__, url_prefix="/commissioning")

"""Addresses of funds: how a round judges its bids, and whom it lets apply."""

from portal.funds.views import criteria, entry, scheme
from portal.funds.views.blueprint import bp

__all__ = ["bp", "criteria", "entry", "scheme"]

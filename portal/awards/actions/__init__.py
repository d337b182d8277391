"""Verbs of decisions and awards: deciding and publishing, offering and accepting, keeping progress."""

from portal.awards.actions.accepting import accept, decline_offer, go_live, lapse_overdue
from portal.awards.actions.deciding import decide, publish, stand_aside
from portal.awards.actions.progress import note_progress, note_spend

__all__ = [
    "accept",
    "decide",
    "decline_offer",
    "go_live",
    "lapse_overdue",
    "note_progress",
    "note_spend",
    "publish",
    "stand_aside",
]

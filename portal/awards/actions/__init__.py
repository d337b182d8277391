"""Verbs of decisions and awards: deciding and publishing, offering and accepting, keeping progress."""

from portal.awards.actions.accepting import accept, decline_offer, go_live, lapse_overdue
from portal.awards.actions.deciding import decide, publish, stand_aside
from portal.awards.actions.progress import note_progress, note_spend
from portal.awards.actions.reminding import remind_of_offers

__all__ = [
    "accept",
    "decide",
    "decline_offer",
    "go_live",
    "lapse_overdue",
    "note_progress",
    "note_spend",
    "publish",
    "remind_of_offers",
    "stand_aside",
]

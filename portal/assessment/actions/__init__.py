"""Verbs of assessment: the gate, assigning, scoring, moderating and recommending."""

from portal.assessment.actions.assigning import ask_again, assign, assign_all, conflict, declare, stand_down
from portal.assessment.actions.gate import admit, ask, gate_problems, keep_gate, refuse_entry, reinstate
from portal.assessment.actions.moderating import moderate, recommend, save_moderated
from portal.assessment.actions.panel import defer, hold_in_reserve, to_panel
from portal.assessment.actions.scoring import Overtaken, missing_scores, save_score, save_scores, send_back, submit_scores

__all__ = [
    "Overtaken", "admit", "ask", "ask_again", "assign", "assign_all", "conflict", "declare", "defer", "gate_problems",
    "hold_in_reserve", "keep_gate", "missing_scores", "moderate", "recommend", "refuse_entry", "reinstate",
    "save_moderated", "save_score", "save_scores", "send_back", "stand_down", "submit_scores", "to_panel",
]  # fmt: skip

"""Queries about assessments: finding one bid, its scores, what assessors read of it, and the lists."""

from portal.assessment.lists.finding import (
    assignment_by_id,
    assignments_of,
    bid_by_ref,
    candidates,
    gate_results,
    has_bid,
    may_read_file,
    moderated_of,
    objectives_of,
    own_assignment,
    own_scores,
    scored_by,
)
from portal.assessment.lists.money import Budgets, budgets_of
from portal.assessment.lists.reading import (
    Part,
    by_criterion,
    changed_since,
    content_for_assessors,
    content_for_office,
    partners_of,
)
from portal.assessment.lists.scores import Comparison, Verdict, agreed_points, awaited, compare, points_given, verdict_of
from portal.assessment.lists.tables import AssessmentList, AssignmentList

__all__ = [
    "AssessmentList",
    "AssignmentList",
    "Budgets",
    "Comparison",
    "Part",
    "Verdict",
    "agreed_points",
    "assignment_by_id",
    "assignments_of",
    "awaited",
    "bid_by_ref",
    "budgets_of",
    "by_criterion",
    "candidates",
    "changed_since",
    "compare",
    "content_for_assessors",
    "content_for_office",
    "gate_results",
    "has_bid",
    "may_read_file",
    "moderated_of",
    "objectives_of",
    "own_assignment",
    "own_scores",
    "partners_of",
    "points_given",
    "scored_by",
    "verdict_of",
]  # fmt: skip

"""The two lists, and a bid as the office reads it."""

from typing import Any

from flask import g, request
from werkzeug.wrappers import Response

from portal.applications.lists import latest_snapshot, open_request
from portal.applications.models import Application
from portal.assessment import lists
from portal.assessment.deadline import deadline_of
from portal.assessment.lists import AssessmentList, AssignmentList
from portal.assessment.models import Assignment
from portal.assessment.policy import (
    BEING_SCORED,
    can_list,
    can_see_scores,
    is_assessor,
    reads_files,
    restricted_export,
    restricted_list,
    restricted_scores,
)
from portal.assessment.steps import may_assign, steps, steps_with
from portal.assessment.views.blueprint import bp
from portal.core.access import allow
from portal.core.audit import note_look
from portal.core.exports import as_csv, as_xlsx
from portal.core.listing import Listing
from portal.core.page import page
from portal.people.lists import names_of

PARTS = ("answers", "gate", "scores")


def listed() -> Listing:
    """The office's list; for assessors, who see no other bids, their own."""
    return AssessmentList(request.args, g.user) if g.user.sees_all_cases else AssignmentList(request.args, g.user)


def listed_to_keep() -> Listing:
    """The same as a file: one look, however many scores are in it."""
    listing = listed()
    if isinstance(listing, AssessmentList):
        note_look(g.user, None, restricted_export(listing.scored()))
    return listing


def own() -> Listing:
    return AssignmentList(request.args, g.user)


@bp.get("/")
@allow(can_list)
def index() -> Response:
    return show_list(listed())


@bp.get("/mine")
@allow(is_assessor)
def mine() -> Response:
    return show_list(own())


def show_list(listing: Listing) -> Response:
    if isinstance(listing, AssessmentList):
        note_look(g.user, None, restricted_list(listing.scored_here()))
    has_both = g.user.sees_all_cases and is_assessor(g.user)
    return page("assessment/index.html", "results", listing=listing, has_both=has_both,
                is_mine=isinstance(listing, AssignmentList))  # fmt: skip


@bp.get("/export.csv")
@allow(can_list)
def export_csv() -> Response:
    return as_csv(listed_to_keep(), "assessment.csv")


@bp.get("/export.xlsx")
@allow(can_list)
def export_xlsx() -> Response:
    return as_xlsx(listed_to_keep(), "assessment.xlsx")


@bp.get("/mine/export.csv")
@allow(is_assessor)
def export_mine_csv() -> Response:
    return as_csv(own(), "bids-to-score.csv")


@bp.get("/mine/export.xlsx")
@allow(is_assessor)
def export_mine_xlsx() -> Response:
    return as_xlsx(own(), "bids-to-score.xlsx")


@bp.get("/<ref>")
@allow(reads_files, load=lists.bid_by_ref)
def show(application: Application) -> Response:
    wish = request.args.get("part", "")
    default = "scores" if application.in_assessment_at and application.stage in BEING_SCORED else "answers"
    return show_part(application, wish if wish in PARTS else default)


def show_part(application: Application, part: str, errors: Any = (), status: int = 200) -> Response:
    """One part of the office's page of a bid, under what is always there."""
    assignments = lists.assignments_of(application)
    context = {"answers": answers, "gate": gate, "scores": scores}[part](application, assignments)
    return page(
        "assessment/show.html", part=part, application=application, assignments=assignments,
        deadline=deadline_of(application), objectives=lists.objectives_of(application), asked=open_request(application),
        verdict=lists.verdict_of(application, assignments),
        steps=steps(g.user, application, assignments), errors=errors, status=status,
        **context,
    )  # fmt: skip


def answers(application: Application, assignments: list[Assignment]) -> dict[str, Any]:
    snapshot = latest_snapshot(application)
    return {"content": snapshot.content if snapshot else [], "was_sent_again": snapshot is not None and snapshot.number > 1}


def gate(application: Application, assignments: list[Assignment]) -> dict[str, Any]:
    results = {result.check_id: result for result in lists.gate_results(application)}
    return {"results": results, "names": names_of({result.by_id for result in results.values()})}


def scores(application: Application, assignments: list[Assignment]) -> dict[str, Any]:
    """Who scores it; and the scores, once this person may see them."""
    is_shown = can_see_scores(g.user, application, assignments)
    note_look(g.user, application, restricted_scores(application) if is_shown else "")
    return {
        "awaited": lists.awaited(application, assignments),
        "candidates": lists.candidates(application, assignments),
        "comparison": lists.compare(application, assignments) if is_shown else None,
        "may_assign": may_assign(g.user, application),
        "moves": {each.id: steps_with(g.user, each) for each in assignments},
    }

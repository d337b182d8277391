"""Scoring: one's own points and words, saved as they come, then handed in."""

from typing import Any

from flask import flash, g, redirect, request, url_for
from werkzeug.wrappers import Response

from portal.assessment import actions, lists
from portal.assessment.boxes import Box, box_of, boxes_of, clash, total_of, typed_boxes
from portal.assessment.models import Assignment, Stage
from portal.assessment.policy import BEING_SCORED, can_see_scores, may_score, restricted_scores
from portal.assessment.posted import read_score, read_scores
from portal.assessment.views.blueprint import bp
from portal.assessment.workflow import LIFE
from portal.core.access import allow
from portal.core.audit import note_look
from portal.core.db import write
from portal.core.page import page
from portal.core.problems import Incomplete, NotFound


@bp.route("/<ref>/score", methods=["GET", "POST"])
@allow(may_score, load=lists.scored_by)
def score(assignment: Assignment) -> Response:
    """The answers beside the form; once handed in, the scores to be read."""
    if assignment.stage is Stage.INVITED:
        return redirect(url_for(".interest", ref=assignment.application.ref), 303)
    if request.method == "POST":
        return save(assignment)
    if assignment.stage is Stage.SUBMITTED or assignment.application.stage not in BEING_SCORED:
        return show_scored(assignment)
    return show_form(assignment, boxes_of(assignment))


def save(assignment: Assignment) -> Response:
    """The whole page at once, as the plain button sends it."""
    ref = assignment.application.ref
    typed = read_scores(request.form, assignment.application.round.criteria)
    boxes = typed_boxes(assignment, typed)
    if errors := [(each.problem, f"#points-{key}") for key, each in typed.items() if each.problem]:
        return show_form(assignment, boxes, errors)
    try:
        write(actions.save_scores, assignment, {key: each.given for key, each in typed.items()}, by=g.user)
    except actions.Overtaken as problem:
        errors = [(str(problem), f"#answer-{key}") for key in problem.criterion_ids[:1]]
        return show_form(assignment, clash(assignment, boxes, problem.criterion_ids), errors, 409)
    if request.form.get("way") == "submit":
        return redirect(url_for(".submit", ref=ref), 303)
    flash("Your scores are saved. Nobody else sees them yet.")
    return redirect(url_for(".score", ref=ref), 303)


@bp.post("/<ref>/score/<int:criterion_id>")
@allow(may_score, load=lists.own_scores)
def save_score(assignment: Assignment, criterion_id: int) -> Response:
    """One criterion, as it is typed. The answer is its status and the new total."""
    criterion = next((each for each in assignment.application.round.criteria if each.id == criterion_id), None)
    if criterion is None:
        raise NotFound("This round has no such criterion.")
    typed = read_score(request.form, criterion)
    if typed.problem:
        return show_saved(assignment, box_of(criterion, typed, typed.problem), 422)
    try:
        write(actions.save_scores, assignment, {criterion_id: typed.given}, by=g.user)
    except actions.Overtaken:
        (box,) = clash(assignment, [box_of(criterion, typed)], [criterion_id])
        return show_saved(assignment, box, 409)
    (box,) = (each for each in boxes_of(assignment) if each.criterion.id == criterion_id)
    return show_saved(assignment, box)


def show_saved(assignment: Assignment, box: Box, status: int = 200) -> Response:
    return page("assessment/_saved.html", box=box, total=total_of(assignment), status=status)


@bp.route("/<ref>/score/submit", methods=["GET", "POST"])
@allow(LIFE.may("submit"), load=lists.scored_by, done="assessment.score")
def submit(assignment: Assignment) -> Response:
    """Look once more, then hand in."""
    missing = actions.missing_scores(assignment)
    if request.method == "POST" and not missing:
        ref = assignment.application.ref
        try:
            write(actions.submit_scores, assignment, by=g.user)
        except Incomplete as problem:
            return show_form(assignment, boxes_of(assignment), problem.missing)
        flash(f"Your scores of {ref} are in. Thank you.")
        return redirect(url_for(".score", ref=ref), 303)
    if missing:
        return show_form(assignment, boxes_of(assignment), missing)
    return page("assessment/submit.html", assignment=assignment, boxes=boxes_of(assignment), total=total_of(assignment))


def show_form(assignment: Assignment, boxes: list[Box], errors: Any = (), status: int = 422) -> Response:
    application = assignment.application
    parts, rest = lists.by_criterion(lists.content_for_assessors(application), application.round.criteria)
    return page(
        "assessment/score.html", assignment=assignment, application=application, rest=rest,
        pairs=list(zip(parts, boxes, strict=True)), total=total_of(assignment), changed=lists.changed_since(assignment),
        errors=errors, status=status if errors else 200,
    )  # fmt: skip


def show_scored(assignment: Assignment) -> Response:
    """One's own scores to be read, and those of the others once all required ones are in."""
    application = assignment.application
    assignments = lists.assignments_of(application)
    is_shown = can_see_scores(g.user, application, assignments)
    note_look(g.user, application, restricted_scores(application) if is_shown else "")
    return page(
        "assessment/scored.html", assignment=assignment, application=application, boxes=boxes_of(assignment),
        total=total_of(assignment), content=lists.content_for_assessors(application),
        comparison=lists.compare(application, assignments) if is_shown else None,
        is_paused=assignment.stage is not Stage.SUBMITTED,
    )  # fmt: skip

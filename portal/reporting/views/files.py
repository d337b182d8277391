"""A grant's file, and the whole of it with the application on one page."""

from datetime import datetime

from flask import current_app, g
from werkzeug.wrappers import Response

from portal.assessment.lists import has_bid
from portal.awards.workflow import LIFE
from portal.core.access import allow, anyone_signed_in
from portal.core.clock import day_of, read_day, read_moment
from portal.core.page import page
from portal.core.workflow import Move
from portal.reporting.case_file import CaseFile, by_ref
from portal.reporting.views.blueprint import bp


@bp.get("/grants/<ref>")
@allow(anyone_signed_in, load=by_ref)
def grant(file: CaseFile) -> Response:
    """What one needs at a glance."""
    return file_page(file, is_whole=False)


@bp.get("/grants/<ref>/whole")
@allow(anyone_signed_in, load=by_ref)
def whole(file: CaseFile) -> Response:
    """The same with every answer of the application as it was submitted: to be read through, printed or kept."""
    return file_page(file, is_whole=True)


def file_page(file: CaseFile, is_whole: bool) -> Response:
    is_assessed = file.application is not None and g.user.sees_all_cases and has_bid(g.user, file.main.ref)
    milestones = [(step.label, told(file, step.at)) for step in file.milestones]
    return page("reporting/grant.html", file=file, milestones=milestones, moves=[] if is_whole else moves_of(file),
                is_assessed=is_assessed, is_whole=is_whole)  # fmt: skip


def told(file: CaseFile, at: datetime | None) -> str:
    """When a stage was reached; of grants taken over from papers only the day is known."""
    return read_day(day_of(at)) if at and file.award and file.award.is_history else read_moment(at)


def moves_of(file: CaseFile) -> list[tuple[Move, bool]]:
    """What this person may do next with the award, each with whether it has a page of its own to do it on."""
    if file.award is None:
        return []
    return [(move, has_page(move.endpoint or "")) for move in LIFE.open_to(g.user, file.award)]


def has_page(endpoint: str) -> bool:
    return any("GET" in (rule.methods or ()) for rule in current_app.url_map.iter_rules(endpoint))

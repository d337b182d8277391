"""Handing a bid in: check the answers, submit, receipt."""

from flask import g, redirect, url_for
from werkzeug.wrappers import Response

from portal.applications import actions, lists
from portal.applications.lists import by_ref
from portal.applications.models import Application
from portal.applications.policy import can_read, can_write, stage_for
from portal.applications.progress import Progress, next_steps
from portal.applications.views.blueprint import bp
from portal.applications.workflow import LIFE
from portal.core.access import allow
from portal.core.db import write
from portal.core.page import page
from portal.core.problems import Incomplete, NotNow
from portal.people.lists import names_of_members
from portal.people.models import Right


@bp.get("/<ref>/check")
@allow(can_read, load=by_ref)
def check(application: Application) -> Response:
    """All answers on one page, what is missing on top, the button to hand in at the end."""
    if not application.is_open:
        return redirect(url_for(".show", ref=application.ref), 303)
    return check_page(application)


def check_page(application: Application, errors: list[tuple[str, str]] | None = None, status: int = 200) -> Response:
    progress = Progress(application)
    writes = can_write(g.user, application)
    changes = {
        section.code: url_for(".section", ref=application.ref, section=section.code, check="yes")
        for section in progress.sheet.sections
        if writes and (progress.request is None or progress.is_asked(section))
    }
    return page(
        "applications/check.html", bid=application, progress=progress, content=progress.sheet.snapshot(), change=changes,
        missing=actions.missing_answers(application, progress.sheet), may_submit=LIFE.can(g.user, application, "submit"),
        leads=names_of_members(application.organisation_id, Right.LEAD), writes=writes, errors=errors, status=status,
    )  # fmt: skip


@bp.post("/<ref>/submit")
@allow(LIFE.may("submit"), load=by_ref, done="applications.receipt")
def submit(application: Application) -> Response:
    try:
        write(actions.submit, application, by=g.user)
    except Incomplete as problem:
        return check_page(application, problem.missing, 422)
    except NotNow as problem:
        if not application.is_open:  # a second click was faster: it is answered with the receipt
            raise
        return check_page(application, [(str(problem), "#main-content")], 409)
    return redirect(url_for(".receipt", ref=application.ref), 303)


@bp.get("/<ref>/receipt")
@allow(can_read, load=by_ref)
def receipt(application: Application) -> Response:
    taken = lists.snapshots_of(application)
    if not taken:
        raise NotNow(f"{application} has not been submitted yet, so there is no receipt.")
    stage = stage_for(g.user, application)
    return page(
        "applications/receipt.html", bid=application, first=taken[0], snapshot=taken[-1], steps=next_steps(application, stage)
    )  # fmt: skip

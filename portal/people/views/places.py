"""Areas: the list of them, and bringing them in as a file."""

from flask import flash, g, redirect, request, url_for
from werkzeug.wrappers import Response

from portal.core.access import allow
from portal.core.db import write
from portal.core.exports import as_csv, as_xlsx
from portal.core.files import takes_files
from portal.core.page import page
from portal.core.problems import Incomplete, Refused
from portal.people import actions
from portal.people.forms import AreasForm
from portal.people.lists import AreaList
from portal.people.policy import is_administrator, is_staff
from portal.people.views.blueprint import bp

LARGEST = 2 * 1024 * 1024


def listed() -> AreaList:
    return AreaList(request.args, g.user)


@bp.get("/areas/")
@allow(is_staff)
def areas() -> Response:
    return page("people/areas.html", "results", listing=listed(), may_import=is_administrator(g.user))


@bp.get("/areas/export.csv")
@allow(is_staff)
def areas_csv() -> Response:
    return as_csv(listed(), "areas.csv")


@bp.get("/areas/export.xlsx")
@allow(is_staff)
def areas_xlsx() -> Response:
    return as_xlsx(listed(), "areas.xlsx")


@bp.route("/areas/import", methods=["GET", "POST"])
@allow(is_administrator)
@takes_files
def import_areas() -> Response:
    """All of the file or nothing of it; what is wrong is told line by line."""
    form, missing = AreasForm(), list[tuple[str, str]]()
    if form.validate_on_submit():
        try:
            added, changed = write(actions.import_areas, form.file.data.stream.read(LARGEST), by=g.user)
            flash(f"{added} areas are new, {changed} are changed.")
            return redirect(url_for(".areas"), 303)
        except Incomplete as problem:
            missing = problem.missing
        except Refused as problem:
            form.refuse(str(problem), "file")
    errors = [*form.error_list(), *missing]
    return page("people/import_areas.html", form=form, errors=errors, status=422 if errors else 200)

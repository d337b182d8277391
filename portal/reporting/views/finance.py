"""The finance report on a page, as CSV and as a workbook; long workbooks are made by the worker."""

from flask import g, redirect, request, url_for
from werkzeug.wrappers import Response

from portal.core.access import allow, anyone_signed_in
from portal.core.db import db, write
from portal.core.exports import XLSX, as_csv, attachment, is_too_long
from portal.core.jobs import Job
from portal.core.page import page
from portal.reporting import workbook
from portal.reporting.finance.lists import FinanceList, may_read
from portal.reporting.finance.sums import WAYS, summary, total, way_of
from portal.reporting.views.blueprint import bp


def listed() -> FinanceList:
    return FinanceList(request.args, g.user)


@bp.get("/reports/finance")
@allow(may_read)
def finance() -> Response:
    listing, session = listed(), db.session()
    whole = total(listing, session)
    listing.known_count = whole.lines
    return page("reporting/finance.html", "results", listing=listing, total=whole, ways=WAYS,
                summary=summary(listing, way_of(request.args.get("by", "")), session), is_long=is_too_long(listing))  # fmt: skip


@bp.get("/reports/finance.csv")
@allow(may_read)
def finance_csv() -> Response:
    return as_csv(listed(), "finance-report.csv")


@bp.get("/reports/finance.xlsx")
@allow(may_read)
def finance_xlsx() -> Response:
    listing = listed()
    if is_too_long(listing):
        return page("reporting/workbook.html", listing=listing)
    return Response(workbook.content(listing), mimetype=XLSX, headers=attachment(workbook.NAME))


@bp.post("/reports/finance.xlsx")
@allow(may_read)
def make_workbook() -> Response:
    """What was chosen stays in the address, so that reloading the page asks for the same."""
    job = write(workbook.ask, listed().wishes, by=g.user)
    return redirect(url_for(".job", job_id=job.id), 303)


@bp.get("/jobs/<int:job_id>")
@allow(anyone_signed_in, load=workbook.job_by_id)
def job(job: Job) -> Response:
    return page("reporting/job.html", "progress", job=job)

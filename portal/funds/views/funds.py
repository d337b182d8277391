"""The office's list of funds, beginning one, and what it says of itself."""

from flask import g, request, url_for
from werkzeug.wrappers import Response

from portal.core.access import allow
from portal.core.exports import as_csv, as_xlsx
from portal.core.page import page
from portal.funds import actions, finding
from portal.funds.forms import NewFundForm
from portal.funds.models import Fund
from portal.funds.register import FundList
from portal.funds.standard import POINTS, Answer
from portal.funds.views.blueprint import bp
from portal.funds.views.editing import answered
from portal.people.policy import is_officer, sees_all_cases
from portal.plan.lists import plans


@bp.get("/")
@allow(sees_all_cases)
def index() -> Response:
    return page("funds/index.html", "results", listing=FundList(request.args, g.user), changes=finding.waiting_changes(),
                edits=is_officer(g.user))  # fmt: skip


@bp.get("/export.csv")
@allow(sees_all_cases)
def export_csv() -> Response:
    return as_csv(FundList(request.args, g.user), "funds.csv")


@bp.get("/export.xlsx")
@allow(sees_all_cases)
def export_xlsx() -> Response:
    return as_xlsx(FundList(request.args, g.user), "funds.xlsx")


@bp.route("/funds/new", methods=["GET", "POST"])
@allow(is_officer)
def new() -> Response:
    """Begin a fund with the least that it needs; the rest is asked for on its page."""
    form, by = NewFundForm([(str(plan.id), str(plan)) for plan in plans()]), g.user
    made: list[Fund] = []

    def create() -> None:
        made[:] = [actions.create_fund(form.facts, by=by)]

    return answered(form, create, "funds/new.html",
                    lambda: (f"{made[0]} is begun. Next: who may apply, its objectives, and a budget.",
                             url_for(".about", slug=made[0].slug)))  # fmt: skip


@bp.get("/funds/<slug>/about")
@allow(sees_all_cases, load=finding.fund_in_full)
def about(fund: Fund) -> Response:
    """What a fund is for, who may apply, what it serves, and how it stands to the standard."""
    return page("funds/about.html", fund=fund, edits=is_officer(g.user), points=points_of(fund), missing=missing_of(fund))


def points_of(fund: Fund) -> list[tuple[str, str, Answer | None, dict[str, str]]]:
    """Each point of the standard: its name, what it asks, and how the fund stands to it."""
    found = {key: fund.checklist.get(key, {}) for key in POINTS}
    return [(*POINTS[key], Answer(each["answer"]) if each else None, each) for key, each in found.items()]


def missing_of(fund: Fund) -> list[tuple[str, str]]:
    """What a fund still lacks, each with the page on which to add it."""
    wanted = (
        (fund.summary, "A summary for the public list", "edit"),
        (fund.who_can_apply, "Who may apply", "applicants"),
        (fund.served, "The objectives that it serves", "objectives"),
        (fund.senior_owner_id, "A senior responsible owner", "edit"),
        (fund.steps, "Where it stands in the commissioning cycle", "cycle"),
        (len(fund.checklist) == len(POINTS), "The grants standard, point by point", "checklist"),
    )
    return [(words, url_for(f".{page}", slug=fund.slug)) for there, words, page in wanted if not there]

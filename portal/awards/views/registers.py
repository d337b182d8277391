"""The lists: grants, and the office's register of decisions."""

from flask import g, request
from werkzeug.wrappers import Response

from portal.awards import lists
from portal.awards.lists import AwardList, DecisionList
from portal.awards.policy import reads_awards
from portal.awards.views.blueprint import bp
from portal.core.access import allow
from portal.core.exports import as_csv, as_xlsx
from portal.core.page import page
from portal.people.policy import is_monitoring_officer, sees_all_cases


@bp.get("/")
@allow(reads_awards)
def index() -> Response:
    to_publish = lists.to_publish(g.user) if is_monitoring_officer(g.user) else []
    return page("awards/index.html", "results", listing=awards(), to_decide=lists.to_decide(g.user), to_publish=to_publish,
                can_read_register=sees_all_cases(g.user))  # fmt: skip


@bp.get("/export.csv")
@allow(reads_awards)
def export_csv() -> Response:
    return as_csv(awards(), "grants.csv")


@bp.get("/export.xlsx")
@allow(reads_awards)
def export_xlsx() -> Response:
    return as_xlsx(awards(), "grants.xlsx")


@bp.get("/decisions/")
@allow(sees_all_cases)
def decisions() -> Response:
    return page("awards/decisions.html", "results", listing=register())


@bp.get("/decisions/export.csv")
@allow(sees_all_cases)
def decisions_csv() -> Response:
    return as_csv(register(), "decisions.csv")


@bp.get("/decisions/export.xlsx")
@allow(sees_all_cases)
def decisions_xlsx() -> Response:
    return as_xlsx(register(), "decisions.xlsx")


def awards() -> AwardList:
    return AwardList(request.args, g.user)


def register() -> DecisionList:
    return DecisionList(request.args, g.user)

"""How a round goes: how many bids stand where, what they ask for, and what happened to the round."""

from flask import g
from werkzeug.wrappers import Response

from portal.applications.policy import may_export_personal
from portal.core.access import allow
from portal.core.page import page
from portal.funds.models import Round
from portal.funds.round_lists import round_by_code
from portal.people.policy import sees_all_cases
from portal.reporting.history import history_of
from portal.reporting.round_watch import Watch
from portal.reporting.views.blueprint import bp


@bp.get("/commissioning/rounds/<code>/watch")
@allow(sees_all_cases, load=round_by_code)
def round_watch(round_: Round) -> Response:
    return page("reporting/round_watch.html", round=round_, watch=Watch(round_), history=history_of(round_.case, g.user, set()),
                exports_personal=may_export_personal(g.user))  # fmt: skip

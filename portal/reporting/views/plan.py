"""The plan with what grants bring to it, and one objective with its grants."""

from collections.abc import Sequence

from flask import g, request, url_for
from werkzeug.wrappers import Response

from portal.core import clock
from portal.core.access import allow
from portal.core.page import page
from portal.people.policy import is_staff
from portal.plan import lists
from portal.plan.models import Objective, Plan
from portal.reporting.objectives import ObjectiveGrants, also_serving, serving_earlier, standing_under, total_of
from portal.reporting.views.blueprint import bp


@bp.get("/plan")
@allow(is_staff)
def plan() -> Response:
    """One plan at a time: the one asked for, else the one in force."""
    plans = lists.plans()
    current = lists.plan_on(clock.today())
    shown = next((each for each in plans if each.key == request.args.get("plan")), current) or next(iter(plans), None)
    return page(
        "reporting/plan.html", plan_tabs=tabs(plans, shown), shown=shown, current=current, red=lists.red_actions(),
        themes=lists.themes_of(shown) if shown else [], standing=standing_under(g.user),
    )  # fmt: skip


def tabs(plans: Sequence[Plan], shown: Plan | None) -> list[tuple[str, str, bool]]:
    return [(each.title.split(":")[0], url_for(".plan", plan=each.key), each is shown) for each in plans]


@bp.get("/objectives/<int:objective_id>")
@allow(is_staff, load=lists.objective_by_id)
def objective(objective: Objective) -> Response:
    earlier = lists.followed(objective)
    return page(
        "reporting/objective.html", "results", objective=objective, listing=ObjectiveGrants(request.args, g.user, objective),
        standing=total_of(g.user, objective), also=also_serving(g.user, objective), earlier=serving_earlier(g.user, earlier),
        followed=earlier, followers=lists.followers(objective),
    )  # fmt: skip

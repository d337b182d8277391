"""What officers do with a round's bids before anybody judges them: trying its form, and taking bids forward to it."""

from flask import flash, g, redirect, request, url_for
from werkzeug.wrappers import Response

from portal.applications import actions, lists
from portal.applications.forms import StartForm
from portal.applications.views.blueprint import bp
from portal.core.access import allow
from portal.core.db import write
from portal.core.page import page
from portal.core.problems import Refused
from portal.funds.models import Round
from portal.funds.policy import may_check
from portal.funds.round_lists import round_by_code, takers_of


def round_to_run(user: object, round_code: str) -> Round | None:
    """A round as the office sees it."""
    return round_by_code(user, round_code)  # type: ignore[arg-type]


@bp.route("/try/<round_code>", methods=["GET", "POST"])
@allow(may_check, load=round_to_run)
def try_round(round_: Round) -> Response:
    """Fill in the form as an applicant would. Tests are marked, and apart from live bids everywhere."""
    organisations = takers_of(round_)
    form = StartForm().offer(organisations)
    if form.validate_on_submit():
        chosen = next(each for each in organisations if str(each.id) == form.organisation.data)
        made = write(actions.try_out, round_, chosen, by=g.user)
        return redirect(url_for(".show", ref=made.ref), 303)
    errors = form.error_list()
    return page("applications/try.html", round=round_, form=form, tests=lists.tests_of(round_, g.user), errors=errors,
                status=422 if errors else 200)  # fmt: skip


@bp.route("/forward/<round_code>", methods=["GET", "POST"])
@allow(may_check, load=round_to_run)
def forward(round_: Round) -> Response:
    """Choose which bids of the earlier stage go on to this one."""
    errors: list[tuple[str, str]] = []
    if request.method == "POST":
        ids, code = [int(each) for each in request.form.getlist("bids") if each.isdecimal()], round_.code
        try:
            taken = write(actions.take_forward, round_, ids, by=g.user)
        except Refused as problem:
            errors = [(str(problem), "#bids")]
        else:
            flash(f"{len(taken)} taken forward. Their leads have been told.")
            return redirect(url_for(".forward", round_code=code), 303)
    return page("applications/forward.html", round=round_, bids=actions.forwardable(round_), errors=errors,
                status=422 if errors else 200)  # fmt: skip

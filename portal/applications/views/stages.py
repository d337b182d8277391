"""What officers do with a round's bids before anybody judges them: trying its form, and taking bids forward to it."""

from flask import flash, g, redirect, request, url_for
from werkzeug.wrappers import Response

from portal.applications import actions, lists
from portal.applications.actions.carrying import carry_form as carry_over
from portal.applications.actions.rounds import drafts_of
from portal.applications.forms import StartForm
from portal.applications.views.blueprint import bp
from portal.core.access import allow
from portal.core.db import write
from portal.core.page import page
from portal.core.problems import NotNow, Refused
from portal.funds.models import Round
from portal.funds.policy import may_check
from portal.funds.round_lists import round_by_code, takers_of
from portal.questions.builder.beginning import newest_of
from portal.questions.builder.differences import differences
from portal.questions.documents import as_document


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


@bp.route("/carry/<round_code>", methods=["GET", "POST"])
@allow(may_check, load=round_to_run)
def carry_form(round_: Round) -> Response:
    """Let a running round ask the newest version of its form. Drafts are carried over, what was handed in stays."""
    old = round_.question_version
    newest = newest_of(old.question_set.key) if old else None
    if old is None or newest is None or newest.id == old.id:
        raise NotNow("The round asks the newest version of its form already.")
    if request.method == "POST":
        code = round_.code
        many = write(carry_over, round_, newest, by=g.user)
        told = "nobody had a draft" if not many else f"{many} draft{'s' if many > 1 else ''} carried over, and their writers told"
        flash(f"The round asks version {newest.number} now: {told}.")
        return redirect(url_for("funds.show_round", code=code), 303)
    return page("applications/carry.html", round=round_, old=old, newest=newest, drafts=len(drafts_of(round_)),
                found=differences(as_document(old), as_document(newest)))  # fmt: skip

"""A round's scheme: bands, threshold, groups and ties; and what its points mean."""

from flask import flash, g, redirect, request, url_for
from werkzeug.wrappers import Response

from portal.core.access import allow
from portal.core.db import write
from portal.core.page import page
from portal.core.problems import Refused
from portal.funds import actions
from portal.funds.forms.points import PointsForm, ThresholdForm
from portal.funds.forms.scheme import ROWS, SchemeForm, tie_options
from portal.funds.judging import scheme_of
from portal.funds.lists import round_for_staff
from portal.funds.models import Round
from portal.funds.policy import may_set_threshold
from portal.funds.steps import as_text
from portal.funds.views.asking import ask
from portal.funds.views.blueprint import bp
from portal.funds.words import RECOMMENDS, SCHEMES, SHORTLISTS
from portal.people.policy import is_officer
from portal.questions.posted import as_number


@bp.route("/rounds/<round_code>/criteria/scheme", methods=["GET", "POST"])
@allow(is_officer, load=round_for_staff)
def scheme(round_: Round) -> Response:
    actions.check_not_fixed(round_)
    return save(round_) if request.method == "POST" else show(round_, SchemeForm.of(round_))


def save(round_: Round) -> Response:
    form = SchemeForm.posted(request.form)
    facts = form.facts({criterion.code for criterion in round_.criteria})
    if form.errors:
        return show(round_, form, 422)
    try:
        write(actions.save_scheme, round_, facts, as_number(form.value("edition")), by=g.user)
    except actions.Overtaken as problem:
        form.refuse("main-content", str(problem))
        return show(round_, form, 409)
    except Refused as problem:
        form.refuse("main-content", str(problem))
        return show(round_, form, 422)
    flash("The scheme is saved. Try scores against it below.")
    return redirect(url_for(".criteria", round_code=round_.code), 303)


def show(round_: Round, form: SchemeForm, status: int = 200) -> Response:
    """After a clash what a colleague has saved is shown beside what was typed."""
    return page(
        "funds/scheme.html", round=round_, form=form, rows=range(ROWS), schemes=SCHEMES, shortlists=SHORTLISTS,
        recommends=RECOMMENDS, ties=tie_options(round_, scheme_of(round_)),
        saved=SchemeForm.of(round_) if status == 409 else None,
        edition=round_.judging_edition, status=status,
    )  # fmt: skip


@bp.route("/rounds/<round_code>/criteria/points", methods=["GET", "POST"])
@allow(is_officer, load=round_for_staff)
def points(round_: Round) -> Response:
    """What the points mean, for every criterion without a scale of its own."""
    stored = {"scale": round_.usual_scale.value, "steps": as_text(round_.scale)}
    return ask(
        "funds/points.html", round_, PointsForm(data=stored), actions.save_points, round_, back=back_of(round_),
        done="What the points mean is saved.", stored=stored, edition_of=lambda: round_.judging_edition,
    )  # fmt: skip


@bp.route("/rounds/<round_code>/criteria/threshold", methods=["GET", "POST"])
@allow(may_set_threshold, load=round_for_staff)
def threshold(round_: Round) -> Response:
    """It may be set once the scores are known, with its reason."""
    form, back = ThresholdForm(), back_of(round_)
    if form.validate_on_submit():
        try:
            write(actions.set_threshold, round_, form.threshold.data or 0, form.reason.data or "", by=g.user)
        except Refused as problem:
            form.refuse(str(problem), problem.field)
        else:
            flash("The threshold is set.")
            return redirect(back, 303)
    errors = form.error_list()
    return page("funds/threshold.html", round=round_, form=form, back=back, errors=errors, status=422 if errors else 200)


def back_of(round_: Round) -> str:
    return url_for(".criteria", round_code=round_.code)

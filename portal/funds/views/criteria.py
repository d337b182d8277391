"""The criteria of a round: what they are worth, in which order they stand, and what scores would come to."""

from flask import flash, g, redirect, request, url_for
from werkzeug.wrappers import Response

from portal.core.access import allow
from portal.core.db import write
from portal.core.forms import clean, read_whole
from portal.core.page import page
from portal.core.problems import Refused
from portal.funds import actions, judging, lists
from portal.funds.forms.criteria import NO_WEIGHT, CriterionForm, as_typed
from portal.funds.lists import round_for_staff
from portal.funds.models import Round
from portal.funds.policy import may_set_threshold
from portal.funds.schemes import Kind
from portal.funds.trial import tried
from portal.funds.views.asking import ask, row_of
from portal.funds.views.blueprint import bp
from portal.funds.words import SCALES, SCHEMES
from portal.people.policy import is_officer, sees_all_cases
from portal.questions.posted import as_number


@bp.get("/rounds/<round_code>/criteria")
@allow(sees_all_cases, load=round_for_staff)
def criteria(round_: Round) -> Response:
    """How bids are judged; scores can be tried, which saves nothing."""
    return show(round_)


def show(
    round_: Round, errors: list[tuple[str, str]] | None = None, typed: dict[str, str] | None = None, status: int = 200
) -> Response:
    can_change = is_officer(g.user) and round_.judging_fixed_at is None
    return page(
        "funds/criteria.html", "tried", round=round_, scales=SCALES, scheme=SCHEMES[round_.scheme],
        faults=judging.faults_of(round_),
        trial=tried(round_, request.args), errors=errors or [], typed=typed or {},
        is_overtaken=status == 409, can_change=can_change,
        earlier=lists.rounds_to_copy(round_) if can_change else [], has_second=round_.scheme is Kind.SHORTLIST,
        may_set_threshold=may_set_threshold(g.user, round_),
        has_weights=round_.scheme not in (Kind.MARKS, Kind.MATRIX), status=status,
    )  # fmt: skip


@bp.post("/rounds/<round_code>/criteria/weights")
@allow(is_officer, load=round_for_staff)
def weights(round_: Round) -> Response:
    """All at once, so that they always add up."""
    typed = {name: clean(request.form[name]) for name in request.form}
    given, errors = read_weights(round_, typed)
    if errors:
        return show(round_, errors, typed, 422)
    try:
        write(actions.save_weights, round_, given, as_number(typed.get("edition")), by=g.user)
    except actions.Overtaken as problem:
        return show(round_, [(str(problem), "#weights")], typed, 409)
    except Refused as problem:
        return show(round_, [(str(problem), f"#{problem.field or 'main-content'}")], typed, 422)
    flash("The weights are saved.")
    return redirect(url_for(".criteria", round_code=round_.code), 303)


def read_weights(round_: Round, typed: dict[str, str]) -> tuple[dict[int, tuple[int, int]], list[tuple[str, str]]]:
    """The weights of each counted criterion, and what is wrong with them."""
    given, errors = {}, []
    for criterion in round_.criteria:
        if not criterion.scale.is_counted:
            continue
        found = [criterion.weight, criterion.second_weight]
        for place, name in enumerate(("weight", "second") if round_.scheme is Kind.SHORTLIST else ("weight",)):
            try:
                found[place] = read_whole(typed.get(f"{name}-{criterion.id}", ""))
            except ValueError:
                found[place] = 0
            if not 1 <= found[place] <= 100:
                errors.append((f"{criterion}: {NO_WEIGHT[0].lower()}{NO_WEIGHT[1:]}", f"#{name}-{criterion.id}"))
        given[criterion.id] = (found[0], found[1])
    return given, errors


@bp.route("/rounds/<round_code>/criteria/add", methods=["GET", "POST"])
@allow(is_officer, load=round_for_staff)
def add_criterion(round_: Round) -> Response:
    form = CriterionForm(data={"scale": "usual"}).about(round_, lists.questions_of(round_))
    return ask(
        "funds/criterion.html", round_, form, actions.add_criterion, round_, back=home(round_), done="The criterion is added."
    )


@bp.route("/rounds/<round_code>/criteria/<int:criterion_id>", methods=["GET", "POST"])
@allow(is_officer, load=round_for_staff)
def edit_criterion(round_: Round, criterion_id: int) -> Response:
    row = row_of(round_.criteria, criterion_id)
    stored = as_typed(row)
    form = CriterionForm(data=stored).about(round_, lists.questions_of(round_))
    return ask("funds/criterion.html", round_, form, actions.change_criterion, row, back=home(round_),
               done="The criterion is saved.", row=row, stored=stored)  # fmt: skip


@bp.post("/rounds/<round_code>/criteria/<int:criterion_id>/move")
@allow(is_officer, load=round_for_staff)
def move_criterion(round_: Round, criterion_id: int) -> Response:
    back = home(round_)
    write(actions.move_row, row_of(round_.criteria, criterion_id), up=request.form.get("way") == "up", by=g.user)
    return redirect(f"{back}#criteria", 303)


@bp.post("/rounds/<round_code>/criteria/<int:criterion_id>/remove")
@allow(is_officer, load=round_for_staff)
def remove_criterion(round_: Round, criterion_id: int) -> Response:
    row, back = row_of(round_.criteria, criterion_id), home(round_)
    name = row.name
    write(actions.remove_row, row, by=g.user)
    flash(f"“{name}” is removed. Look at the weights of the others.")
    return redirect(back, 303)


@bp.post("/rounds/<round_code>/criteria/copy")
@allow(is_officer, load=round_for_staff)
def copy_criteria(round_: Round) -> Response:
    """Judge as an earlier round did."""
    source = next((each for each in lists.rounds_to_copy(round_) if each.code == request.form.get("from")), None)
    if source is None:
        return show(round_, [("Choose the round to take the criteria from", "#from")], status=422)
    name, back = source.title, home(round_)
    write(actions.copy_judging, round_, source, by=g.user)
    flash(f"Bids are judged as in {name} now. Nothing there has changed.")
    return redirect(back, 303)


def home(round_: Round) -> str:
    return url_for(".criteria", round_code=round_.code)

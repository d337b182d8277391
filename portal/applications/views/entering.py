"""The questions before the form: who may apply. A refused applicant keeps the answers, and may change them."""

from flask import flash, g, redirect, request, url_for
from werkzeug.wrappers import Response

from portal.applications import actions, lists
from portal.applications.entry import Entry
from portal.applications.lists import by_round
from portal.applications.policy import can_start
from portal.applications.views.blueprint import bp
from portal.core.access import allow
from portal.core.db import write
from portal.core.page import page
from portal.core.problems import Conflict, Incomplete, NotFound
from portal.funds.models import Round
from portal.people.models import Organisation
from portal.questions.posted import as_number


@bp.route("/start/<round_code>/eligibility/<int:organisation_id>", methods=["GET", "POST"])
@allow(can_start, load=by_round)
def eligibility(round_: Round, organisation_id: int) -> Response:
    organisation = next((each for each in lists.writes_for(g.user, round_) if each.id == organisation_id), None)
    if organisation is None:
        raise NotFound("You do not write applications for this organisation.")
    if not round_.eligibility:
        return redirect(url_for(".start", round_code=round_.code), 303)
    return save(round_, organisation) if request.method == "POST" else show(Entry(round_, organisation))


def save(round_: Round, organisation: Organisation) -> Response:
    """What was answered is kept; whoever may apply goes on, anybody else reads why not."""
    code, organisation_id = round_.code, organisation.id
    given = {each.id: request.form.get(f"question-{each.id}", "") for each in round_.eligibility}
    try:
        entry = write(actions.answer_eligibility, round_, organisation, given, as_number(request.form.get("edition")), by=g.user)
    except Incomplete as problem:
        return show(Entry(round_, organisation), given, problem.missing, 422)
    except Conflict as problem:
        return show(Entry(round_, organisation), given, [(str(problem), "#main-content")], 409)
    if not entry.passes:
        return redirect(url_for(".eligibility", round_code=code, organisation_id=organisation_id), 303)
    flash(f"{organisation} can apply. Your answers go with the application.")
    return redirect(url_for(".start", round_code=code, organisation=organisation_id), 303)


def show(
    entry: Entry, given: dict[int, str] | None = None, errors: list[tuple[str, str]] | None = None, status: int = 200
) -> Response:
    """What was typed stands in the fields; after a clash, what a colleague has saved beside each."""
    answers = {key: str(value) for key, value in (given or {int(key): each for key, each in entry.answers.items()}).items()}
    theirs = entry.answers if status == 409 else {}
    return page(
        "applications/eligibility.html", round=entry.round, entry=entry, answers=answers, theirs=theirs, errors=errors or [],
        refusals={} if given else entry.refusals, edition=entry.saved.edition if entry.saved else 0, status=status,
    )  # fmt: skip

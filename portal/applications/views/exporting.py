"""A round's bids with all answers, as CSV and as a workbook; and its questions for Word."""

from flask import current_app, flash, g, redirect, request, url_for
from werkzeug.wrappers import Response

from portal.applications.answers import RoundAnswers
from portal.applications.lists import by_round
from portal.applications.policy import can_start, may_export_personal, restricted_answers
from portal.applications.views.blueprint import bp
from portal.core.access import allow
from portal.core.audit import note_look
from portal.core.exports import attachment
from portal.core.problems import NotFound, NotNow
from portal.funds.models import Round
from portal.funds.round_lists import round_by_code
from portal.people.policy import sees_all_cases
from portal.questions.word import TYPE, as_word


@bp.get("/rounds/<code>/answers.csv")
@allow(sees_all_cases, load=round_by_code)
def answers_csv(round_: Round) -> Response:
    return answers_of(round_).as_csv(f"{round_.code}-answers.csv")


@bp.get("/rounds/<code>/answers.xlsx")
@allow(sees_all_cases, load=round_by_code)
def answers_xlsx(round_: Round) -> Response:
    answers, most = answers_of(round_), current_app.extensions["settings"].xlsx_rows_at_once
    if answers.is_too_long(most):
        flash(f"A workbook holds the answers of {most:,} applications at the most. The CSV file holds all of them.", "info")
        return redirect(url_for("reporting.round_watch", code=round_.code), 303)
    return answers.as_xlsx(f"{round_.code}-answers.xlsx")


@bp.get("/start/<round_code>/form.docx")
@allow(can_start, load=by_round)
def form_as_word(round_: Round) -> Response:
    """The questions to draft in, before or beside the pages."""
    if round_.question_version is None:
        raise NotFound("This round has no questions yet.")
    try:
        content = as_word(round_.question_version)
    except NotNow as problem:
        flash(str(problem), "info")
        return redirect(url_for(".start", round_code=round_.code), 303)
    return Response(content, mimetype=TYPE, headers=attachment(f"{round_.code}-questions.docx"))


def answers_of(round_: Round) -> RoundAnswers:
    """With personal answers only for those who may have them and ask for them; that is noted."""
    personal = "personal" in request.args and may_export_personal(g.user)
    note_look(g.user, round_, restricted_answers(personal))
    return RoundAnswers(round_, g.user, personal=personal)

"""A round's bids with all answers, as CSV and as a workbook; and its questions for Word."""

from flask import flash, g, redirect, request, url_for
from werkzeug.wrappers import Response

from portal.applications import answers_workbook
from portal.applications.answers import RoundAnswers
from portal.applications.lists import by_round
from portal.applications.policy import can_start, may_export_personal, restricted_answers
from portal.applications.views.blueprint import bp
from portal.core.access import allow
from portal.core.audit import note_look
from portal.core.db import write
from portal.core.exports import XLSX, attachment
from portal.core.page import page
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
    if RoundAnswers(round_, g.user, personal=False).is_too_long:
        return page("applications/workbook.html", round=round_, personal=takes_personal())
    content = answers_of(round_).workbook()
    return Response(content, mimetype=XLSX, headers=attachment(f"{round_.code}-answers.xlsx"))


@bp.post("/rounds/<code>/answers.xlsx")
@allow(sees_all_cases, load=round_by_code)
def make_answers(round_: Round) -> Response:
    """Have it made by the worker. Taking personal answers is noted when they are asked for."""
    personal = takes_personal()
    note_look(g.user, round_, restricted_answers(personal))
    job = write(answers_workbook.ask, round_, personal=personal, by=g.user)
    return redirect(url_for("reporting.job", job_id=job.id), 303)


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
    personal = takes_personal()
    note_look(g.user, round_, restricted_answers(personal))
    return RoundAnswers(round_, g.user, personal=personal)


def takes_personal() -> bool:
    return "personal" in request.args and may_export_personal(g.user)

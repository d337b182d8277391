"""Changing a fund: its words, who may apply, its objectives, its step in the cycle, its checklist."""

from flask import g, request, url_for
from werkzeug.wrappers import Response

from portal.core.access import allow
from portal.core.editions import Editing
from portal.core.forms import clean, fields_of
from portal.core.page import page
from portal.funds import actions, finding
from portal.funds.actions.setting_up import said
from portal.funds.forms import ApplicantsForm, FundForm, ObjectivesForm, StepForm
from portal.funds.models import Fund, Phase
from portal.funds.standard import POINTS, Answer
from portal.funds.views.blueprint import bp
from portal.funds.views.editing import answered, edited
from portal.people.policy import is_officer
from portal.plan.lists import objectives_of, plans


def back_to(fund: Fund, words: str) -> tuple[str, str]:
    return words, url_for(".about", slug=fund.slug)


@bp.route("/funds/<slug>/edit", methods=["GET", "POST"])
@allow(is_officer, load=finding.fund_by_slug)
def edit(fund: Fund) -> Response:
    by, choices = g.user, (finding.owners(), finding.envelope_options())
    form = FundForm(fund, *choices)
    return edited(form, lambda: actions.change_fund(fund, form.facts, form.edition.data, by=by), "funds/edit.html",
                  lambda: back_to(fund, "The fund is changed."), fund, lambda: FundForm(fund, *choices, formdata=None),
                  fund=fund)  # fmt: skip


@bp.route("/funds/<slug>/applicants", methods=["GET", "POST"])
@allow(is_officer, load=finding.fund_in_full)
def applicants(fund: Fund) -> Response:
    by, areas = g.user, finding.areas()
    form = ApplicantsForm(fund, areas)
    form.find(finding.called(form.names))

    def choose() -> None:
        chosen = form.words.data, form.accepts.data or [], form.body_ids, map(int, form.areas.data or [])
        actions.choose_applicants(fund, *chosen, form.edition.data, by=by)

    return edited(form, choose, "funds/applicants.html", lambda: back_to(fund, "Who may apply is changed."), fund,
                  lambda: ApplicantsForm(fund, areas, formdata=None), fund=fund)  # fmt: skip


@bp.route("/funds/<slug>/objectives", methods=["GET", "POST"])
@allow(is_officer, load=finding.fund_in_full)
def objectives(fund: Fund) -> Response:
    """Those of the fund's plan; of another one when that is asked for."""
    by, known = g.user, plans()
    wish = request.values.get("plan", "")
    plan = next((each for each in known if str(each.id) == wish), fund.plan)
    offered = objectives_of(plan.id)
    form, plan_id = ObjectivesForm(fund, plan.id, offered), plan.id
    return edited(form, lambda: actions.choose_objectives(fund, plan_id, form.chosen, form.edition.data, by=by),
                  "funds/objectives.html", lambda: back_to(fund, "The objectives are changed."), fund,
                  lambda: ObjectivesForm(fund, plan_id, offered, formdata=None), fund=fund, plan=plan, plans=known)  # fmt: skip


@bp.route("/funds/<slug>/cycle", methods=["GET", "POST"])
@allow(is_officer, load=finding.fund_in_full)
def cycle(fund: Fund) -> Response:
    form, by = StepForm(), g.user
    return answered(form, lambda: actions.record_step(fund, Phase(form.phase.data), form.day, form.note.data, by=by),
                    "funds/cycle.html", lambda: back_to(fund, "The step is recorded."), fund=fund)  # fmt: skip


@bp.route("/funds/<slug>/checklist", methods=["GET", "POST"])
@allow(is_officer, load=finding.fund_by_slug)
def checklist(fund: Fund) -> Response:
    """Comply or explain: whatever is not met says why."""
    form, by = Editing(data={"edition": fund.edition}), g.user
    typed, notes = fields_of(request.form, "point-"), fields_of(request.form, "note-")
    answers = {key: (typed.get(key, ""), clean(notes.get(key))) for key in POINTS} if form.is_submitted() else {}
    wrong = {key: problem for key, (answer, note) in answers.items() if (problem := problem_of(answer, note))}
    shown = {key: answers.get(key) or said(fund, key) for key in POINTS}
    context = {
        "fund": fund,
        "points": POINTS,
        "options": [(each.value, each.label) for each in Answer],
        "said": shown,
        "wrong": wrong,
    }
    if wrong:
        errors = [(problem, f"#note-{key}") for key, problem in wrong.items()]
        return page("funds/checklist.html", form=form, errors=errors, status=422, **context)
    return edited(form, lambda: actions.answer_checklist(fund, answers, form.edition.data, by=by), "funds/checklist.html",
                  lambda: back_to(fund, "The checklist is saved."), fund, lambda: Editing(formdata=None), **context)  # fmt: skip


def problem_of(answer: str, note: str) -> str | None:
    """What is wrong with an answer to a point of the standard."""
    if answer and answer not in list(Answer):
        return "Choose from the list"
    if answer and answer != Answer.MET and not note:
        return "Say why this is not met, or does not apply"
    return "Use 1,000 characters or fewer" if len(note) > 1000 else None

"""Bids: the list, starting one, its task list or its summary, withdrawing it."""

from flask import flash, g, redirect, request, url_for
from werkzeug.wrappers import Response

from portal.applications import actions, lists
from portal.applications.entry import Entry, entries_of
from portal.applications.forms import StartForm, WithdrawForm
from portal.applications.lists import by_ref, by_round
from portal.applications.models import Application
from portal.applications.policy import WRITERS, can_list, can_read, can_start, can_write, stage_for
from portal.applications.progress import Progress, next_steps, time_left
from portal.applications.register import listing_for
from portal.applications.views.blueprint import bp
from portal.applications.workflow import LIFE
from portal.core.access import allow
from portal.core.db import write
from portal.core.exports import as_csv, as_xlsx
from portal.core.page import page
from portal.core.problems import Refused
from portal.funds.models import Round
from portal.people.lists import names_of_members
from portal.questions.builder.lists import changes_since


@bp.get("/")
@allow(can_list)
def index() -> Response:
    return page("applications/index.html", "results", listing=listing_for(g.user, request.args), rounds=lists.rounds_for(g.user))


@bp.get("/export.csv")
@allow(can_list)
def export_csv() -> Response:
    return as_csv(listing_for(g.user, request.args), "applications.csv")


@bp.get("/export.xlsx")
@allow(can_list)
def export_xlsx() -> Response:
    return as_xlsx(listing_for(g.user, request.args), "applications.xlsx")


@bp.route("/start/<round_code>", methods=["GET", "POST"])
@allow(can_start, load=by_round)
def start(round_: Round) -> Response:
    """Say what is needed; begin on the button."""
    organisations = lists.writes_for(g.user, round_)
    form = StartForm(data={"organisation": request.args.get("organisation")}).offer(organisations)
    if not form.validate_on_submit():
        return start_page(round_, form)
    chosen = next(each for each in organisations if str(each.id) == form.organisation.data)
    if not Entry(round_, chosen).passes:
        return redirect(url_for(".eligibility", round_code=round_.code, organisation_id=chosen.id), 303)
    try:
        application = write(actions.start, round_, chosen, form.seen.data, by=g.user)
    except Refused as problem:
        form.refuse(str(problem), problem.field)
        return start_page(round_, form)
    return redirect(url_for(".show", ref=application.ref), 303)


def start_page(round_: Round, form: StartForm) -> Response:
    entries = entries_of(round_, lists.writes_for(g.user, round_)) if round_.eligibility else []
    return page(
        "applications/start.html", round=round_, form=form, errors=form.error_list(), drafts=lists.drafts_in(round_, g.user),
        left=time_left(round_.closes_at), seen=len(lists.begun_by(g.user, round_)),
        entries=entries, status=422 if form.error_list() else 200,
    )  # fmt: skip


@bp.get("/<ref>")
@allow(can_read, load=by_ref)
def show(application: Application) -> Response:
    if application.is_open:
        return tasks(application)
    snapshot, stage = lists.latest_snapshot(application), stage_for(g.user, application)
    return page(
        "applications/show.html", bid=application, stage=stage, steps=next_steps(application, stage), snapshot=snapshot,
        moves=LIFE.open_to(g.user, application),
    )  # fmt: skip


def tasks(application: Application) -> Response:
    """What there is to do before the bid can be handed in."""
    return page(
        "applications/tasks.html", bid=application, progress=Progress(application), left=time_left(application.closes_at),
        writes=can_write(g.user, application), writers=names_of_members(application.organisation_id, *WRITERS),
        moves=LIFE.open_to(g.user, application), carried=changes_since(application.answer_set),
    )  # fmt: skip


@bp.route("/<ref>/withdraw", methods=["GET", "POST"])
@allow(LIFE.may("withdraw"), load=by_ref, done="applications.show")
def withdraw(application: Application) -> Response:
    form = WithdrawForm().about(application)
    if form.validate_on_submit():
        try:
            write(actions.withdraw, application, form.reason.data or "", by=g.user)
        except Refused as problem:
            form.refuse(str(problem), problem.field)
        else:
            flash(f"You have withdrawn {application.ref}.")
            return redirect(url_for(".show", ref=application.ref), 303)
    errors = form.error_list()
    return page("applications/withdraw.html", bid=application, form=form, errors=errors, status=422 if errors else 200)

"""Sources: the list, one with its years, and what finance does with it."""

from flask import flash, g, redirect, request, url_for
from sqlalchemy import select
from werkzeug.wrappers import Response

from portal.core import files
from portal.core.access import allow
from portal.core.db import db, write
from portal.core.page import page
from portal.core.problems import Refused
from portal.funds import actions, finding
from portal.funds.forms import CarryOverForm, SourceForm, SuccessionForm, YearForm
from portal.funds.models import CarryOver, Source
from portal.funds.policy import sources_visible_to
from portal.funds.views.blueprint import bp
from portal.funds.views.editing import answered, edited
from portal.people.policy import is_finance, sees_all_cases

KINDS, MOST_MB = ["pdf", "docx", "odt", "xlsx"], 5


def back_to(source: Source, words: str) -> tuple[str, str]:
    return words, url_for(".source", key=source.key)


@bp.get("/sources")
@allow(sees_all_cases)
def sources() -> Response:
    return page("funds/sources.html", held=finding.sources_held(g.user), edits=is_finance(g.user))


@bp.route("/sources/new", methods=["GET", "POST"])
@allow(is_finance)
def new_source() -> Response:
    form, by = SourceForm(), g.user
    made: list[Source] = []

    def add() -> None:
        made[:] = [actions.add_source(form.facts, by=by)]

    return answered(form, add, "funds/source_form.html",
                    lambda: back_to(made[0], f"{made[0]} is added. Next: what it has each year."), source=None)  # fmt: skip


@bp.get("/sources/<key>")
@allow(sees_all_cases, load=finding.source_by_key)
def source(found: Source) -> Response:
    return source_page(found)


def source_page(found: Source, problem: str = "") -> Response:
    return page("funds/source.html", source=found, drawn=finding.drawn_from(found),
                carried=finding.carried(found), edits=is_finance(g.user), kinds=KINDS, max_mb=MOST_MB,
                may_carry_over=found.carry_over is not CarryOver.NO, errors=[(problem, "#document")] if problem else [],
                problem=problem, status=422 if problem else 200)  # fmt: skip


@bp.route("/sources/<key>/edit", methods=["GET", "POST"])
@allow(is_finance, load=finding.source_by_key)
def edit_source(found: Source) -> Response:
    form, by = SourceForm(found), g.user
    return edited(form, lambda: actions.change_source(found, form.facts, form.edition.data, by=by), "funds/source_form.html",
                  lambda: back_to(found, "The source is changed."), found, lambda: SourceForm(found, formdata=None),
                  source=found)  # fmt: skip


@bp.route("/sources/<key>/year", methods=["GET", "POST"])
@allow(is_finance, load=finding.source_by_key)
def set_year(found: Source) -> Response:
    """`?of=2026-27` begins with the amount that is there."""
    of, by = request.args.get("of", ""), g.user
    now = next((each for each in found.years if each.year == of), None)
    known = {"year": of, "amount": now.pence, "capital": now.capital_pence, "is_provisional": now.is_provisional} if now else {}
    form = YearForm(found, data=known)

    def enter() -> None:
        capital = form.capital.data if form.capital else None
        actions.set_year(found, form.year.data, form.amount.data or 0, form.is_provisional.data, capital, by=by)

    return answered(form, enter, "funds/year.html",
                    lambda: back_to(found, f"The amount for {form.year.data} is saved."), source=found)  # fmt: skip


@bp.route("/sources/<key>/carry-over", methods=["GET", "POST"])
@allow(is_finance, load=finding.source_by_key)
def carry_over(found: Source) -> Response:
    form, by = CarryOverForm([each for each in found.years if each.left_pence > 0]), g.user

    def carry() -> None:
        actions.carry_over(found, form.year.data, form.amount.data or 0, form.reason.data, form.consent.data or "", by=by)

    return answered(form, carry, "funds/carry_over.html", lambda: back_to(found, "The money is carried over."), source=found)


@bp.route("/sources/<key>/successors", methods=["GET", "POST"])
@allow(is_finance, load=finding.source_by_key)
def succeed(found: Source) -> Response:
    """Merging and splitting ring-fences: what takes the place of this one."""
    known = db.session.scalars(sources_visible_to(g.user).where(Source.id != found.id).order_by(Source.name)).all()
    form, by = SuccessionForm(known), g.user

    def follow() -> None:
        chosen = db.session.scalars(select(Source).where(Source.id.in_(map(int, form.successors.data)))).all()
        actions.succeed(found, chosen, form.first_day, form.note.data, by=by)

    return answered(form, follow, "funds/succeed.html", lambda: back_to(found, "What follows is recorded."), source=found)


@bp.post("/sources/<key>/documents")
@allow(is_finance, load=finding.source_by_key)
@files.takes_files
def add_document(found: Source) -> Response:
    upload = request.files.get("document")
    try:
        if upload is None or not upload.filename:
            raise Refused("Choose a document")
        kept, by = files.keep(upload, KINDS, MOST_MB), g.user
    except Refused as problem:
        return source_page(found, str(problem))
    write(actions.attach, found, kept, by=by)
    flash(f"{kept.name} is added.")
    return redirect(url_for(".source", key=found.key), 303)


@bp.post("/sources/<key>/documents/<int:document_id>/remove")
@allow(is_finance, load=finding.source_by_key)
def remove_document(found: Source, document_id: int) -> Response:
    write(actions.detach, found, document_id, by=g.user)
    return redirect(url_for(".source", key=found.key), 303)

"""Answering a return's questions: a section with one button, or question by question as it is typed; lines and files."""

from functools import partial

from flask import flash, g, redirect, request, url_for
from werkzeug.wrappers import Response

from portal.core.access import allow
from portal.core.db import write
from portal.core.files import takes_files
from portal.core.page import page
from portal.monitoring import actions
from portal.monitoring.lists import by_ref, sheet_of
from portal.monitoring.models import Return
from portal.monitoring.policy import may_prepare
from portal.monitoring.views.blueprint import bp
from portal.questions.desk import Desk, Places, colleagues_in, errors_of
from portal.questions.pages import Page, Saved
from portal.questions.posted import Urls
from portal.questions.published import form_of


def desk(return_: Return) -> Desk:
    return Desk(
        urls=Urls("monitoring", ref=return_.ref),
        form_now=lambda: form_of(return_.answer_set.version_id),
        sheet_of=partial(sheet_of, return_),
        section_page=partial(section_page, return_),
        later=partial(later, return_),
        too_late=partial(too_late, return_),
    )


@bp.get("/<ref>/sections/<section>")
@allow(may_prepare, load=by_ref)
def section(return_: Return, section: str) -> Response:
    if not return_.is_writable:
        return redirect(url_for(".show", ref=return_.ref), 303)
    return section_page(return_, section)


@bp.post("/<ref>/sections/<section>")
@allow(may_prepare, load=by_ref)
@takes_files
def save(return_: Return, section: str) -> Response:
    return desk(return_).keep(section, saving(return_))


@bp.post("/<ref>/answers/<int:question_id>/<int:row>")
@allow(may_prepare, load=by_ref)
@takes_files
def answer(return_: Return, question_id: int, row: int) -> Response:
    return desk(return_).answer(
        question_id, row, saving(return_),
        lambda values, edition: write(actions.save_answer, return_, question_id, row, values, edition=edition, by=g.user),
    )  # fmt: skip


@bp.post("/<ref>/lines/<int:group_id>/add")
@allow(may_prepare, load=by_ref)
@takes_files
def add_line(return_: Return, group_id: int) -> Response:
    return desk(return_).press(group_id, 0, lambda sent: write(actions.add_line, return_, group_id, sent, by=g.user))


@bp.post("/<ref>/lines/<int:group_id>/<int:row>/remove")
@allow(may_prepare, load=by_ref)
@takes_files
def remove_line(return_: Return, group_id: int, row: int) -> Response:
    return desk(return_).press(group_id, row, lambda sent: write(actions.remove_line, return_, group_id, row, sent, by=g.user))


@bp.post("/<ref>/lines/<int:group_id>/<int:row>/restore")
@allow(may_prepare, load=by_ref)
@takes_files
def restore_line(return_: Return, group_id: int, row: int) -> Response:
    return desk(return_).press(group_id, row, lambda sent: write(actions.restore_line, return_, group_id, row, sent, by=g.user))


@bp.post("/<ref>/files/<int:question_id>/attach")
@allow(may_prepare, load=by_ref)
@takes_files
def attach(return_: Return, question_id: int) -> Response:
    return desk(return_).attach(question_id, saving(return_))


@bp.post("/<ref>/files/<int:question_id>/<int:row>/detach")
@allow(may_prepare, load=by_ref)
@takes_files
def detach(return_: Return, question_id: int, row: int) -> Response:
    here = desk(return_)
    return here.keep(here.home(question_id), lambda sent: write(actions.detach, return_, question_id, row, sent, by=g.user),
                     f"question-{question_id}")  # fmt: skip


def saving(return_: Return) -> partial[Saved]:
    return partial(keep, return_)


def keep(return_: Return, sent: Page) -> Saved:
    return write(actions.save_section, return_, sent.answers, sent.files, by=g.user)


def section_page(return_: Return, code: str, saved: Saved | None = None) -> Response:
    """Its questions; after a save, with what stood in the way."""
    saved = saved or Saved({}, [])
    section = form_of(return_.answer_set.version_id).section(code)
    sheet = sheet_of(return_, section.questions)
    errors = errors_of(saved)
    return page(
        "monitoring/section.html", return_=return_, sheet=sheet, section=section, urls=Urls("monitoring", ref=return_.ref),
        checked="check" in request.args, overtaken=saved.overtaken, refused=saved.refused, names=colleagues_in(sheet),
        errors=errors, status=409 if saved.overtaken else 422 if errors else 200,
    )  # fmt: skip


def later(return_: Return, code: str, saved: Saved) -> str:
    """Where a saved section leads: to questions that it brought up, to the return, to the check, to what follows."""
    if saved.revealed:
        flash("Your answers bring up more questions. They are in this section.", "info")
        return url_for(".section", ref=return_.ref, section=code, _anchor=f"question-{saved.revealed[0]}")
    if "later" in request.form:
        flash("Your answers are saved. You can go on at any time.")
        return url_for(".show", ref=return_.ref)
    if "check" in request.args:
        return url_for(".check", ref=return_.ref, _anchor=f"section-{code}")
    codes = [section.code for section in form_of(return_.answer_set.version_id).sections]
    following = codes[codes.index(code) + 1 :]
    return url_for(".section", ref=return_.ref, section=following[0]) if following else url_for(".figures", ref=return_.ref)


def too_late(return_: Return, sentence: str, texts: Places) -> Response:
    """The return was sent while somebody typed: what they typed is shown, to be copied."""
    return page("monitoring/too_late.html", return_=return_, sentence=sentence, texts=texts, status=409)

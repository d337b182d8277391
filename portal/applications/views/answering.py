"""Answering: a section at a time with one button, or question by question as it is typed; lines and files."""

from functools import partial

from flask import flash, g, redirect, url_for
from werkzeug.wrappers import Response

from portal.applications import actions, lists
from portal.applications.lists import by_ref, draft_by_ref
from portal.applications.models import Application
from portal.applications.policy import can_read, is_writer
from portal.applications.views.blueprint import bp
from portal.applications.views.sections import codes_of, later, section_page, too_late
from portal.core.access import allow
from portal.core.db import write
from portal.core.files import takes_files
from portal.questions.desk import Desk
from portal.questions.pages import Page, Saved
from portal.questions.posted import Urls


def desk(application: Application) -> Desk:
    return Desk(
        urls=Urls("applications", ref=application.ref),
        form_now=partial(lists.form_for, application),
        sheet_of=partial(lists.sheet_of, application),
        section_page=partial(section_page, application),
        later=partial(later, application),
        too_late=partial(too_late, application),
    )


def saving(application: Application) -> partial[Saved]:
    return partial(keep, application)


def keep(application: Application, sent: Page) -> Saved:
    return write(actions.save_page, application, sent, by=g.user)


@bp.get("/<ref>/sections/<section>")
@allow(can_read, load=by_ref)
def section(application: Application, section: str) -> Response:
    if application.answer_set.carried_from_id and section not in codes_of(application):
        flash("The form has been corrected, and no longer has that section.", "info")
        return redirect(url_for(".show", ref=application.ref), 303)
    return section_page(application, section)


@bp.post("/<ref>/sections/<section>")
@allow(is_writer, load=by_ref)
@takes_files
def save(application: Application, section: str) -> Response:
    """Save the whole page, and go on."""
    return desk(application).keep(section, saving(application))


@bp.post("/<ref>/answers/<int:question_id>/<int:row>")
@allow(is_writer, load=draft_by_ref)
@takes_files
def answer(application: Application, question_id: int, row: int) -> Response:
    return desk(application).answer(
        question_id, row, saving(application),
        lambda values, edition: write(actions.save_answer, application, question_id, row, values, edition=edition, by=g.user),
    )  # fmt: skip


@bp.post("/<ref>/lines/<int:group_id>/add")
@allow(is_writer, load=by_ref)
@takes_files
def add_line(application: Application, group_id: int) -> Response:
    return desk(application).press(group_id, 0, lambda sent: write(actions.add_line, application, group_id, sent, by=g.user))


@bp.post("/<ref>/lines/<int:group_id>/<int:row>/remove")
@allow(is_writer, load=by_ref)
@takes_files
def remove_line(application: Application, group_id: int, row: int) -> Response:
    return desk(application).press(
        group_id, row, lambda sent: write(actions.remove_line, application, group_id, row, sent, by=g.user)
    )


@bp.post("/<ref>/lines/<int:group_id>/<int:row>/restore")
@allow(is_writer, load=by_ref)
@takes_files
def restore_line(application: Application, group_id: int, row: int) -> Response:
    return desk(application).press(
        group_id, row, lambda sent: write(actions.restore_line, application, group_id, row, sent, by=g.user)
    )


@bp.post("/<ref>/files/<int:question_id>/attach")
@allow(is_writer, load=by_ref)
@takes_files
def attach(application: Application, question_id: int) -> Response:
    return desk(application).attach(question_id, saving(application))


@bp.post("/<ref>/files/<int:question_id>/<int:row>/detach")
@allow(is_writer, load=by_ref)
@takes_files
def detach(application: Application, question_id: int, row: int) -> Response:
    here = desk(application)
    return here.keep(here.home(question_id), lambda sent: write(actions.detach, application, question_id, row, sent, by=g.user),
                     f"question-{question_id}")  # fmt: skip

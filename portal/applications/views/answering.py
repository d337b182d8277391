"""Answering: a section at a time with one button, or question by question as it is typed; lines and files."""

from collections.abc import Callable

from flask import g, redirect, request, url_for
from werkzeug.wrappers import Response

from portal.applications import actions, lists
from portal.applications.lists import by_ref
from portal.applications.models import Application
from portal.applications.policy import can_read, is_writer
from portal.applications.views.blueprint import bp
from portal.applications.views.sections import later, section_page, too_late
from portal.core.access import allow
from portal.core.db import write
from portal.core.files import takes_files
from portal.core.page import is_fragment_request, page
from portal.core.problems import NotNow
from portal.people.lists import names_of
from portal.questions.actions import Overtaken
from portal.questions.pages import Page, Saved
from portal.questions.posted import Urls, gives_way, key_of, read_answers, read_one, read_uploads


@bp.get("/<ref>/sections/<section>")
@allow(can_read, load=by_ref)
def section(application: Application, section: str) -> Response:
    return section_page(application, section)


@bp.post("/<ref>/sections/<section>")
@allow(is_writer, load=by_ref)
@takes_files
def save(application: Application, section: str) -> Response:
    """Save the whole page, and go on."""
    return keep(application, section, lambda sent: write(actions.save_page, application, sent, by=g.user))


@bp.post("/<ref>/answers/<int:question_id>/<int:row>")
@allow(is_writer, load=by_ref)
@takes_files
def answer(application: Application, question_id: int, row: int) -> Response:
    """Save one answer as it is typed, or settle whose text stands; without scripts, with the page that it stands on."""
    if not is_fragment_request():
        return keep(
            application,
            home_of(application, question_id),
            lambda sent: write(actions.save_page, application, sent, by=g.user),
            f"question-{key_of(question_id, row)}",
        )
    if gives_way(request.form, question_id, row):
        question = lists.form_for(application).question(question_id)
        sheet = lists.sheet_of(application, [question])
        item = sheet.item(question, row)
        return page("questions/_question.html", item=item, sheet=sheet, urls=Urls("applications", ref=application.ref))
    values, edition = read_one(request.form, question_id, row)
    try:
        stand = write(actions.save_answer, application, question_id, row, values, edition=edition, by=g.user)
    except Overtaken as problem:
        return both_texts(application, problem)
    return page("questions/_kept.html", item=stand)


def both_texts(application: Application, problem: Overtaken) -> Response:
    item = problem.item
    return page(
        "questions/_saved.html", item=item, overtaken={item.key: problem}, names=names_of(item.savers),
        urls=Urls("applications", ref=application.ref), status=409,
    )  # fmt: skip


@bp.post("/<ref>/lines/<int:group_id>/add")
@allow(is_writer, load=by_ref)
@takes_files
def add_line(application: Application, group_id: int) -> Response:
    return press(application, group_id, 0, lambda sent: write(actions.add_line, application, group_id, sent, by=g.user))


@bp.post("/<ref>/lines/<int:group_id>/<int:row>/remove")
@allow(is_writer, load=by_ref)
@takes_files
def remove_line(application: Application, group_id: int, row: int) -> Response:
    return press(application, group_id, row, lambda sent: write(actions.remove_line, application, group_id, row, sent, by=g.user))


@bp.post("/<ref>/lines/<int:group_id>/<int:row>/restore")
@allow(is_writer, load=by_ref)
@takes_files
def restore_line(application: Application, group_id: int, row: int) -> Response:
    return press(
        application, group_id, row, lambda sent: write(actions.restore_line, application, group_id, row, sent, by=g.user)
    )


@bp.post("/<ref>/files/<int:question_id>/attach")
@allow(is_writer, load=by_ref)
@takes_files
def attach(application: Application, question_id: int) -> Response:
    """The file comes with the page that it was chosen on."""
    chosen = any(upload.filename for upload in request.files.getlist(f"file-{question_id}"))

    def verb(sent: Page) -> Saved:
        saved = write(actions.save_page, application, sent, by=g.user)
        return saved if chosen else saved.refuse(question_id, "Choose a file first")

    return keep(application, home_of(application, question_id), verb, f"question-{question_id}")


@bp.post("/<ref>/files/<int:question_id>/<int:row>/detach")
@allow(is_writer, load=by_ref)
@takes_files
def detach(application: Application, question_id: int, row: int) -> Response:
    return keep(
        application,
        home_of(application, question_id),
        lambda sent: write(actions.detach, application, question_id, row, sent, by=g.user),
        f"question-{question_id}",
    )


Verb = Callable[[Page], Saved]


def press(application: Application, group_id: int, row: int, verb: Verb) -> Response:
    """A button of a line: htmx changes the line alone, as it sends nothing else."""
    if not is_fragment_request():
        return keep(application, home_of(application, group_id), verb, f"line-{key_of(group_id, row)}")
    saved = verb(Page())
    group = lists.form_for(application).question(group_id)
    sheet = lists.sheet_of(application, [group])
    return page(
        "questions/_changed.html", sheet=sheet, group=group, row=row or saved.line, new=bool(saved.line), oob=True,
        stands=(row or saved.line) in sheet.rows(group), urls=Urls("applications", ref=application.ref),
    )  # fmt: skip


def home_of(application: Application, question_id: int) -> str:
    """The section in which a question stands."""
    return lists.form_for(application).question(question_id).section.code


def keep(application: Application, code: str, verb: Verb, anchor: str = "") -> Response:
    """Save a page with what its button says besides, and go back to where that stood; without an anchor, go on."""
    files = read_uploads(request.files, lists.form_for(application).section(code).questions)
    try:
        saved = verb(Page(read_answers(request.form), files.kept))
    except NotNow as problem:
        return too_late(application, problem)
    saved.refused.update(files.refused)
    if saved.overtaken or saved.refused:
        return section_page(application, code, saved)
    if not anchor:
        return redirect(later(application, code, saved), 303)
    place = f"{anchor}-{saved.line}" if saved.line else anchor
    return redirect(url_for(".section", ref=application.ref, section=code, _anchor=place), 303)

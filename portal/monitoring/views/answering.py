"""Answering a return's questions: a section with one button, or question by question as it is typed; lines and files."""

from collections.abc import Callable

from flask import flash, g, redirect, request, url_for
from werkzeug.wrappers import Response

from portal.core.access import allow
from portal.core.db import write
from portal.core.page import is_fragment_request, page
from portal.core.problems import NotNow
from portal.monitoring import actions
from portal.monitoring.lists import by_ref, sheet_of
from portal.monitoring.models import Return
from portal.monitoring.policy import may_prepare
from portal.monitoring.views.blueprint import bp
from portal.people.lists import names_of
from portal.questions.actions import Overtaken
from portal.questions.pages import Page, Saved
from portal.questions.posted import Urls, gives_way, key_of, read_answers, read_one, read_uploads

Verb = Callable[[Page], Saved]


@bp.get("/<ref>/sections/<section>")
@allow(may_prepare, load=by_ref)
def section(return_: Return, section: str) -> Response:
    if not return_.is_writable:
        return redirect(url_for(".show", ref=return_.ref), 303)
    return section_page(return_, section)


@bp.post("/<ref>/sections/<section>")
@allow(may_prepare, load=by_ref)
def save(return_: Return, section: str) -> Response:
    return keep(return_, section, lambda sent: write(actions.save_section, return_, sent.answers, sent.files, by=g.user))


@bp.post("/<ref>/answers/<int:question_id>/<int:row>")
@allow(may_prepare, load=by_ref)
def answer(return_: Return, question_id: int, row: int) -> Response:
    """Save one answer as it is typed, or settle whose text stands; without scripts, with the page that it stands on."""
    if not is_fragment_request():
        code, key = code_of(return_, question_id), key_of(question_id, row)
        return keep(return_, code, lambda sent: write(actions.save_section, return_, sent.answers, by=g.user), key)
    if gives_way(request.form, question_id, row):
        sheet = sheet_of(return_)
        item = sheet.item(sheet.question(question_id), row)
        return page("questions/_question.html", item=item, sheet=sheet, urls=urls_of(return_))
    values, edition = read_one(request.form, question_id, row)
    try:
        stand = write(actions.save_answer, return_, question_id, row, values, edition=edition, by=g.user)
    except Overtaken as problem:
        item = problem.item
        return page("questions/_saved.html", item=item, overtaken={item.key: problem}, names=names_of(item.savers),
                    urls=urls_of(return_), status=409)  # fmt: skip
    return page("questions/_kept.html", item=stand)


@bp.post("/<ref>/lines/<int:group_id>/add")
@allow(may_prepare, load=by_ref)
def add_line(return_: Return, group_id: int) -> Response:
    return press(return_, group_id, 0, lambda sent: write(actions.add_line, return_, group_id, sent, by=g.user))


@bp.post("/<ref>/lines/<int:group_id>/<int:row>/remove")
@allow(may_prepare, load=by_ref)
def remove_line(return_: Return, group_id: int, row: int) -> Response:
    return press(return_, group_id, row, lambda sent: write(actions.remove_line, return_, group_id, row, sent, by=g.user))


@bp.post("/<ref>/lines/<int:group_id>/<int:row>/restore")
@allow(may_prepare, load=by_ref)
def restore_line(return_: Return, group_id: int, row: int) -> Response:
    return press(return_, group_id, row, lambda sent: write(actions.restore_line, return_, group_id, row, sent, by=g.user))


@bp.post("/<ref>/files/<int:question_id>/attach")
@allow(may_prepare, load=by_ref)
def attach(return_: Return, question_id: int) -> Response:
    """The file comes with the page that it was chosen on."""
    code = code_of(return_, question_id)
    return keep(return_, code, lambda sent: write(actions.save_section, return_, sent.answers, sent.files, by=g.user),
                str(question_id))  # fmt: skip


@bp.post("/<ref>/files/<int:question_id>/<int:row>/detach")
@allow(may_prepare, load=by_ref)
def detach(return_: Return, question_id: int, row: int) -> Response:
    code = code_of(return_, question_id)
    return keep(return_, code, lambda sent: write(actions.detach, return_, question_id, row, sent, by=g.user), str(question_id))


def urls_of(return_: Return) -> Urls:
    return Urls("monitoring", ref=return_.ref)


def code_of(return_: Return, question_id: int) -> str:
    return sheet_of(return_).question(question_id).section.code


def press(return_: Return, group_id: int, row: int, verb: Verb) -> Response:
    """A button of a line: htmx changes the line alone, as it sends nothing else."""
    if not is_fragment_request():
        return keep(return_, code_of(return_, group_id), verb, key_of(group_id, row))
    saved = verb(Page())
    sheet, number = sheet_of(return_), row or saved.line
    group = sheet.question(group_id)
    return page("questions/_changed.html", sheet=sheet, group=group, row=number, new=bool(saved.line), oob=True,
                stands=number in sheet.rows(group), urls=urls_of(return_))  # fmt: skip


def keep(return_: Return, code: str, verb: Verb, key: str | None = None) -> Response:
    """Save a page with what its button says besides, and go back to where that stood; without `key`, go on."""
    files = read_uploads(request.files, sheet_of(return_).section(code).questions)
    try:
        saved = verb(Page(read_answers(request.form), files.kept))
    except NotNow as problem:
        return too_late(return_, problem)
    saved.refused.update(files.refused)
    if saved.overtaken or saved.refused:
        return section_page(return_, code, saved)
    if key is None and saved.revealed:
        flash("Your answers bring up more questions. They are in this section.", "info")
        key = saved.revealed[0]
    if key is not None:
        return redirect(url_for(".section", ref=return_.ref, section=code, _anchor=f"question-{key}"), 303)
    return redirect(later(return_, code), 303)


def later(return_: Return, code: str) -> str:
    """Where a saved section leads: to the check it came from, to the next section, or to the figures."""
    if "check" in request.args:
        return url_for(".check", ref=return_.ref, _anchor=f"section-{code}")
    codes = [section.code for section in sheet_of(return_).sections]
    following = codes[codes.index(code) + 1 :]
    if following:
        return url_for(".section", ref=return_.ref, section=following[0])
    return url_for(".figures", ref=return_.ref)


def section_page(return_: Return, code: str, saved: Saved | None = None) -> Response:
    """Its questions; after a save, with what stood in the way."""
    saved = saved or Saved({}, [])
    sheet = sheet_of(return_)
    section = sheet.section(code)
    clashes = [(f"Choose which text to keep: {each.item.question.label}", f"#question-{key}")
               for key, each in saved.overtaken.items()]  # fmt: skip
    errors = clashes + [(sentence, f"#question-{key}") for key, sentence in saved.refused.items()]
    savers = {answer.saved_by_id for answer in sheet.answers.values()} - {g.user.id}
    return page("monitoring/section.html", return_=return_, sheet=sheet, section=section, urls=urls_of(return_),
                checked="check" in request.args, overtaken=saved.overtaken, refused=saved.refused, names=names_of(savers),
                errors=errors, status=409 if clashes else 422 if errors else 200)  # fmt: skip


def too_late(return_: Return, problem: NotNow) -> Response:
    """The return was sent while somebody typed: what they typed is shown, to be copied."""
    sheet = sheet_of(return_)
    texts = []
    for (question_id, row), (values, _) in read_answers(request.form).items():
        if question_id in sheet.questions:
            item = sheet.item(sheet.questions[question_id], row)
            if (typed := item.kind.join(values)) != item.raw:
                texts.append((item.label, item.show(typed)))
    return page("monitoring/too_late.html", return_=return_, sentence=str(problem), texts=texts, status=409)

"""The page of one section, where it leads, and what is shown when it came too late."""

from flask import flash, g, request, url_for
from werkzeug.wrappers import Response

from portal.applications import lists
from portal.applications.models import Application, Stage
from portal.applications.policy import can_write, is_writer
from portal.core.page import page
from portal.questions.desk import Places, colleagues_in, errors_of
from portal.questions.pages import Saved
from portal.questions.posted import Urls

NOTHING = Saved({}, [])


def section_page(application: Application, code: str, saved: Saved = NOTHING) -> Response:
    """Its questions, to be answered by those who may now and read by the others; after a save, with what stood in the way."""
    section = lists.form_for(application).section(code)
    sheet = lists.sheet_of(application, section.questions)
    asked = lists.open_request(application)
    is_open = can_write(g.user, application) and (asked is None or code in asked.section_codes)
    errors = errors_of(saved)
    return page(
        "applications/section.html", bid=application, sheet=sheet, section=section, asked=asked, is_open=is_open,
        position=sheet.sections.index(section) + 1, content=[] if is_open else sheet.snapshot(section),
        urls=Urls("applications", ref=application.ref), checked="check" in request.args, is_writer=is_writer(g.user, application),
        overtaken=saved.overtaken, refused=saved.refused, names=colleagues_in(sheet), errors=errors,
        status=409 if saved.overtaken else 422 if errors else 200,
    )  # fmt: skip


def later(application: Application, code: str, saved: Saved) -> str:
    """Where a saved section leads: to questions that it brought up, to the list, to the check, or to the next section."""
    if saved.revealed:
        flash("Your answers bring up more questions. They are in this section.", "info")
        return url_for(".section", ref=application.ref, section=code, _anchor=f"question-{saved.revealed[0]}")
    if "later" in request.form:
        flash("Your answers are saved. You can go on at any time.")
        return url_for(".show", ref=application.ref)
    if "check" in request.args:
        return url_for(".check", ref=application.ref, _anchor=f"section-{code}")
    codes = codes_of(application)
    following = codes[codes.index(code) + 1 :]
    if application.stage is Stage.RETURNED:
        following = [each for each in following if each in lists.opened_sections(application)]
    return url_for(".section", ref=application.ref, section=following[0]) if following else url_for(".show", ref=application.ref)


def codes_of(application: Application) -> list[str]:
    return [section.code for section in lists.form_for(application).sections]


def too_late(application: Application, sentence: str, texts: Places) -> Response:
    """The bid was locked while somebody typed: what they typed is shown, to be copied."""
    return page("applications/too_late.html", bid=application, sentence=sentence, texts=texts, status=409)

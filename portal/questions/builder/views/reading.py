"""Looking at a form: as an applicant, on paper, and beside another version."""

from flask import request
from werkzeug.wrappers import Response

from portal.core.access import allow
from portal.core.headers import allow_own_frames
from portal.core.page import page
from portal.questions.builder import advice, lists, told
from portal.questions.builder.differences import differences
from portal.questions.builder.lists import wording_at
from portal.questions.builder.trial import Trial, TrialUrls, first_section
from portal.questions.builder.views.blueprint import bp
from portal.questions.builder.wordings import Wording
from portal.questions.documents import as_document
from portal.questions.policy import writes_forms
from portal.questions.posted import as_number, read_answers


@bp.get("/<key>/<version>/preview")
@allow(writes_forms, load=wording_at)
def preview(wording: Wording) -> Response:
    """A section in a frame as wide as a phone or a desktop, so that it is laid out as there."""
    allow_own_frames()
    return page("questions/builder/preview.html", wording=wording, is_phone=request.args.get("width") == "phone",
                section=first_section(wording.form, request.args.get("section")))  # fmt: skip


@bp.route("/<key>/<version>/preview/page", methods=["GET", "POST"])
@allow(writes_forms, load=wording_at)
def trial(wording: Wording) -> Response:
    """One section in the templates that applicants fill in. A POST writes nothing: it shows what they would be told."""
    allow_own_frames()
    sheet = Trial(wording.form, read_answers(request.form))
    here = first_section(wording.form, request.args.get("section"))
    verb, group = request.args.get("do", ""), as_number(request.args.get("group"))
    sheet.press(verb, group, as_number(request.args.get("row")))
    wanted = request.form.get("to")
    section = wording.form.section(wanted) if wanted else here
    titles = wording.form.sections
    return page(
        "questions/builder/trial.html", wording=wording, sheet=sheet, section=section, sections=titles,
        position=titles.index(section) + 1, following=titles[titles.index(section) + 1] if section is not titles[-1] else None,
        urls=TrialUrls(section.code, **wording.at), checked=request.method == "POST" and not wanted and not verb,
        hidden=list(sheet.elsewhere(section)),
        errors=[(sentence, f"#{item.field_id}") for item, sentence in sheet.problems(section)] if "check" in request.form else [],
    )  # fmt: skip


@bp.get("/<key>/<version>/print")
@allow(writes_forms, load=wording_at)
def print_(wording: Wording) -> Response:
    """All questions with their help and rules, for a meeting."""
    return page("questions/builder/print.html", wording=wording, told=told, advice=advice)


@bp.get("/<key>/<version>/changes")
@allow(writes_forms, load=wording_at)
def changes(wording: Wording) -> Response:
    """What differs from an earlier version: the one before, unless `?since=` names another."""
    others = [each for each in lists.versions_of(wording.document["key"]) if each.id != getattr(wording.version, "id", None)]
    since = as_number(request.args.get("since"))
    older = [each for each in others if each.number < wording.document["version"]]
    other = next((each for each in others if each.number == since), next(iter(older or others), None))
    before = lists.published(wording.document["key"], other.number) if other else None
    found = differences(as_document(before), wording.document) if before else []
    return page("questions/builder/changes.html", wording=wording, others=others, other=other, found=found)

"""Publishing a draft, bringing a form in from a file, and copying from the library."""

from flask import flash, g, redirect, request, url_for
from werkzeug.wrappers import Response

from portal.core import files
from portal.core.access import allow
from portal.core.db import write
from portal.core.page import page
from portal.core.problems import Conflict, NotFound, NotNow, Refused
from portal.questions import documents
from portal.questions.builder import beginning, drafts, lists, parts
from portal.questions.builder.advice import of_form
from portal.questions.builder.differences import differences
from portal.questions.builder.lists import draft_at
from portal.questions.builder.parts import Place
from portal.questions.builder.views.blueprint import address, anchor_of, bp, edition_sent, now_of
from portal.questions.builder.wordings import Wording
from portal.questions.documents.present import refused_by
from portal.questions.policy import writes_forms
from portal.questions.published import sections_of

Problems = list[tuple[str, str]]


@bp.route("/<key>/draft/publish", methods=["GET", "POST"])
@allow(writes_forms, load=draft_at)
def publish(wording: Wording) -> Response:
    if request.method == "GET":
        return publish_page(wording)
    try:
        version = write(drafts.publish, wording.drafted, edition_sent(), by=g.user)
    except (Conflict, Refused, NotNow) as problem:
        return publish_page(now_of(wording), [(str(problem), "#main-content")], problem.status)
    flash(f"Version {version.number} is published. Choose it under “Questions” of a round.")
    return redirect(url_for("forms.show", key=wording.at["key"], version=version.number), 303)


def publish_page(wording: Wording, errors: Problems | None = None, status: int = 200) -> Response:
    """What changes with it: against the newest version, and for the answers that are there."""
    newest = beginning.newest_of(wording.document["key"])
    older = sections_of(newest.id) if newest else []
    return page(
        "questions/builder/publish.html", wording=wording, newest=newest, errors=errors or [], status=status,
        found=differences(documents.as_document(newest, older), wording.document) if newest else [],
        refused=refused_by(wording.form.sections, older),
        advice=of_form(wording.form, wording.document["minutes"]),
        uses=lists.uses_of([newest.id]).get(newest.id, []) if newest else [],
    )  # fmt: skip


@bp.route("/bring", methods=["GET", "POST"])
@allow(writes_forms)
@files.takes_files
def bring() -> Response:
    """A file becomes a draft, whole, or its faults are told by their places."""
    if request.method == "GET":
        return page("questions/builder/bring.html", errors=[], faults=[])
    upload = request.files.get("file")
    if upload is None or not upload.filename:
        return page("questions/builder/bring.html", errors=[("Choose a file", "#file")], faults=[], status=422)
    try:
        document = documents.parse(upload.stream.read(documents.reading.LARGEST + 1))
        draft = write(beginning.bring_in, document, by=g.user)
    except documents.Faulty as problem:
        errors = [(str(problem), "#faults")]
        return page("questions/builder/bring.html", errors=errors, faults=problem.faults, status=422)
    flash("The form is brought in as a draft. Look at it before you publish it.")
    return redirect(url_for("forms.show", key=draft.key, version="draft"), 303)


@bp.route("/<key>/draft/copy", methods=["GET", "POST"])
@allow(writes_forms, load=draft_at)
def copy(wording: Wording) -> Response:
    """Take a section or a question from any published form. `?from=KEY/NUMBER` chooses the form, `?section=` where it goes."""
    key, _, number = request.values.get("from", "").partition("/")
    other = lists.wording_at(g.user, key, number) if key and number != "draft" else None
    into = Place(section=request.values.get("section", ""))
    if into.section:
        parts.find(wording.document, into)
    if request.method == "POST":
        if other is None:
            raise NotFound("There is no such form to copy from.")
        return copied(wording, other, into)
    return copy_page(wording, other, into)


def copied(wording: Wording, other: Wording, into: Place) -> Response:
    of = Place(section=request.form.get("section_code", ""), question=request.form.get("question_code", ""))
    try:
        made, left_out = write(drafts.take, wording.drafted, other.document, of, into, by=g.user)
    except (Refused, NotNow) as problem:
        return copy_page(now_of(wording), other, into, [(str(problem), "#main-content")], problem.status)
    more = f" Left out: {' '.join(left_out)}" if left_out else ""
    flash(f"It is copied.{more}")
    return redirect(address(wording, anchor_of(made)), 303)


def copy_page(
    wording: Wording, other: Wording | None, into: Place, errors: Problems | None = None, status: int = 200
) -> Response:  # fmt: skip
    return page("questions/builder/copy.html", wording=wording, other=other, into=into, shelves=lists.library(),
                errors=errors or [], status=status)  # fmt: skip

"""The library of forms: the list, one form with all its questions, beginning a new one and correcting a published one."""

from typing import cast

from flask import Response as Sent
from flask import flash, g, redirect, request, url_for
from werkzeug.wrappers import Response

from portal.core.access import allow
from portal.core.db import write
from portal.core.page import page
from portal.questions import documents
from portal.questions.builder import beginning, drafts, lists
from portal.questions.builder.forms import NewForm
from portal.questions.builder.lists import draft_at, version_at, wording_at
from portal.questions.builder.views.blueprint import answered, bp, show_wording
from portal.questions.builder.wordings import Wording
from portal.questions.models import FormDraft, QuestionVersion
from portal.questions.policy import writes_forms


@bp.get("/")
@allow(writes_forms)
def index() -> Response:
    return page("questions/builder/index.html", shelves=lists.library(), drafts=lists.being_written())


@bp.route("/new", methods=["GET", "POST"])
@allow(writes_forms)
def new() -> Response:
    shelves, by = lists.library(), g.user
    known = {f"{each.version.question_set.key}/{each.version.number}": each.version.question_set.name for each in shelves}
    form = NewForm().offer(list(known.items()))

    def begin() -> FormDraft:
        key, _, number = (form.like.data or "").partition("/")
        return beginning.begin(form.name.data, lists.published(key, int(number)) if number else None, by=by)

    return answered(
        form,
        begin,
        "questions/builder/new.html",
        lambda made: ("The form is begun. Only the office sees it until it is published.", draft_page(made)),
    )


def draft_page(draft: FormDraft) -> str:
    return url_for("forms.show", key=draft.key, version="draft")


@bp.get("/good-questions")
@allow(writes_forms)
def help_() -> Response:
    return page("questions/builder/help.html")


@bp.get("/<key>/<version>")
@allow(writes_forms, load=wording_at)
def show(wording: Wording) -> Response:
    return show_wording(wording)


@bp.get("/<key>/<version>/form.json")
@allow(writes_forms, load=wording_at)
def export(wording: Wording) -> Response:
    """The document, as docs/forms.md describes it."""
    name = f"{wording.document['key']}-{wording.at['version']}.json"
    return Sent(documents.text_of(wording.document), mimetype="application/json",
                headers={"Content-Disposition": f'attachment; filename="{name}"'})  # fmt: skip


@bp.post("/<key>/<int:number>/correct")
@allow(writes_forms, load=version_at)
def correct(wording: Wording) -> Response:
    """Begin the next version; two officers who do so at once write the same draft."""
    version = cast("QuestionVersion", wording.version)
    return redirect(draft_page(write(lambda: beginning.correct(version, by=g.user))), 303)


@bp.route("/<key>/draft/drop", methods=["GET", "POST"])
@allow(writes_forms, load=draft_at)
def drop(wording: Wording) -> Response:
    if request.method == "POST":
        write(drafts.drop, wording.drafted, by=g.user)
        flash("The draft is thrown away.")
        return redirect(url_for("forms.index"), 303)
    return page("questions/builder/drop.html", wording=wording)

"""The blueprint of the form builder, and how its forms are carried out."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from portal.core.db import write
from portal.core.forms import Form
from portal.core.page import is_fragment_request, page
from portal.core.problems import Refused
from portal.questions.builder import advice, drafts, lists, told
from portal.questions.builder.drafts import Overtaken
from portal.questions.builder.forms import PartForm
from portal.questions.builder.parts import Facts, Place
from portal.questions.builder.wordings import Wording
from portal.questions.posted import as_number

bp = Blueprint("forms", __name__, url_prefix="/commissioning/forms")


def address(wording: Wording, anchor: str = "") -> str:
    """The page of all its questions."""
    return url_for("forms.show", **wording.at, _anchor=anchor or None)


def anchor_of(place: Place) -> str:
    """Where a part stands on that page: a column with its question."""
    return f"question-{place.question}" if place.question else f"section-{place.section}"


def edition_sent() -> int:
    return as_number(request.form.get("edition"))


def answered(
    form: Form, action: Callable[[], Any], template: str, done: Callable[[Any], tuple[str, str]], **context: Any
) -> Response:
    """Save what was sent and go where `done` says, with its words; else the form again, with what is wrong on top."""
    if form.validate_on_submit():
        try:
            made = write(action)
        except Refused as problem:
            form.refuse(str(problem), problem.field)
        else:
            words, to = done(made)
            flash(words)
            return redirect(to, 303)
    errors = form.error_list()
    return page(template, form=form, errors=errors, status=422 if errors else 200, **context)


def edited(
    form: PartForm, wording: Wording, action: Callable[[], Any], template: str, done: Callable[[Any], tuple[str, str]],
    again: Callable[[Wording], PartForm], **context: Any,
) -> Response:  # fmt: skip
    """The same for a part that others may have open too: who comes second sees both, and saves again if theirs shall stand."""
    if request.method == "GET" and wording.draft:
        form.stand_on(wording.draft.edition)
    try:
        return answered(form, action, template, done, wording=wording, **context)
    except Overtaken:
        now = now_of(wording)
        differences = form.differences(again(now))
        form.stand_on(now.draft.edition if now.draft else 0)
        return page(
            template, form=form, errors=[], wording=now, differences=differences, is_overtaken=True, status=409, **context
        )


def now_of(wording: Wording) -> Wording:
    """The draft as it is after somebody else's save."""
    return Wording(drafts.document_of(wording.drafted), draft=wording.draft)


def show_wording(
    wording: Wording, errors: list[tuple[str, str]] | None = None, status: int = 200, seen: Facts | None = None
) -> Response:
    """All questions of a form in order, with what is laid down about them; to a button of a draft, what differs from `seen`."""
    draft = wording.draft
    context = {
        "wording": wording, "here": address(wording), "told": told, "advice": advice, "errors": errors or [],
        "changes": lists.last_changes(draft) if draft else [],
    }  # fmt: skip
    sections = wording.form.sections
    if draft and is_fragment_request():
        is_laid_out = seen is not None and wording.is_laid_out_as(seen)
        changed = wording.changed_since(seen) if seen and is_laid_out else sections
        return page("questions/builder/_changed.html", sections=changed, is_laid_out=is_laid_out, status=status, **context)
    return page(
        "questions/builder/show.html", sections=sections, status=status,
        versions=lists.versions_of(wording.document["key"]),
        uses=lists.uses_of([wording.version.id]).get(wording.version.id, []) if wording.version else [], **context,
    )  # fmt: skip

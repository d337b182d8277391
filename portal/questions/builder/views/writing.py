"""Writing a draft: its name, its sections and questions, their order, and taking changes back."""

from flask import flash, g, redirect, request
from werkzeug.wrappers import Response

from portal.core.access import allow
from portal.core.db import write
from portal.core.page import is_fragment_request, page
from portal.core.problems import Conflict, NotFound, NotNow, Refused
from portal.questions.builder import drafts, parts
from portal.questions.builder.forms import DetailsForm, SectionForm, question_form
from portal.questions.builder.lists import draft_at
from portal.questions.builder.parts import Facts, Place
from portal.questions.builder.told import kind_name, offered
from portal.questions.builder.views.blueprint import (
    address,
    anchor_of,
    answered,
    bp,
    edited,
    edition_sent,
    now_of,
    show_wording,
)
from portal.questions.builder.wordings import Wording
from portal.questions.documents.checking import IN_GROUPS
from portal.questions.kinds import KINDS
from portal.questions.policy import writes_forms
from portal.questions.posted import as_number

VERBS = "up,down,duplicate,remove"


@bp.route("/<key>/draft/details", methods=["GET", "POST"])
@allow(writes_forms, load=draft_at)
def details(wording: Wording) -> Response:
    draft, by = wording.drafted, g.user
    form = DetailsForm(data=wording.document)

    def save() -> None:
        drafts.save(draft, Place(), form.facts(), form.edition.data or 0, by=by)

    return edited(form, wording, save, "questions/builder/details.html", lambda _: ("Saved.", address(wording)),
                  lambda now: DetailsForm(formdata=None, data=now.document))  # fmt: skip


@bp.route("/<key>/draft/sections/add", methods=["GET", "POST"])
@allow(writes_forms, load=draft_at)
def add_section(wording: Wording) -> Response:
    form, by = SectionForm(), g.user

    def add() -> Place:
        return drafts.add(wording.drafted, Place(), form.facts() | {"questions": []}, by=by)

    return answered(form, add, "questions/builder/section.html",
                    lambda place: ("The section is added.", address(wording, anchor_of(place))),
                    wording=wording, place=None)  # fmt: skip


@bp.route("/<key>/draft/sections/<section>", methods=["GET", "POST"])
@allow(writes_forms, load=draft_at)
def section(wording: Wording, section: str) -> Response:
    place, by = Place(section=section), g.user
    form = SectionForm(data=parts.find(wording.document, place))

    def save() -> None:
        drafts.save(wording.drafted, place, form.facts(), form.edition.data or 0, by=by)

    return edited(form, wording, save, "questions/builder/section.html",
                  lambda _: ("Saved.", address(wording, anchor_of(place))),
                  lambda now: SectionForm(formdata=None, data=parts.find(now.document, place)), place=place)  # fmt: skip


@bp.get("/<key>/draft/sections/<section>/questions/add")
@bp.get("/<key>/draft/questions/<question>/columns/add")
@allow(writes_forms, load=draft_at)
def choose_kind(wording: Wording, section: str = "", question: str = "") -> Response:
    """Which type the new question is to have; in a group there are fewer."""
    within = Place(section=section, question=question)
    return page("questions/builder/kinds.html", wording=wording, within=within, part=group_at(wording, within),
                sorts=offered(IN_GROUPS if question else ()))  # fmt: skip


def group_at(wording: Wording, within: Place) -> Facts:
    """The section or group to which something is added; the columns of tables are added on the page of the table."""
    part = parts.find(wording.document, within)
    if within.question and part["kind"] != "group":
        raise NotFound("Nothing can be added there.")
    return part


@bp.route("/<key>/draft/sections/<section>/questions/add/<kind>", methods=["GET", "POST"])
@bp.route("/<key>/draft/questions/<question>/columns/add/<kind>", methods=["GET", "POST"])
@allow(writes_forms, load=draft_at)
def add_question(wording: Wording, kind: str, section: str = "", question: str = "") -> Response:
    within, by = Place(section=section, question=question), g.user
    if kind not in (IN_GROUPS if question else KINDS):
        raise NotFound("There is no such type of question.")
    group_at(wording, within)
    form = question_form(kind, {}, wording.document, within="group" if question else "")

    def add() -> Place:
        facts = {name: value for name, value in form.facts().items() if value is not None}
        facts["settings"] = {name: value for name, value in facts["settings"].items() if value is not None} | first_column(kind)
        return drafts.add(wording.drafted, within, {"code": "", "kind": kind, **facts}, by=by)

    return answered(form, add, "questions/builder/question.html",
                    lambda place: (f"The {place.noun} is added.", address(wording, anchor_of(place))), wording=wording,
                    place=None, within=within, kind=kind, kind_name=kind_name(kind))  # fmt: skip


def first_column(kind: str) -> Facts:
    """What a group asks in each line until more is added."""
    return {"columns": [{"code": "item", "kind": "short_text", "label": "Item", "settings": {}}]} if kind == "group" else {}


@bp.route("/<key>/draft/questions/<question>", methods=["GET", "POST"])
@bp.route("/<key>/draft/questions/<question>/columns/<column>", methods=["GET", "POST"])
@allow(writes_forms, load=draft_at)
def question(wording: Wording, question: str, column: str = "") -> Response:
    place, by = Place(question=question, column=column), g.user
    kind = parts.find(wording.document, place)["kind"]
    within = parts.find(wording.document, Place(question=question))["kind"] if column else ""

    def save() -> None:
        drafts.save(wording.drafted, place, form.facts(), form.edition.data or 0, by=by)

    form = question_form(kind, parts.find(wording.document, place), wording.document, within=within)
    return edited(form, wording, save, "questions/builder/question.html",
                  lambda _: ("Saved.", address(wording, anchor_of(place))),
                  lambda now: question_form(kind, parts.find(now.document, place), now.document, within=within, typed=False),
                  place=place, within=None, kind=kind, kind_name=kind_name(kind))  # fmt: skip


@bp.post(f"/<key>/draft/sections/<section>/<any({VERBS}):verb>")
@bp.post(f"/<key>/draft/questions/<question>/<any({VERBS}):verb>")
@bp.post(f"/<key>/draft/questions/<question>/columns/<column>/<any({VERBS}):verb>")
@allow(writes_forms, load=draft_at)
def change(wording: Wording, verb: str, section: str = "", question: str = "", column: str = "") -> Response:
    """A button beside a part. What it would break is told on the page, above the questions."""
    place = Place(section, question, column)
    parts.find(wording.document, place)
    seen = wording.document if edition_sent() == wording.drafted.edition else None  # else the page is older
    try:
        made = write(carry_out, wording, place, verb)
    except (Refused, NotNow) as problem:
        return show_wording(now_of(wording), [(str(problem), f"#{anchor_of(place)}")], problem.status, seen)
    if is_fragment_request():
        return show_wording(now_of(wording), seen=seen)
    return redirect(address(wording, anchor_of(made) if verb != "remove" else ""), 303)


def carry_out(wording: Wording, place: Place, verb: str) -> Place:
    draft = wording.drafted
    if verb == "duplicate":
        return drafts.duplicate(draft, place, by=g.user)
    if verb == "remove":
        drafts.remove(draft, place, by=g.user)
    else:
        steps = as_number(request.form.get("steps")) or 1  # what was dragged goes several at once
        drafts.move(draft, place, up=verb == "up", steps=steps, by=g.user)
    return place


@bp.post("/<key>/draft/undo")
@allow(writes_forms, load=draft_at)
def undo(wording: Wording) -> Response:
    try:
        words = write(drafts.undo, wording.drafted, edition_sent(), by=g.user)
    except (Conflict, NotNow) as problem:
        return show_wording(now_of(wording), [(str(problem), "#changes")], 409)
    flash(f"Taken back: {words}")
    return redirect(address(wording), 303)

"""When a question is asked and when it must be answered, and its rules: chosen, and shown as sentences."""

from typing import Any

from flask import flash, g, redirect, request, url_for
from werkzeug.wrappers import Response

from portal.core.access import allow
from portal.core.db import write
from portal.core.page import page
from portal.core.problems import Conflict, NotFound, NotNow, Refused
from portal.questions import sentences
from portal.questions.builder import conditions, drafts, parts
from portal.questions.builder.conditions import WHENS, as_facts, condition_of, looked_at, rules_form, taken_apart, test_form
from portal.questions.builder.lists import draft_at
from portal.questions.builder.parts import Place
from portal.questions.builder.views.blueprint import address, anchor_of, bp, edited, edition_sent, now_of
from portal.questions.builder.wordings import Wording
from portal.questions.documents.references import MOST_PARTS
from portal.questions.policy import writes_forms

WHEN = ",".join(WHENS)
Problems = list[tuple[str, str]]


@bp.route(f"/<key>/draft/questions/<question>/<any({WHEN}):when>", methods=["GET", "POST"])
@allow(writes_forms, load=draft_at)
def condition(wording: Wording, question: str, when: str) -> Response:
    """The tests that there are; `?of=` chooses the earlier question that one more looks at."""
    known = looked_at(wording.document, question)
    asked = next((each for each in known if each["code"] == request.args.get("of")), None)
    form = test_form(asked) if asked else None
    if form is not None and asked is not None and form.validate_on_submit():
        way, tests = taken_apart(condition_of(parts.find(wording.document, Place(question=question)), when))
        return kept(wording, question, when, way, [*tests, form.test_of(asked)])
    errors = form.error_list() if form else []
    if form is None and request.method == "POST":
        errors = [("Choose a question that comes before this one", "#of")]
    return show(wording, question, when, form, asked, errors, 422 if errors else 200)


@bp.post(f"/<key>/draft/questions/<question>/<any({WHEN}):when>/change")
@allow(writes_forms, load=draft_at)
def change_condition(wording: Wording, question: str, when: str) -> Response:
    """Take one test out, or say whether all of them must hold or any."""
    way, tests = taken_apart(condition_of(parts.find(wording.document, Place(question=question)), when))
    if "way" in request.form:
        way = "any" if request.form["way"] == "any" else "all"
    out = request.form.get("out", "")
    return kept(wording, question, when, way, [each for place, each in enumerate(tests) if str(place) != out])


def kept(wording: Wording, question: str, when: str, way: str, tests: list[Any]) -> Response:
    place = Place(question=question)
    try:
        if len(tests) > MOST_PARTS:
            raise NotNow(f"A condition may look at {MOST_PARTS} answers. Take one out first.")
        write(drafts.save, wording.drafted, place, as_facts(when, way, tests), edition_sent(), by=g.user)
    except (Conflict, Refused, NotNow) as problem:
        return show(now_of(wording), question, when, None, None, [(str(problem), "#tests")], problem.status)
    flash("Saved.")
    return redirect(url_for("forms.condition", key=wording.at["key"], question=question, when=when), 303)


def show(
    wording: Wording, question: str, when: str, form: Any, asked: Any, errors: list[tuple[str, str]], status: int
) -> Response:
    facts = parts.find(wording.document, Place(question=question))
    if when == "required" and not parts.is_numbered(facts):
        raise NotFound("Nothing is answered there.")
    way, tests = taken_apart(condition_of(facts, when))
    told = [sentences.of_condition(each, wording.form.by_code) for each in tests]
    return page(
        "questions/builder/condition.html", wording=wording, facts=facts, when=when, title=WHENS[when], way=way, tests=told,
        known=looked_at(wording.document, question), form=form, asked=asked, errors=errors, status=status,
    )  # fmt: skip


@bp.route("/<key>/draft/questions/<question>/rules", methods=["GET", "POST"])
@bp.route("/<key>/draft/questions/<question>/columns/<column>/rules", methods=["GET", "POST"])
@allow(writes_forms, load=draft_at)
def rules(wording: Wording, question: str, column: str = "") -> Response:
    place, by = Place(question=question, column=column), g.user
    facts = parts.find(wording.document, place)
    if not conditions.rules_for(wording.document, place):
        raise NotFound("There is no rule for this type of question.")
    form = rules_form(wording.document, place)

    def save() -> None:
        drafts.save(wording.drafted, place, form.facts(), form.edition.data or 0, by=by)

    return edited(form, wording, save, "questions/builder/rules.html", lambda _: ("Saved.", address(wording, anchor_of(place))),
                  lambda now: rules_form(now.document, place, typed=False), facts=facts, place=place)  # fmt: skip

"""Questions of an earlier version of a form, found again in a newer one: for drafts carried over, and windows left open."""

from collections.abc import Sequence

from sqlalchemy import select

from portal.core.db import db
from portal.core.problems import NotFound
from portal.questions.kinds import kind_of
from portal.questions.models import Question, QuestionVersion, Section
from portal.questions.published import Form, form_of

Ways = list[tuple[Question, Question]]


class NoLongerAsked(NotFound):
    """An earlier version of the form asked it, this one does not, or wants another type of answer."""

    def __init__(self, question: Question) -> None:
        super().__init__("The form has been corrected, and this is no longer asked. Load the page again to see what it asks now.")
        self.question = question


def ways_between(old: Form, new: Form) -> Ways:
    """Each question of the old form with the one of the new form that asks the same: by its code, in the same group."""
    known = {place_of(question, new): question for question in new.questions.values()}
    pairs = [(question, known.get(place_of(question, old))) for question in old.questions.values()]
    return [(was, now) for was, now in pairs if now is not None and is_alike(was, now)]


def place_of(question: Question, form: Form) -> tuple[str, str]:
    return (form.questions[question.group_id].code if question.group_id else "", question.code)


def is_alike(was: Question, now: Question) -> bool:
    """True when what answers the one can stand as an answer to the other, to be read anew."""
    return was.kind == now.kind or (kind_of(was).is_typed and kind_of(now).is_typed)


def question_now(form: Form, question_id: int) -> Question:
    """The question of this id; for one of an earlier version, the question that asks the same now, in boxes of the same type."""
    if question_id in form.questions:
        return form.questions[question_id]
    old = earlier_form(form, question_id)
    was = old.questions[question_id]
    now = next((each for each in form.questions.values() if place_of(each, form) == place_of(was, old)), None)
    if now is None or now.kind != was.kind:
        raise NoLongerAsked(was)
    return now


def earlier_form(form: Form, question_id: int) -> Form:
    """The version of the same form to which a question belongs."""
    home = select(QuestionVersion.id).join(Section).join(Question).where(Question.id == question_id)
    found = db.session.scalar(home.where(QuestionVersion.set_id == form.sections[0].version.set_id))
    if found is None:
        raise NotFound("There is no such question in this form.")
    return form_of(found)


def values_now(form: Form, question_id: int, values: Sequence[str]) -> Sequence[str]:
    """What was typed into the boxes of an earlier version, as the boxes of this one would have sent it."""
    now = question_now(form, question_id)
    if now.id == question_id:
        return values
    raw = kind_of(now).join(values)
    moved = kind_of(now).moved(raw, earlier_form(form, question_id).questions[question_id], now)
    return values if moved == raw else moved.split("\n")

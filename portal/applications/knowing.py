"""What we know before a bid is written: of its organisation, of who begins it, and from what was answered in an earlier bid."""

from collections.abc import Iterator

from sqlalchemy import select

from portal.applications.models import Application
from portal.core.db import db
from portal.people.lists import host_of
from portal.people.models import Organisation, User
from portal.people.registers import Register
from portal.questions.filling import SOURCES
from portal.questions.kinds import kind_of
from portal.questions.models import Answer, Question
from portal.questions.published import Form


def known_answers(application: Application, form: Form, *, by: User) -> Iterator[tuple[Question, str, str]]:
    """The questions that are filled in beforehand: each with the text, and whence it is."""
    wanted = [each for each in form.by_code.values() if each.filled_from]
    known = known_of(application.organisation, by) if wanted else {}
    earlier = earlier_answers(application, [each for each in wanted if each.filled_from == "earlier_bid"])
    for question in wanted:
        source = SOURCES[question.filled_from or ""]
        if text := known.get(question.filled_from or ""):
            yield question, text, source.whence
        elif question.code in earlier:
            raw, ref = earlier[question.code]
            yield question, raw, f"{source.whence} {ref}"


def known_of(organisation: Organisation, by: User) -> dict[str, str]:
    numbers, body = {each.register: each.number for each in organisation.identifiers}, host_of(organisation)
    return {
        "organisation_name": organisation.name, "organisation_address": organisation.address,
        "organisation_postcode": organisation.postcode, "organisation_website": organisation.website,
        "charity_number": numbers.get(Register.CHARITY, ""), "company_number": numbers.get(Register.COMPANY, ""),
        "body": body.key, "body_name": body.name, "body_address": body.address, "body_postcode": body.postcode,
        "person_name": by.name, "person_email": by.email, "person_phone": by.phone,
    }  # fmt: skip


def earlier_answers(application: Application, questions: list[Question]) -> dict[str, tuple[str, str]]:
    """What the organisation's last bid that was asked the same said: by the question's code, the text and the bid's reference."""
    asked = {each.code: each for each in questions}
    found: dict[str, tuple[str, str]] = {}
    rows = (
        select(Answer.raw, Question, Application.ref)
        .join(Answer.question)
        .join(Application, Application.answer_set_id == Answer.answer_set_id)
        .where(Application.organisation_id == application.organisation_id, Application.is_test.is_(False))
        .where(Application.submitted_at.is_not(None), Application.id != application.id)
        .where(Question.code.in_(asked), Question.group_id.is_(None), Answer.value.is_not(None))
        .order_by(Application.submitted_at.desc(), Answer.id)
    )
    for raw, was, ref in db.session.execute(rows) if asked else ():
        now = asked[was.code]
        if was.kind == now.kind:
            found.setdefault(was.code, (kind_of(now).moved(raw, was, now), ref))
    return found

"""What applications hold of people: the words of bids, and who wrote them."""

from collections.abc import Iterator

from sqlalchemy import func, select

from portal.applications.models import Application, ApplicationObjective, Request, Snapshot
from portal.core.db import db
from portal.core.holders import Part, Texts
from portal.people.models import User
from portal.questions.models import Answer, AnswerEdition

OF_BID = (Application, Application.answer_set_id == Answer.answer_set_id)
CASE = Application.ref
TEXTS = (
    Texts("Titles of applications", (Application.title,), CASE, outlives=True),
    Texts("Applications", (Application.summary, Application.recommendation, Application.panel_note), CASE),
    Texts("Objectives of applications", (ApplicationObjective.how,), CASE,
          ((Application, Application.id == ApplicationObjective.application_id),)),
    Texts("Answers of applications", (Answer.raw, Answer.value), CASE, (OF_BID,)),
    Texts("Earlier answers of applications", (AnswerEdition.raw,), CASE, ((Answer, Answer.id == AnswerEdition.answer_id), OF_BID),
          goes_with_case=True),
    Texts("Applications as submitted", (Snapshot.content,), CASE, ((Application, Application.id == Snapshot.application_id),)),
    Texts("Requests for changes", (Request.reason,), CASE, ((Application, Application.id == Request.application_id),)),
)  # fmt: skip


def tell(person: User) -> Iterator[Part]:
    """The bids this person leads, and how many answers they have saved in which."""
    led = select(Application).where(Application.lead_id == person.id).order_by(Application.id)
    rows = [{"reference": bid.ref, "title": bid.title, "stage": bid.stage.label} for bid in db.session.scalars(led)]
    yield Part("Applications you have led", rows)
    saved = (
        select(Application.ref, func.count().label("answers"), func.max(Answer.saved_at).label("last_at"))
        .join(Answer, Answer.answer_set_id == Application.answer_set_id)
        .where(Answer.saved_by_id == person.id)
        .group_by(Application.ref)
        .order_by(Application.ref)
    )
    answers = [{"reference": row.ref, "answers": row.answers, "last saved": row.last_at} for row in db.session.execute(saved)]
    yield Part("Answers you have saved", answers)

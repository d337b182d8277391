"""What monitoring holds of people: the words of returns, and who certified them."""

from collections.abc import Iterator

from sqlalchemy import select

from portal.awards.models import Award
from portal.core.db import db
from portal.core.holders import Part, Texts
from portal.monitoring.models import LineSpend, MeasureReading, Query, Return
from portal.people.models import User
from portal.questions.models import Answer, AnswerEdition

CASE = Award.ref
OF_AWARD = (Award, Award.id == Return.award_id)
OF_RETURN = (Return, Return.answer_set_id == Answer.answer_set_id)
TEXTS = (
    Texts("Returns", (Return.rag_reason, Return.agreed_reason, Return.waived_reason, Return.early_reason), CASE, (OF_AWARD,)),
    Texts("Answers of returns", (Answer.raw, Answer.value), CASE, (OF_RETURN, OF_AWARD)),
    Texts("Earlier answers of returns", (AnswerEdition.raw,), CASE,
          ((Answer, Answer.id == AnswerEdition.answer_id), OF_RETURN, OF_AWARD), goes_with_case=True),
    Texts("Comments on measures", (MeasureReading.typed, MeasureReading.comment), CASE,
          ((Return, Return.id == MeasureReading.return_id), OF_AWARD)),
    Texts("Comments on spending", (LineSpend.typed, LineSpend.comment), CASE,
          ((Return, Return.id == LineSpend.return_id), OF_AWARD)),
    Texts("Questions about returns", (Query.question, Query.answer), CASE, ((Return, Return.id == Query.return_id), OF_AWARD)),
)  # fmt: skip


def tell(person: User) -> Iterator[Part]:
    own = select(Return).where(Return.certified_by_id == person.id).order_by(Return.id)
    rows = [{"return": each.ref, "certified": each.certified_at, "stage": each.stage.label} for each in db.session.scalars(own)]
    yield Part("Returns you have certified", rows)

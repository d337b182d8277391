"""Limits of a new wording against the answers that people have given already: how many would be refused, and where."""

from sqlalchemy import func, select

from portal.core.db import db
from portal.questions.around import Around
from portal.questions.documents.checking import Fault
from portal.questions.kinds import KINDS
from portal.questions.models import Answer, Question, QuestionVersion, Section


def refused_answers(version: QuestionVersion) -> list[Fault]:
    """For each question that the newest published version asked too: how many of its answers the new limits refuse."""
    older = published_before(version)
    return refused_by(version.sections, older.sections) if older else []


def refused_by(sections: list[Section], older: list[Section]) -> list[Fault]:
    """The same for sections that may stand in no database yet."""
    now = {key(each): each for section in sections for each in section.questions}
    found = []
    for section in older:
        for question in section.questions:
            new = now.get(key(question))
            if new is not None and new.kind == question.kind and KINDS[new.kind].is_typed and new.settings != question.settings:
                found += [Fault(f"Question “{new.code}”", sentence) for sentence in told(new, refused_of(question, new))]
    return found


def key(question: Question) -> tuple[str, bool, str]:
    return question.section.code, question.group_id is not None, question.code


def published_before(version: QuestionVersion) -> QuestionVersion | None:
    newest = select(func.max(QuestionVersion.number)).where(
        QuestionVersion.set_id == version.set_id, QuestionVersion.id != version.id, QuestionVersion.published_at.is_not(None)
    )
    return db.session.scalar(
        select(QuestionVersion).where(
            QuestionVersion.set_id == version.set_id, QuestionVersion.number == newest.scalar_subquery()
        )
    )


def refused_of(old: Question, new: Question) -> list[str]:
    """What would be said of each answer that could be read so far and could not any more."""
    around, found = Around(), []
    answers = select(Answer.raw).where(Answer.question_id == old.id, Answer.raw != "", Answer.value.is_not(None))
    for raw in db.session.scalars(answers.execution_options(yield_per=500)):
        try:
            KINDS[new.kind].read(raw, new, around)
        except ValueError as error:
            found.append(str(error))
    return found


def told(question: Question, refused: list[str]) -> list[str]:
    if not refused:
        return []
    many = "1 answer that is there already" if len(refused) == 1 else f"{len(refused)} answers that are there already"
    return [f"The new limits would refuse {many}. The first would be told: {refused[0]}. Widen the limit, or tell the applicants"]

"""What assessment holds of people: what assessors declared, scored and wrote."""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from portal.applications.models import Application
from portal.assessment.models import Assignment, GateResult, Moderated, Score
from portal.core.db import db
from portal.core.holders import Part, Texts
from portal.people.models import User

TOLD_AFTERWARDS = "what assessors write is given after the decision, and once somebody has taken out what is not yours"
CASE = Application.ref
OF_BID = (Application, Application.id == Assignment.application_id)
TEXTS = (
    Texts("First checks", (GateResult.note,), CASE, ((Application, Application.id == GateResult.application_id),),
          held_back=TOLD_AFTERWARDS),
    Texts("Interests of assessors", (Assignment.interest,), CASE, (OF_BID,), held_back=TOLD_AFTERWARDS),
    Texts("Scores", (Score.justification,), CASE, ((Assignment, Assignment.id == Score.assignment_id), OF_BID),
          held_back=TOLD_AFTERWARDS),
    Texts("Moderation", (Moderated.note,), CASE, ((Application, Application.id == Moderated.application_id),),
          held_back=TOLD_AFTERWARDS),
)  # fmt: skip


def tell(person: User) -> Iterator[Part]:
    """An assessor's own assignments with what they wrote; the bids themselves are not about them."""
    own = (
        select(Assignment)
        .where(Assignment.assessor_id == person.id)
        .options(joinedload(Assignment.application), selectinload(Assignment.scores).joinedload(Score.criterion))
        .order_by(Assignment.id)
    )
    found = db.session.scalars(own).all()
    yield Part("Assessments asked of you", [{
        "reference": each.application.ref, "stage": each.stage.label, "asked": each.invited_at, "declared": each.declared_at,
        "interest": each.interest, "conflict": "yes" if each.has_conflict else "no",
    } for each in found])  # fmt: skip
    yield Part("Scores you have given", [{
        "reference": each.application.ref, "criterion": score.criterion.name, "points": score.points, "why": score.justification,
    } for each in found for score in each.scores])  # fmt: skip

"""What awards hold of people: who decided and who accepted, which the record of public money keeps."""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from portal.awards.models import Award, AwardLine, AwardMeasure, Decision
from portal.core.db import db
from portal.core.holders import Part, Stay, Texts
from portal.people.models import User

FOR_GOOD = "decision notices are a permanent public record"
REGISTER = "the register of grants is a public record"
CASE = Award.ref
TEXTS = (
    Texts("Decision notices", (Decision.reasons, Decision.conditions, Decision.not_funded, Decision.feedback, Decision.interests),
          stays=FOR_GOOD),
    Texts("Register of grants", (Award.title, Award.purpose), CASE, stays=REGISTER),
    Texts("Notes on grants", (Award.rag_reason, Award.note), CASE),
    Texts("Budget lines of grants", (AwardLine.description,), CASE, ((Award, Award.id == AwardLine.award_id),), outlives=True),
    Texts("Measures of grants", (AwardMeasure.name, AwardMeasure.method), CASE, ((Award, Award.id == AwardMeasure.award_id),),
          outlives=True),
)  # fmt: skip


def decided_by(person: User) -> list[Decision]:
    own = select(Decision).where(Decision.decided_by_id == person.id).options(joinedload(Decision.application))
    return list(db.session.scalars(own.order_by(Decision.id)))


def accepted_by(person: User) -> list[Award]:
    return list(db.session.scalars(select(Award).where(Award.accepted_by_id == person.id).order_by(Award.id)))


def tell(person: User) -> Iterator[Part]:
    yield Part("Decisions you have made", [{
        "decision": each.ref, "reference": each.case, "outcome": each.outcome.label, "decided": each.decided_at,
        "interests": each.interests,
    } for each in decided_by(person)])  # fmt: skip
    rows = [{"reference": each.ref, "title": each.title, "accepted": each.accepted_at} for each in accepted_by(person)]
    yield Part("Grants you have accepted", rows)


def stays(person: User) -> Iterator[Stay]:
    """Who decided how public money is spent, and who bound a body to an agreement, stay named."""
    if decided := decided_by(person):
        refs = ", ".join(each.ref for each in decided)
        yield Stay(f"The name, on the decision notices {refs}", FOR_GOOD, keeps_name=True)
    if accepted := [each for each in accepted_by(person) if each.application is None or each.application.emptied_at is None]:
        refs = ", ".join(each.ref for each in accepted)
        yield Stay(f"The name, as who accepted {refs}", "an agreement names who signed it, as long as it can be sued upon",
                   keeps_name=True)  # fmt: skip

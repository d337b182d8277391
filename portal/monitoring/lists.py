"""Queries about returns, and the list of them."""

from collections.abc import Sequence
from typing import Any

from flask import url_for
from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from portal.applications.models import Application
from portal.awards.models import Award
from portal.core.db import db
from portal.core.listing import Choice, Column, Listing
from portal.monitoring import figures
from portal.monitoring.models import LineSpend, MeasureReading, Return, ReturnKind, Stage
from portal.monitoring.policy import visible_to
from portal.people.models import Organisation, User
from portal.plan.models import Rag
from portal.questions.models import Answer
from portal.questions.sheet import Sheet


def by_ref(user: User | None, ref: str) -> Return | None:
    """The return of this reference, if the person may see it, with its award and figures."""
    return db.session.scalar(
        visible_to(user)
        .where(Return.ref == ref)
        .options(
            joinedload(Return.answer_set),
            joinedload(Return.award).joinedload(Award.fund),
            joinedload(Return.award).joinedload(Award.recipient),
            joinedload(Return.award).joinedload(Award.partnership),
            joinedload(Return.award).joinedload(Award.application).joinedload(Application.round),
            selectinload(Return.measures).joinedload(MeasureReading.measure),
            selectinload(Return.spending).joinedload(LineSpend.line),
            selectinload(Return.queries),
        )
    )


def sheet_of(return_: Return) -> Sheet:
    return Sheet(return_.answer_set)


def returns_of(award: Award) -> Sequence[Return]:
    """The returns of an award in order, with their figures."""
    return db.session.scalars(
        select(Return)
        .where(Return.award_id == award.id)
        .options(
            selectinload(Return.measures).joinedload(MeasureReading.measure),
            selectinload(Return.spending).joinedload(LineSpend.line),
            selectinload(Return.queries),
            joinedload(Return.award),
        )
        .order_by(Return.number)
    ).all()


def earlier(return_: Return) -> Return | None:
    """The last accepted return before this one."""
    return db.session.scalar(
        select(Return)
        .where(Return.award_id == return_.award_id, Return.number < return_.number, Return.stage == Stage.ACCEPTED)
        .options(selectinload(Return.measures), selectinload(Return.spending))
        .order_by(Return.number.desc())
        .limit(1)
    )


def spent(return_: Return) -> int:
    """What was spent by the end of the period, all lines together, in pence."""
    return sum(line.spent_pence or 0 for line in return_.spending)


def elapsed_percent(return_: Return) -> int:
    """How much of the grant's time lies behind at the end of the period."""
    award = return_.award
    return figures.share((return_.period_to - award.starts_on).days, (award.ends_on - award.starts_on).days)


def suggested(return_: Return) -> tuple[Rag, Rag]:
    """What the figures suggest for delivery and spend. A person says how it goes."""
    reached = [
        (reading.measure.baseline, reading.measure.target, reading.achieved)
        for reading in return_.measures
        if reading.achieved is not None
    ]
    planned = return_.award.pence * elapsed_percent(return_) // 100
    return figures.delivery_rag(reached, elapsed_percent(return_)), figures.spend_rag(spent(return_), planned)


def missing_from(return_: Return) -> list[tuple[str, str]]:
    """What keeps a return from being sent: each sentence with the address of the place."""
    sheet = sheet_of(return_)
    found = [
        (sentence, f"/returns/{return_.ref}/sections/{section.code}#question-{item.key}")
        for section in sheet.sections
        for item, sentence in sheet.problems(section)
    ]
    return found + [(sentence, f"/returns/{return_.ref}/figures#{place}") for sentence, place in wrong_figures(return_)]


def wrong_figures(return_: Return) -> list[tuple[str, str]]:
    """What is missing or contradicts itself in the figures, with the field it is about."""
    found = []
    before = earlier(return_)
    earlier_spend = {line.line_id: line.spent_pence or 0 for line in before.spending} if before else {}
    for reading in return_.measures:
        if reading.achieved is None:
            found.append((f"Enter how far this has come: {reading.measure.name}", f"measure-{reading.measure_id}"))
    for line in return_.spending:
        if line.spent_pence is None:
            found.append((f"Enter what was spent: {line.line.description}", f"line-{line.line_id}"))
        elif line.spent_pence < earlier_spend.get(line.line_id, 0):
            found.append((f"This is less than you reported before: {line.line.description}", f"line-{line.line_id}"))
        elif line.spent_pence > line.line.pence and not line.comment:
            found.append((f"Say why more was spent than agreed: {line.line.description}", f"line-comment-{line.line_id}"))
    for name, label in (("delivery_rag", "delivery"), ("spend_rag", "spend")):
        if getattr(return_, name) is None:
            found.append((f"Choose red, amber or green for {label}", name))
    if not return_.rag_reason:
        found.append(("Give the reason for your readings", "rag_reason"))
    return found


def may_read_file(user: User, file_id: int) -> bool:
    """A file of a return is read by whoever may see the return."""
    holds = visible_to(user).join(Answer, Answer.answer_set_id == Return.answer_set_id).where(Answer.file_id == file_id)
    return db.session.scalar(holds.with_only_columns(Return.id).limit(1)) is not None


class ReturnList(Listing):
    """The returns this person may see, the next to fall due first."""

    caption = "Returns"
    noun = ("return", "returns")
    entity = Return
    search = (Return.ref, Award.title, Organisation.name)
    filters = (
        Choice("stage", "Stage", Return.stage, Stage),
        Choice("kind", "Kind", Return.kind, ReturnKind),
    )
    columns = (
        Column("Reference", Return.ref, sort=True),
        Column("Grant", Award.title),
        Column("Recipient", Organisation.name),
        Column("Kind", Return.kind),
        Column("Stage", Return.stage),
        Column("Due", Return.due_on, sort=True),
    )
    default_sort = "due"

    def base(self) -> Select[Any]:
        return visible_to(self.user).join(Return.award).join(Award.recipient)

    def url(self, values: dict[str, Any]) -> str | None:
        return url_for("monitoring.show", ref=values["reference"])

"""Verbs of returns: scheduling, filling in, certifying, querying, accepting."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from portal.awards.actions import note_progress, note_spend
from portal.awards.models import Award
from portal.core import clock, outbox
from portal.core.audit import record
from portal.core.db import db
from portal.core.files import Kept
from portal.core.problems import Conflict, Incomplete, NotFound, NotNow, Refused
from portal.monitoring import lists
from portal.monitoring.models import WITH_APPLICANT, LineSpend, MeasureReading, Query, Return, ReturnKind, Stage
from portal.monitoring.workflow import LIFE
from portal.people.actions import change_standing
from portal.people.lists import holders_of, members_of
from portal.people.models import OfficeRole, Right, User
from portal.plan.models import Rag, direction_between
from portal.questions import actions as answering
from portal.questions.models import Question
from portal.questions.sheet import Item, Sheet


def schedule_returns(award: Award, *, by: Any) -> None:
    """One return half-way through a long grant, one after its end. Runs in the write that accepts the award."""
    round_ = award.application.round if award.application is not None else None
    if round_ is None or round_.return_version_id is None:
        return
    days = timedelta(days=round_.return_days)
    periods = [(ReturnKind.FINAL, award.ends_on)]
    if clock.add_months(award.starts_on, round_.midpoint_over_months) < award.ends_on:
        periods.insert(0, (ReturnKind.MIDPOINT, award.starts_on + (award.ends_on - award.starts_on) / 2))
    for number, (kind, until) in enumerate(periods, 1):
        answer_set = answering.new_answer_set(round_.return_version_id)
        db.session.add(
            Return(ref=f"{award.ref}-R{number}", award_id=award.id, number=number, kind=kind, period_from=award.starts_on,
                   period_to=until, due_on=until + days, stage=Stage.DUE, answer_set_id=answer_set.id)
        )  # fmt: skip


def start(return_: Return, *, by: User) -> None:
    """Open the return with a row for every measure and every budget line."""
    LIFE.advance(return_, "start", by=by)
    for measure in return_.award.measures:
        return_.measures.append(MeasureReading(measure_id=measure.id))
    for line in return_.award.lines:
        return_.spending.append(LineSpend(line_id=line.id))


def check_open(return_: Return) -> None:
    db.session.refresh(return_, ["stage"])
    if return_.stage not in (Stage.DRAFT, Stage.QUERIED):
        raise NotNow(f"{return_} is {return_.stage.label.lower()}, so it cannot be changed now.")


def writable(return_: Return, sheet: Sheet, question_id: int) -> Question:
    check_open(return_)
    question = sheet.questions.get(question_id)
    if question is None:
        raise NotFound("There is no such question in this return.")
    return question


def save_answer(return_: Return, question_id: int, row: int, values: Sequence[str], *, edition: int | None, by: User) -> Item:
    """Keep what was typed in answer to one question. Never refused for what it says."""
    sheet = lists.sheet_of(return_)
    return answering.save(sheet, writable(return_, sheet, question_id), row, values, edition=edition, by=by)


def save_section(return_: Return, answers: dict[tuple[int, int], tuple[list[str], int | None]], *, by: User) -> Sheet:
    """Keep a whole page at once."""
    sheet = lists.sheet_of(return_)
    for (question_id, row), (values, edition) in answers.items():
        answering.save(sheet, writable(return_, sheet, question_id), row, values, edition=edition, by=by)
    return sheet


def add_line(return_: Return, group_id: int, *, by: User) -> int:
    sheet = lists.sheet_of(return_)
    return answering.add_row(sheet, writable(return_, sheet, group_id), by=by)


def remove_line(return_: Return, group_id: int, row: int, *, by: User) -> None:
    sheet = lists.sheet_of(return_)
    answering.remove_row(sheet, writable(return_, sheet, group_id), row, by=by)


def restore_line(return_: Return, group_id: int, row: int, *, by: User) -> None:
    sheet = lists.sheet_of(return_)
    answering.restore_row(sheet, writable(return_, sheet, group_id), row, by=by)


def attach(return_: Return, question_id: int, kept: Kept, *, by: User) -> Item:
    sheet = lists.sheet_of(return_)
    return answering.attach(sheet, writable(return_, sheet, question_id), kept, by=by)


def detach(return_: Return, question_id: int, row: int, *, by: User) -> Item:
    sheet = lists.sheet_of(return_)
    return answering.detach(sheet, writable(return_, sheet, question_id), row, by=by)


def save_figures(
    return_: Return, measures: Mapping[int, tuple[int | None, str]], spending: Mapping[int, tuple[int | None, str]],
    delivery: Rag | None, spend: Rag | None, reason: str, *, edition: int | None, by: User,
) -> None:  # fmt: skip
    """Keep the figures as typed, complete or not: measure id → achieved and comment, line id → pence and comment."""
    check_open(return_)
    if edition is not None and edition != return_.figures_edition:
        raise Conflict("A colleague has saved other figures since you opened this page. Compare the two, then save yours again.")
    for reading in return_.measures:
        reading.achieved, reading.comment = measures.get(reading.measure_id, (reading.achieved, reading.comment))
    for line in return_.spending:
        line.spent_pence, line.comment = spending.get(line.line_id, (line.spent_pence, line.comment))
    return_.delivery_rag, return_.spend_rag, return_.rag_reason = delivery, spend, reason
    return_.figures_edition += 1


def file_return(return_: Return, *, by: User) -> None:
    """Certify and send in one step, where the certifier is the one who sends. Refused whole while something is missing."""
    if missing := lists.missing_from(return_):
        raise Incomplete(missing)
    for query in return_.queries:
        if query.answered_at is None:
            raise Refused("Answer the office's questions before you send the return again.")
    return_.certified_by_id = by.id
    LIFE.advance(return_, "certify", by=by)
    LIFE.advance(return_, "submit", by=by, spent_pence=lists.spent(return_))
    outbox.send("monitoring/received", to=holders_of(OfficeRole.GRANTS_OFFICER), case=return_.case, return_=return_)


def answer_queries(return_: Return, answers: Mapping[int, str], *, by: User) -> None:
    """Answer what the office asked: query id → text."""
    if return_.stage is not Stage.QUERIED:
        raise NotNow("The office has no open question about this return.")
    for query in return_.queries:
        text = answers.get(query.id, "")
        if text and query.answered_at is None:
            query.answer, query.answered_at = text, clock.now()


def query(return_: Return, about: str, question: str, *, by: User) -> None:
    """Ask about one part of a return; it goes back to the applicant."""
    if not question:
        raise Refused("Write your question", "question")
    return_.queries.append(Query(about=about, question=question, asked_by_id=by.id, asked_at=clock.now()))
    LIFE.advance(return_, "query", by=by, about=about, question=question)
    people = [*members_of(return_.award.partnership_id or return_.award.recipient_id, Right.LEAD, Right.CONTRIBUTOR)]
    outbox.send("monitoring/queried", to=people, case=return_.case, return_=return_, question=question)


def accept(return_: Return, delivery: Rag, spend: Rag, reason: str, *, by: User) -> None:
    """Accept a return; the officer's readings stand on the award. Another reading than the applicant's needs a reason."""
    if (delivery, spend) != (return_.delivery_rag, return_.spend_rag) and not reason:
        raise Refused("Say why you read it differently from the applicant", "reason")
    award = return_.award
    direction = direction_between(award.delivery_rag if award.rag_on else None, delivery)
    LIFE.advance(return_, "accept", by=by, delivery=delivery.value, spend=spend.value)
    note_progress(award, delivery=delivery, spend=spend, direction=direction, reason=reason or return_.rag_reason)
    note_spend(award, lists.spent(return_))
    settle_overdue(return_)


def waive(return_: Return, reason: str, *, by: User) -> None:
    """Do without a return, with the reason."""
    if not reason:
        raise Refused("Say why the return is waived", "reason")
    LIFE.advance(return_, "waive", by=by, reason=reason)
    settle_overdue(return_)


def settle_overdue(return_: Return) -> None:
    if return_.is_counted_overdue:
        return_.is_counted_overdue = False
        change_standing(standing_owner(return_.award), overdue_returns=-1)


def count_overdue() -> int:
    """Count returns that have run over into their organisation's standing; how many are new. Safe to run again."""
    late = db.session.scalars(
        select(Return).where(
            Return.stage.in_(WITH_APPLICANT), Return.due_on < clock.today(), Return.is_counted_overdue.is_(False)
        )
    ).all()
    for return_ in late:
        return_.is_counted_overdue = True
        change_standing(standing_owner(return_.award), overdue_returns=1)
        record("return.overdue", return_, by=None)
    return len(late)


def standing_owner(award: Award) -> int:
    return award.partnership_id or award.recipient_id

"""Queries about funds and rounds that more than one view needs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Integer,
    Select,
    and_,
    bindparam,
    func,
    literal,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import contains_eager, joinedload

from portal.core import clock
from portal.core.db import db
from portal.funds.models import (
    Budget,
    Clarification,
    Criterion,
    EligibilityQuestion,
    Extension,
    Fund,
    FundArea,
    FundObjective,
    GateCheck,
    Round,
    RoundKind,
    RoundStage,
)
from portal.funds.policy import announced_rounds, public_rounds
from portal.people.models import Area, User
from portal.people.policy import sees_all_cases
from portal.plan.models import Objective
from portal.questions.published import sections_of

CURRENT = (RoundStage.OPEN, RoundStage.PAUSED)
OVER = (RoundStage.CLOSED, RoundStage.ARCHIVED)


def open_rounds(limit: int | None = None) -> Sequence[Round]:
    """The rounds that take bids now, the first to close first."""
    return db.session.scalars(
        public_rounds()
        .join(Round.fund)
        .options(contains_eager(Round.fund).selectinload(Fund.bodies), contains_eager(Round.fund).selectinload(Fund.areas))
        .where(Round.stage == RoundStage.OPEN, Round.opens_at <= clock.now(), is_not_over())
        .order_by(Round.closes_at, Round.id)
        .limit(limit)
    ).all()


def coming_rounds(limit: int = 10) -> Sequence[Round]:
    """The rounds whose day is known and has not come, the next first."""
    return db.session.scalars(
        announced_rounds()
        .join(Round.fund)
        .options(contains_eager(Round.fund))
        .where(*is_coming())
        .order_by(Round.opens_at, Round.id)
        .limit(limit)
    ).all()


def is_coming() -> list[ColumnElement[bool]]:
    """Checked, and not over before it began."""
    return [Round.stage == RoundStage.CHECKED, is_not_over()]


def is_current() -> list[ColumnElement[bool]]:
    """Takes bids, or was paused and may go on."""
    return [Round.stage.in_(CURRENT), is_not_over()]


def is_over() -> list[ColumnElement[bool]]:
    """Closed, or about to be: the clock has passed its closing."""
    return [or_(Round.stage.in_(OVER), and_(Round.stage.in_(CURRENT), Round.closes_at <= clock.now()))]


def is_not_over() -> ColumnElement[bool]:
    return or_(Round.closes_at.is_(None), Round.closes_at > clock.now())


def closed_rounds(limit: int = 10) -> Sequence[Round]:
    """The rounds that were open once, the latest first."""
    return db.session.scalars(
        public_rounds()
        .join(Round.fund)
        .options(contains_eager(Round.fund))
        .where(Round.stage.in_(OVER))
        .order_by(Round.closes_at.desc(), Round.id)
        .limit(limit)
    ).all()


def public_rounds_of(slug: str) -> Sequence[Round]:
    """The rounds of a fund that the public may read about, the latest first, each with its fund and form. None: no such fund."""
    return db.session.scalars(asking_for_rounds(), {"slug": slug}).all()


@cache
def asking_for_rounds() -> Select[Round]:
    """Put together once, like the other statements of the pages that are read most: that takes as long as asking it."""
    return (
        announced_rounds()
        .join(Round.fund)
        .options(contains_eager(Round.fund), joinedload(Round.question_version))
        .where(Fund.slug == bindparam("slug"))
        .order_by(Round.opens_at.desc(), Round.id.desc())
    )


def round_for_staff(user: User | None, round_code: str) -> Round | None:
    """A round in whatever stage, for what its bids are judged by. The public and applicants know it by its fund's page."""
    return db.session.scalar(asking_for_rules(), {"code": round_code}) if sees_all_cases(user) else None


@cache
def asking_for_rules() -> Select[Round]:
    return select(Round).where(Round.code == bindparam("code")).options(joinedload(Round.fund))


def rounds_to_copy(round_: Round) -> Sequence[Round]:
    """The rounds that were judged by criteria, those of the same fund first, and the latest first."""
    return db.session.scalars(
        select(Round)
        .where(Round.id != round_.id, Round.criteria.any())
        .order_by((Round.fund_id != round_.fund_id), Round.opens_at.desc(), Round.id)
        .limit(50)
    ).all()


def questions_of(round_: Round) -> list[tuple[str, str]]:
    """The questions of a round's form by their codes: those that may stand beside a criterion."""
    version = round_.question_version_id
    sections = sections_of(version) if version else []
    return [
        (question.code, question.label)
        for section in sections
        for question in section.questions
        if question.group_id is None and question.is_shown_to_assessors and not question.is_personal
    ]


def said_of(round_: Round) -> dict[str, list[str]]:
    """What is only read out of a round and its fund, in one query: where applicants must be ("area"; none: anywhere), which
    objectives are served ("objective"), what is looked at before a bid is scored ("check"), and what was asked from outside and
    answered for all ("answered"). Rows of tables take longer."""
    said: dict[str, list[str]] = {"area": [], "objective": [], "check": [], "answered": []}
    rows = db.session.execute(asking_what_is_said(), {"fund_id": round_.fund_id, "round_id": round_.id})
    for kind, _, text in sorted(rows, key=lambda row: (row[0], row[2] if row[0] == "area" else row[1])):
        said[kind].append(text)
    return said


@cache
def asking_what_is_said() -> CompoundSelect[Any]:
    of_fund, of_round = bindparam("fund_id", type_=Integer), bindparam("round_id", type_=Integer)
    area = select(literal("area"), FundArea.id, Area.name).join(Area).where(FundArea.fund_id == of_fund)
    objective = select(literal("objective"), FundObjective.id, Objective.text).join(Objective)
    check = select(literal("check"), GateCheck.position, GateCheck.label).where(GateCheck.round_id == of_round)
    answered = select(literal("answered"), Clarification.id, Clarification.question)
    answered = answered.where(Clarification.round_id == of_round, Clarification.published_at.is_not(None))
    return union_all(area, objective.where(FundObjective.fund_id == of_fund), check, answered)


@dataclass(frozen=True)
class Counted:
    """How much there is of what a round's page only counts, in one query."""

    criteria: int
    weight: int  # of all criteria together
    questions: int  # before the form
    checks: int  # after it
    extensions: int
    waiting: int  # questions from outside that nobody has answered


def counted_in(round_: Round) -> Counted:
    return Counted(*db.session.execute(counting_in_round(), {"round_id": round_.id}).one())


@cache
def counting_in_round() -> Select[Any]:
    waiting = (Clarification.published_at.is_(None), Clarification.set_aside_at.is_(None))
    counted = [
        select(what).where(of.round_id == bindparam("round_id", type_=Integer), *only).scalar_subquery()
        for what, of, only in (
            (func.count(Criterion.id), Criterion, ()), (func.coalesce(func.sum(Criterion.weight), 0), Criterion, ()),
            (func.count(EligibilityQuestion.id), EligibilityQuestion, ()), (func.count(GateCheck.id), GateCheck, ()),
            (func.count(Extension.id), Extension, ()), (func.count(Clarification.id), Clarification, waiting),
        )
    ]  # fmt: skip
    return select(*counted)


def budgets_for(fund_id: int, day: date) -> Sequence[Budget]:
    """The budgets a grant that starts on this day may be paid from, with their sources."""
    return db.session.scalars(
        select(Budget)
        .join(Budget.source)
        .options(contains_eager(Budget.source))
        .where(Budget.fund_id == fund_id, Budget.year == clock.financial_year(day))
        .order_by(Budget.id)
    ).all()


def rounds_of(fund: Fund) -> Sequence[Any]:
    """Of every round of a fund, drafts too, what a list shows; the latest first."""
    return db.session.execute(asking_for_all_rounds(), {"fund_id": fund.id}).all()


@cache
def asking_for_all_rounds() -> Select[str, str, RoundKind, RoundStage, datetime | None, datetime | None]:
    found = select(Round.code, Round.title, Round.kind, Round.stage, Round.opens_at, Round.closes_at)
    found = found.where(Round.fund_id == bindparam("fund_id", type_=Integer))
    return found.order_by(Round.opens_at.desc(), Round.id)


def fund_options() -> list[tuple[str, str]]:
    """Every fund, to choose from in a list."""
    return [(slug, name) for slug, name in db.session.execute(select(Fund.slug, Fund.name).order_by(Fund.name))]

"""Finding funds, sources, envelopes and changes of budgets for the office, through what the person may see."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Integer, Select, bindparam, func, select
from sqlalchemy.orm import contains_eager, joinedload, lazyload, load_only, selectinload

from portal.core import clock
from portal.core.db import db
from portal.funds.models import (
    Budget,
    BudgetChange,
    CarriedOver,
    CycleStep,
    Envelope,
    Fund,
    FundArea,
    FundBody,
    FundObjective,
    Source,
    SourceDocument,
    SourceYear,
    Succession,
)
from portal.funds.policy import envelopes_visible_to, sources_visible_to
from portal.people.models import Appointment, Area, OfficeRole, Organisation, User
from portal.people.policy import is_running, sees_all_cases
from portal.plan.models import Objective

BY_NAME = load_only(User.name), lazyload("*")  # people of whom a page says no more


def fund_by_slug(user: User | None, slug: str) -> Fund | None:
    """A fund; who answers for it, its plan and its envelope are read when they are asked for."""
    return db.session.scalar(asking_for_fund(), {"slug": slug}) if sees_all_cases(user) else None


def fund_in_full(user: User | None, slug: str) -> Fund | None:
    """A fund with all that its page says of it."""
    return db.session.scalars(asking_in_full(), {"slug": slug}).unique().one_or_none() if sees_all_cases(user) else None


@cache
def asking_for_fund() -> Select[Fund]:
    """Put together once, like the other statements of the pages that are read most: that takes as long as asking it."""
    return select(Fund).where(Fund.slug == bindparam("slug"))


@cache
def asking_in_full() -> Select[Fund]:
    return asking_for_fund().options(
        joinedload(Fund.plan),
        joinedload(Fund.envelope).load_only(Envelope.slug, Envelope.name),
        joinedload(Fund.senior_owner).options(*BY_NAME),
        selectinload(Fund.served).joinedload(FundObjective.objective).joinedload(Objective.theme),
        joinedload(Fund.bodies).joinedload(FundBody.organisation).load_only(Organisation.name),
        joinedload(Fund.areas).joinedload(FundArea.area),
        selectinload(Fund.steps).joinedload(CycleStep.by).options(*BY_NAME),
    )


def change_by_id(user: User | None, slug: str, change_id: int) -> BudgetChange | None:
    """A change of the budget of this fund."""
    fund = fund_by_slug(user, slug)
    if fund is None:
        return None
    return db.session.scalar(
        select(BudgetChange).where(BudgetChange.fund_id == fund.id, BudgetChange.id == change_id).options(*ABOUT_CHANGE)
    )


ABOUT_CHANGE = (
    joinedload(BudgetChange.source).load_only(Source.key, Source.name),
    joinedload(BudgetChange.proposed_by).options(*BY_NAME),
    joinedload(BudgetChange.answered_by).options(*BY_NAME),
)


def changes_of(fund: Fund) -> Sequence[BudgetChange]:
    """Every change of a fund's budgets, what waits for an answer first, then the latest."""
    return db.session.scalars(asking_for_changes(), {"fund_id": fund.id}).all()


@cache
def asking_for_changes() -> Select[BudgetChange]:
    of_fund = BudgetChange.fund_id == bindparam("fund_id", type_=Integer)
    found = select(BudgetChange).where(of_fund).options(*ABOUT_CHANGE)
    return found.order_by(BudgetChange.answered_at.is_not(None), BudgetChange.id.desc())


def waiting_changes() -> Sequence[BudgetChange]:
    """The changes that nobody has answered, the oldest first."""
    found = select(BudgetChange).where(BudgetChange.answered_at.is_(None)).options(joinedload(BudgetChange.fund), *ABOUT_CHANGE)
    return db.session.scalars(found.order_by(BudgetChange.id)).all()


def source_by_key(user: User | None, key: str) -> Source | None:
    """A source with its years, its documents and what came before and after it."""
    return db.session.scalars(asking_for_source(), {"key": key}).unique().one_or_none() if sees_all_cases(user) else None


@cache
def asking_for_source() -> Select[Source]:
    return (
        select(Source)
        .where(Source.key == bindparam("key"))
        .options(
            selectinload(Source.years),
            joinedload(Source.documents).joinedload(SourceDocument.file),
            joinedload(Source.followed_by).joinedload(Succession.after),
            joinedload(Source.follows).joinedload(Succession.before),
        )
    )


def drawn_from(source: Source) -> Sequence[Budget]:
    """The budgets that draw on a source, by year and fund."""
    return db.session.scalars(
        select(Budget)
        .join(Budget.fund)
        .options(contains_eager(Budget.fund))
        .where(Budget.source_id == source.id)
        .order_by(Budget.year.desc(), Fund.name)
    ).all()


def carried(source: Source) -> Sequence[CarriedOver]:
    found = select(CarriedOver).where(CarriedOver.source_id == source.id).order_by(CarriedOver.id.desc())
    return db.session.scalars(found.options(joinedload(CarriedOver.by).lazyload("*"))).all()


@dataclass(frozen=True)
class Held:
    """A source as the list of sources shows it: what it has this year."""

    source: Source
    year: SourceYear | None


def sources_held(user: User) -> list[Held]:
    """Every source with this financial year's amount."""
    this_year = clock.financial_year(clock.today())
    found = sources_visible_to(user).add_columns(SourceYear).outerjoin(
        SourceYear, (SourceYear.source_id == Source.id) & (SourceYear.year == this_year)
    )  # fmt: skip
    rows = db.session.execute(found.options(selectinload(Source.followed_by)).order_by(Source.name))
    return [Held(source, year) for source, year in rows]


def years_to_draw_on() -> list[SourceYear]:
    """The years of sources that a budget may still be drawn from: last year's to the furthest, of sources that have not ended."""
    earliest = clock.financial_year(clock.add_months(clock.today(), -12))
    found = db.session.scalars(
        select(SourceYear)
        .join(SourceYear.source)
        .options(contains_eager(SourceYear.source).selectinload(Source.followed_by))
        .where(SourceYear.year >= earliest)
        .order_by(Source.name, SourceYear.year)
    )
    return [each for each in found if not each.source.has_ended_by(each.year)]


def envelope_by_slug(user: User | None, slug: str) -> Envelope | None:
    return db.session.scalar(envelopes_visible_to(user).where(Envelope.slug == slug))


def envelopes(user: User) -> list[tuple[Envelope, int, int]]:
    """Every envelope with the budgets and the commitments of its funds in its years."""
    return [
        (envelope, *sums)
        for envelope, *sums in db.session.execute(with_sums(envelopes_visible_to(user)).order_by(Envelope.id.desc()))
    ]


def with_sums(query: Select[Any]) -> Select[Any]:
    sums = (
        select(func.coalesce(func.sum(column), 0))
        .join(Budget.fund)
        .where(Fund.envelope_id == Envelope.id, Budget.year.between(Envelope.first_year, Envelope.last_year))
        .correlate(Envelope)
        .scalar_subquery()
        for column in (Budget.pence, Budget.committed_pence)
    )
    return query.add_columns(*sums)


def shares_of(envelope: Envelope) -> Sequence[tuple[Fund, int, int]]:
    """The funds of an envelope, with their budgets and commitments in its years."""
    of_years = (Budget.fund_id == Fund.id) & Budget.year.between(envelope.first_year, envelope.last_year)
    sums = (func.coalesce(func.sum(column), 0) for column in (Budget.pence, Budget.committed_pence))
    found = select(Fund, *sums).outerjoin(Budget, of_years).where(Fund.envelope_id == envelope.id)
    return [tuple(row) for row in db.session.execute(found.group_by(Fund.id).order_by(Fund.name))]


def owners() -> list[tuple[str, str]]:
    """Who may answer for a fund: those who hold a role of the office today, but for assessors."""
    roles = [role for role in OfficeRole if role not in (OfficeRole.ASSESSOR, OfficeRole.PANEL_MEMBER, OfficeRole.AUDITOR)]
    held = select(Appointment.user_id).where(Appointment.role.in_(roles), is_running(Appointment))
    found = select(User.id, User.name).where(User.id.in_(held), User.active).order_by(User.name)
    return [(str(user_id), name) for user_id, name in db.session.execute(found)]


def envelope_options() -> list[tuple[str, str]]:
    found = db.session.execute(select(Envelope.id, Envelope.name).order_by(Envelope.name))
    return [(str(envelope_id), name) for envelope_id, name in found]


def areas() -> Sequence[Area]:
    return db.session.scalars(select(Area).order_by(Area.name)).all()


def called(names: list[str]) -> Sequence[Organisation]:
    """The organisations of these names, however their letters are written."""
    wanted = [name.lower() for name in names]
    return db.session.scalars(select(Organisation).where(func.lower(Organisation.name).in_(wanted))).all() if wanted else []


def may_read_file(user: User, file_id: int) -> bool:
    """A document of a source is read by whoever reads sources."""
    holds = sources_visible_to(user).join(Source.documents).where(SourceDocument.file_id == file_id)
    return db.session.scalar(holds.with_only_columns(Source.id).limit(1)) is not None

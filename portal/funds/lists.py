"""Queries about funds and rounds that more than one view needs."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import func, or_, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from portal.core import clock
from portal.core.db import db
from portal.funds.models import Budget, Clarification, Extension, Fund, Round, RoundInvitation, RoundStage
from portal.funds.policy import public_funds, public_rounds, rounds_visible_to
from portal.people.models import Organisation, User
from portal.people.policy import is_staff


def open_rounds() -> Sequence[Round]:
    """The rounds that take bids now, the first to close first."""
    now = clock.now()
    return db.session.scalars(
        public_rounds()
        .join(Round.fund)
        .options(contains_eager(Round.fund))
        .where(Round.stage == RoundStage.OPEN, Round.opens_at <= now, or_(Round.closes_at.is_(None), Round.closes_at > now))
        .order_by(Round.closes_at, Round.id)
    ).all()


def rounds_inviting(organisation_ids: Sequence[int]) -> Sequence[Round]:
    """The open rounds into which one of these was invited."""
    invited = select(RoundInvitation.round_id).where(RoundInvitation.organisation_id.in_(organisation_ids))
    open_now = select(Round).where(Round.stage == RoundStage.OPEN, Round.question_version_id.is_not(None), Round.id.in_(invited))
    found = db.session.scalars(open_now.options(joinedload(Round.fund)).order_by(Round.closes_at, Round.id)).all()
    return [each for each in found if each.is_open]


def closed_rounds(limit: int = 10) -> Sequence[Round]:
    """The rounds that were open once, the latest first."""
    return db.session.scalars(
        public_rounds()
        .join(Round.fund)
        .options(contains_eager(Round.fund))
        .where(Round.stage.in_((RoundStage.CLOSED, RoundStage.ARCHIVED)))
        .order_by(Round.closes_at.desc(), Round.id)
        .limit(limit)
    ).all()


def public_fund(slug: str) -> Fund | None:
    return db.session.scalar(public_funds().where(Fund.slug == slug).options(selectinload(Fund.rounds)))


def public_rounds_of(fund: Fund) -> list[Round]:
    return [round_ for round_ in fund.rounds if not round_.kind.is_by_invitation and round_.open_at is not None]


def budgets_for(fund_id: int, day: date) -> Sequence[Budget]:
    """The budgets a grant that starts on this day may be paid from, with their sources."""
    return db.session.scalars(
        select(Budget)
        .join(Budget.source)
        .options(contains_eager(Budget.source))
        .where(Budget.fund_id == fund_id, Budget.year == clock.financial_year(day))
        .order_by(Budget.id)
    ).all()


def round_by_code(user: User | None, code: str) -> Round | None:
    """A round as the office sees it, from its first draft on."""
    return db.session.scalar(rounds_visible_to(user).where(Round.code == code).options(joinedload(Round.fund)))


def fund_by_slug(user: User | None, slug: str) -> Fund | None:
    """A fund as the office sees it."""
    return db.session.scalar(select(Fund).where(Fund.slug == slug)) if is_staff(user) else None


def last_extension(round_: Round) -> Extension:
    return db.session.scalars(
        select(Extension).where(Extension.round_id == round_.id).order_by(Extension.id.desc()).limit(1)
    ).one()


def clarifications_of(round_: Round) -> Sequence[Clarification]:
    """What was asked about a round, the latest first; who waits for an answer stands on top."""
    asked = select(Clarification).where(Clarification.round_id == round_.id)
    return sorted(db.session.scalars(asked.order_by(Clarification.id.desc())).all(), key=lambda each: not each.is_waiting)


def published_clarifications(round_: Round) -> Sequence[Clarification]:
    """What everybody may read, the latest answer first."""
    published = select(Clarification).where(Clarification.round_id == round_.id, Clarification.published_at.is_not(None))
    return db.session.scalars(published.order_by(Clarification.published_at.desc(), Clarification.id.desc())).all()


def last_clarification(round_: Round) -> Clarification:
    return published_clarifications(round_)[0]


def clarification_of(user: User | None, code: str, clarification_id: int) -> Clarification | None:
    """A question about a round, through the round."""
    round_ = round_by_code(user, code)
    found = db.session.get(Clarification, clarification_id) if round_ is not None else None
    return found if found is not None and round_ is not None and found.round_id == round_.id else None


def invitations_of(round_: Round) -> Sequence[RoundInvitation]:
    """Who was invited by name, and why."""
    invited = select(RoundInvitation).where(RoundInvitation.round_id == round_.id)
    parts = (joinedload(RoundInvitation.organisation), joinedload(RoundInvitation.invited_by))
    return db.session.scalars(invited.options(*parts).order_by(RoundInvitation.id)).all()


def waiting_clarifications(round_: Round) -> int:
    """How many questions from outside wait for an answer."""
    waiting = select(func.count(Clarification.id)).where(
        Clarification.round_id == round_.id, Clarification.published_at.is_(None), Clarification.set_aside_at.is_(None)
    )
    return db.session.scalar(waiting) or 0


def all_funds() -> Sequence[Fund]:
    return db.session.scalars(select(Fund).order_by(Fund.name)).all()


def rounds_to_copy(fund: Fund) -> list[Round]:
    """Every round that one may begin from: the fund's own first, the latest on top."""
    found = db.session.scalars(select(Round).options(selectinload(Round.criteria)).order_by(Round.id.desc())).all()
    return sorted(found, key=lambda each: each.fund_id != fund.id)


def takers_of(round_: Round) -> Sequence[Organisation]:
    """The organisations of the kinds that a round takes, by name."""
    query = select(Organisation).order_by(Organisation.name)
    return db.session.scalars(query.where(Organisation.kind.in_(round_.accepts)) if round_.accepts else query).all()

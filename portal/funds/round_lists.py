"""Queries about one round: what was asked about it, who was invited, what one may begin it from."""

from collections.abc import Sequence
from functools import cache

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import joinedload, selectinload

from portal.core.db import db
from portal.funds.models import Clarification, Extension, Fund, Round, RoundInvitation, RoundStage
from portal.people.models import Organisation, User
from portal.people.policy import is_staff
from portal.questions.models import QuestionVersion


def rounds_inviting(organisation_ids: Sequence[int]) -> Sequence[Round]:
    """The open rounds into which one of these was invited."""
    invited = select(RoundInvitation.round_id).where(RoundInvitation.organisation_id.in_(organisation_ids))
    open_now = select(Round).where(Round.stage == RoundStage.OPEN, Round.question_version_id.is_not(None), Round.id.in_(invited))
    found = db.session.scalars(open_now.options(joinedload(Round.fund)).order_by(Round.closes_at, Round.id)).all()
    return [each for each in found if each.is_open]


def round_by_code(user: User | None, code: str) -> Round | None:
    """A round as the office sees it, from its first draft on."""
    return db.session.scalar(asking_for_round(), {"code": code}) if is_staff(user) else None


@cache
def asking_for_round() -> Select[Round]:
    """Put together once: that takes as long as asking it."""
    parts = (joinedload(Round.fund), joinedload(Round.question_version).joinedload(QuestionVersion.question_set))
    return select(Round).where(Round.code == bindparam("code")).options(*parts)


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


def justification_for(round_: Round, organisation_id: int) -> str:
    """Why this body need not compete; nothing where the round is open to others."""
    if not round_.kind.is_by_invitation:
        return ""
    reason = select(RoundInvitation.justification).where(
        RoundInvitation.round_id == round_.id, RoundInvitation.organisation_id == organisation_id
    )
    return db.session.scalar(reason) or ""


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

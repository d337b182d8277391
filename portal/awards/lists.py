"""Queries about decisions and awards, and the lists of them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import joinedload, selectinload

from portal.applications.models import Application
from portal.applications.models import Stage as BidStage
from portal.awards.models import Award, AwardFunding, AwardObjective, AwardStage, Decision, NoticeStage, Outcome
from portal.awards.policy import bids_decided_by, notices_visible_to, visible_to
from portal.core import money
from portal.core.clock import day_of, read_day
from portal.core.columns import Choice, Column, as_text
from portal.core.db import db
from portal.core.exports import Pounds
from portal.core.listing import Listing
from portal.core.page import Macros, address_of
from portal.funds.lists import fund_options
from portal.funds.models import Budget, Fund, Round
from portal.people.models import Organisation, User
from portal.plan.models import Objective, Rag

ui = Macros()


def by_ref(user: User | None, ref: str) -> Award | None:
    """The award of this reference, if the person may see it, with all that its page shows."""
    found = (
        visible_to(user)
        .where(Award.ref == ref)
        .options(
            joinedload(Award.fund), joinedload(Award.recipient), joinedload(Award.partnership),
            joinedload(Award.application).joinedload(Application.round),
            joinedload(Award.decision), selectinload(Award.lines), selectinload(Award.measures),
            joinedload(Award.funding).joinedload(AwardFunding.budget).joinedload(Budget.source),
            joinedload(Award.objectives).joinedload(AwardObjective.objective).joinedload(Objective.theme),
        )
    )  # fmt: skip
    return db.session.scalars(found).unique().one_or_none()


def notice_by_ref(user: User | None, ref: str) -> Decision | None:
    """The decision of this number, if the person may read its notice."""
    return db.session.scalar(
        notices_visible_to(user)
        .where(Decision.ref == ref)
        .options(
            joinedload(Decision.application).joinedload(Application.round).joinedload(Round.fund),
            joinedload(Decision.application).joinedload(Application.organisation),
            joinedload(Decision.application).joinedload(Application.accountable_body),
            joinedload(Decision.decided_by), joinedload(Decision.replaces), joinedload(Decision.replaced_by),
        )
    )  # fmt: skip


def award_of(decision: Decision) -> Award | None:
    return db.session.scalar(
        select(Award).where(Award.decision_id == decision.id).options(joinedload(Award.recipient), joinedload(Award.partnership))
    )


def decision_on(application: Application) -> Decision | None:
    """The decision that stands on a bid: the last, as each supersedes the one before."""
    return db.session.scalar(
        select(Decision).where(Decision.application_id == application.id, Decision.stage != NoticeStage.SUPERSEDED)
    )


def why_not_public(award: Award | None) -> str | None:
    """What a notice waits for before it is published; None when it waits for nothing."""
    if award is not None and award.stage is AwardStage.OFFERED:
        return "The offer has not been answered yet: the notice is published after that."
    return None


def to_decide(user: User) -> Sequence[Application]:
    """Recommended bids that this person may decide, the longest waiting first."""
    return db.session.scalars(
        bids_decided_by(user)
        .where(Application.stage == BidStage.RECOMMENDED)
        .options(joinedload(Application.organisation))
        .order_by(Application.recommended_at, Application.id)
        .limit(20)
    ).all()


def to_publish(user: User) -> Sequence[Decision]:
    """Notices that can be published now, the oldest first."""
    return db.session.scalars(
        notices_visible_to(user)
        .outerjoin(Award, Award.decision_id == Decision.id)
        .where(Decision.stage == NoticeStage.APPROVED, or_(Award.id.is_(None), Award.stage != AwardStage.OFFERED))
        .options(joinedload(Decision.application))
        .order_by(Decision.decided_at, Decision.id)
        .limit(20)
    ).all()


def read_day_of(instant: datetime) -> str:
    return read_day(day_of(instant))


class AwardList(Listing):
    """The awards this person may see."""

    caption = "Grants"
    noun = ("grant", "grants")
    entity = Award
    search_in = Award
    filters = (
        Choice("stage", "Stage", Award.stage, AwardStage),
        Choice("fund", "Fund", Fund.slug, fund_options, where=lambda slug: granted_by(slug)),
        Choice("rag", "Delivery", Award.delivery_rag, Rag),
    )
    columns = (
        Column("Reference", Award.ref, sort=True, short=True),
        Column("Title", Award.title),
        Column("Recipient", Organisation.name),
        Column("Fund", Fund.name),
        Column("Awarded", Award.pence, show=money.show, export=Pounds, sort=True, numeric=True),
        Column("Stage", Award.stage, show=lambda stage: ui.stage_tag(stage), export=as_text),
        Column("Delivery", Award.delivery_rag, show=lambda rag: ui.rag(rag), export=as_text),
        Column("Offered", Award.offered_at, show=read_day_of, sort=True, short=True),
    )
    more_columns = (
        Column("Starts", Award.starts_on),
        Column("Ends", Award.ends_on),
        Column("Spend", Award.spend_rag),
        Column("Direction", Award.direction),
    )
    default_sort = "-offered"

    def base(self) -> Select[Any]:
        return visible_to(self.user).join(Award.recipient).join(Award.fund)

    def url(self, values: dict[str, Any]) -> str | None:
        return address_of("reporting.grant", ref=values["reference"])


class DecisionList(Listing):
    """The register of decisions, as the office reads it: those not published too."""

    caption = "Decisions"
    noun = ("decision", "decisions")
    entity = Decision
    search_in = Decision
    filters = (
        Choice("outcome", "Outcome", Decision.outcome, Outcome),
        Choice("notice", "Notice", Decision.stage, NoticeStage),
    )
    columns = (
        Column("Decision", Decision.ref, sort=True, short=True),
        Column("Bid", Application.ref, short=True),
        Column("Title", Application.title),
        Column("Applicant", Organisation.name),
        Column("Outcome", Decision.outcome),
        Column("Awarded", Decision.awarded_pence, show=lambda pence: money.show(pence or None), export=Pounds, numeric=True),
        Column("Decided", Decision.decided_at, show=read_day_of, sort=True, short=True),
        Column("Notice", Decision.stage, show=lambda stage: ui.stage_tag(stage), export=as_text),
    )
    default_sort = "-decided"

    def base(self) -> Select[Any]:
        return notices_visible_to(self.user).join(Decision.application).join(Application.organisation)

    def url(self, values: dict[str, Any]) -> str | None:
        return address_of("awards.notice", ref=values["decision"])


def granted_by(slug: str) -> ColumnElement[bool]:
    """The awards of a fund by its number, of which the database knows how many awards it has."""
    return Award.fund_id == db.session.scalar(select(Fund.id).where(Fund.slug == slug))

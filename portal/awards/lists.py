"""Queries about decisions and awards, and the list of awards."""

from typing import Any

from flask import url_for
from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from portal.applications.models import Application
from portal.awards.models import Award, AwardFunding, AwardObjective, AwardStage, Decision
from portal.awards.policy import notices_visible_to, visible_to
from portal.core import money
from portal.core.db import db
from portal.core.exports import Pounds
from portal.core.listing import Choice, Column, Listing
from portal.funds.models import Budget, Fund
from portal.people.models import Organisation, User
from portal.plan.models import Objective, Rag


def by_ref(user: User | None, ref: str) -> Award | None:
    """The award of this reference, if the person may see it, with all that its page shows."""
    return db.session.scalar(
        visible_to(user)
        .where(Award.ref == ref)
        .options(
            joinedload(Award.fund), joinedload(Award.recipient), joinedload(Award.partnership),
            joinedload(Award.application).joinedload(Application.round),
            joinedload(Award.decision), selectinload(Award.lines), selectinload(Award.measures),
            selectinload(Award.funding).joinedload(AwardFunding.budget).joinedload(Budget.source),
            selectinload(Award.objectives).joinedload(AwardObjective.objective).joinedload(Objective.theme),
        )
    )  # fmt: skip


def notice_by_ref(user: User | None, ref: str) -> Decision | None:
    return db.session.scalar(
        notices_visible_to(user)
        .where(Decision.ref == ref)
        .options(joinedload(Decision.application), joinedload(Decision.decided_by))
    )


def award_of(decision: Decision) -> Award | None:
    return db.session.scalar(select(Award).where(Award.decision_id == decision.id))


class AwardList(Listing):
    """The awards this person may see."""

    caption = "Grants"
    noun = ("grant", "grants")
    entity = Award
    search = (Award.ref, Award.title, Organisation.name)
    filters = (
        Choice("stage", "Stage", Award.stage, AwardStage),
        Choice("rag", "Delivery", Award.delivery_rag, Rag),
    )
    columns = (
        Column("Reference", Award.ref, sort=True),
        Column("Title", Award.title),
        Column("Recipient", Organisation.name),
        Column("Fund", Fund.name),
        Column("Awarded", Award.pence, show=money.show, export=Pounds, sort=True, numeric=True),
        Column("Stage", Award.stage),
        Column("Delivery", Award.delivery_rag),
        Column("Offered", Award.offered_at, sort=True),
    )
    default_sort = "-offered"

    def base(self) -> Select[Any]:
        return visible_to(self.user).join(Award.recipient).join(Award.fund)

    def url(self, values: dict[str, Any]) -> str | None:
        return url_for("reporting.grant", ref=values["reference"])

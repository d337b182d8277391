"""Queries about bids, and the list of them."""

from typing import Any

from flask import url_for
from sqlalchemy import Select, func, select
from sqlalchemy.orm import contains_eager, joinedload

from portal.applications.models import Application, Request, Snapshot, Stage
from portal.applications.policy import visible_to
from portal.core import money
from portal.core.db import db
from portal.core.exports import Pounds
from portal.core.listing import Choice, Column, Listing
from portal.funds import actions as funds
from portal.funds.models import CapPer, Fund, Round
from portal.people.lists import host_of, standing_now
from portal.people.models import Organisation, OrganisationKind, User
from portal.plan.lists import objectives_of
from portal.questions.around import Around
from portal.questions.models import Answer
from portal.questions.sheet import Sheet


def by_ref(user: User | None, ref: str) -> Application | None:
    """The bid of this reference, if the person may see it, with its round, fund and organisations."""
    return db.session.scalar(
        visible_to(user)
        .where(Application.ref == ref)
        .options(
            joinedload(Application.round).joinedload(Round.fund),
            joinedload(Application.organisation),
            joinedload(Application.accountable_body),
            joinedload(Application.answer_set),
        )
    )


def sheet_of(application: Application) -> Sheet:
    """The bid's form with its answers, and what surrounds it."""
    return Sheet(application.answer_set, around_of(application))


def around_of(application: Application) -> Around:
    round_, organisation = application.round, application.organisation
    host = host_of(organisation)
    hosts = db.session.execute(
        select(Organisation.key, Organisation.name)
        .where(Organisation.kind == OrganisationKind.LOCAL_AUTHORITY)
        .order_by(Organisation.name)
    ).all()
    first = [(host.key, f"{host.name} (hosts {organisation.name})")] if host is not organisation else []
    return Around(
        cap_pence=cap_for(application),
        longest_months=round_.longest_months,
        objectives=[(str(each.id), f"{each.theme.title}: {each.text}") for each in objectives_of(round_.fund.plan_id)],
        hosts=first + [(key, name) for key, name in hosts if key != host.key],
        facts={
            "applicant": organisation.name,
            "area": str(organisation.area or ""),
            "standing": standing_text(organisation.id),
        },
    )


def cap_for(application: Application) -> int | None:
    """What this bid may ask for: the round's limit, or what is left of the area's."""
    round_ = application.round
    if round_.cap_pence is None or round_.cap_per is CapPer.BID or application.organisation.area_id is None:
        return round_.cap_pence
    asked = db.session.scalar(
        select(func.coalesce(func.sum(Application.requested_pence), 0)).where(
            Application.round_id == round_.id,
            Application.organisation_id == application.organisation_id,
            Application.id != application.id,
            Application.submitted_at.is_not(None),
            Application.stage.not_in((Stage.DECLINED, Stage.WITHDRAWN, Stage.LAPSED, Stage.INELIGIBLE, Stage.AWARDED)),
        )
    )
    return max(0, round_.cap_pence - (asked or 0) - funds.committed_to_area(round_.fund_id, application.organisation.area_id))


def standing_text(organisation_id: int) -> str:
    """Question 27 in words."""
    standing = standing_now(organisation_id)
    if standing is None or not standing.awards:
        return "No earlier grants from this office."
    grants = "1 earlier grant" if standing.awards == 1 else f"{standing.awards} earlier grants"
    overdue = "no overdue returns" if not standing.overdue_returns else f"{standing.overdue_returns} overdue return(s)"
    return f"{grants}, {money.show(standing.awarded_pence)} in all; {overdue}."


def open_request(application: Application) -> Request | None:
    """What the office has asked for and not yet been answered."""
    return db.session.scalar(
        select(Request)
        .where(Request.application_id == application.id, Request.answered_at.is_(None))
        .order_by(Request.id.desc())
        .limit(1)
    )


def latest_snapshot(application: Application) -> Snapshot | None:
    return db.session.scalar(
        select(Snapshot).where(Snapshot.application_id == application.id).order_by(Snapshot.number.desc()).limit(1)
    )


def may_read_file(user: User, file_id: int) -> bool:
    """A file of an answer is read by whoever may see the bid."""
    holds = (
        visible_to(user)
        .join(Answer, Answer.answer_set_id == Application.answer_set_id)
        .where(Answer.file_id == file_id)
        .with_only_columns(Application.id)
    )
    return db.session.scalar(holds.limit(1)) is not None


class ApplicationList(Listing):
    """The bids this person may see."""

    caption = "Applications"
    noun = ("application", "applications")
    entity = Application
    search = (Application.ref, Application.title, Organisation.name)
    filters = (
        Choice("stage", "Stage", Application.stage, Stage),
        Choice("fund", "Fund", Fund.slug, lambda: fund_options()),
    )
    columns = (
        Column("Reference", Application.ref, sort=True),
        Column("Title", Application.title, show=lambda title: title or "Untitled bid"),
        Column("Applicant", Organisation.name),
        Column("Fund", Fund.name),
        Column("Requested", Application.requested_pence, show=money.show, export=Pounds, numeric=True),
        Column("Stage", Application.stage),
        Column("Changed", Application.changed_at, sort=True),
    )
    default_sort = "-changed"

    def base(self) -> Select[Any]:
        return (
            visible_to(self.user)
            .join(Application.organisation)
            .join(Application.round)
            .join(Round.fund)
            .options(contains_eager(Application.organisation))
        )

    def url(self, values: dict[str, Any]) -> str | None:
        return url_for("applications.show", ref=values["reference"])


def fund_options() -> list[tuple[str, str]]:
    return [(slug, name) for slug, name in db.session.execute(select(Fund.slug, Fund.name).order_by(Fund.name))]

"""The public register of decisions, with the fields that the law asks to be published of each grant."""

from collections.abc import Sequence
from datetime import date, time
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, select
from sqlalchemy.orm import aliased

from portal.applications.lists import in_fund
from portal.applications.models import UNTITLED, Application, ApplicationObjective
from portal.awards import lists as awards
from portal.awards.models import Award, AwardStage, Decision, NoticeStage, Outcome
from portal.awards.policy import notices_visible_to
from portal.core import clock, money
from portal.core.clock import day_of, read_day
from portal.core.columns import Choice, Column
from portal.core.db import db
from portal.core.exports import Pounds
from portal.core.listing import Listing
from portal.core.page import address_of
from portal.funds.models import Fund, Round
from portal.funds.withholding import is_open, unless_name, unless_place
from portal.people.models import Area, Organisation, User
from portal.plan.models import Objective

Applicant, Recipient = aliased(Organisation), aliased(Organisation)
STANDS = case(
    (Decision.stage == NoticeStage.SUPERSEDED, "Replaced by a later decision"),
    (Award.stage == AwardStage.LAPSED, "Offer not taken up"),
    else_="Stands",
)
OBJECTIVES = (
    select(func.aggregate_strings(Objective.code + " " + Objective.text, "; "))
    .join(ApplicationObjective, ApplicationObjective.objective_id == Objective.id)
    .where(ApplicationObjective.application_id == Application.id)
    .correlate(Application)
    .scalar_subquery()
)
REF = Column("Decision", Decision.ref, sort=True, short=True)
DECIDED = Column("Decided", Decision.decided_at, show=lambda at: read_day(day_of(at)), export=day_of)
PUBLISHED = Column("Published", Decision.published_at, show=lambda at: read_day(day_of(at)), export=day_of, sort=True, short=True)
RECIPIENT = Column("Recipient", unless_name(func.coalesce(Recipient.name, Applicant.name)))
PROJECT = Column("Project", unless_place(Application.title, Fund.name))
OUTCOME = Column("Outcome", Decision.outcome, short=True)
AWARDED = Column(
    "Awarded", Decision.awarded_pence, show=lambda pence: money.show(pence) if pence else "–", export=Pounds, numeric=True
)


def public_notice(user: User | None, ref: str) -> Decision | None:
    """A decision as the public may read of it, whoever asks."""
    return awards.notice_by_ref(None, ref)


def latest_notices(limit: int = 4) -> Sequence[Any]:
    """The last decisions that were published and stand: reference, name, outcome and amount of each."""
    order = Decision.published_at.desc(), Decision.id.desc()
    published = notices_visible_to(None).where(Decision.stage == NoticeStage.PUBLISHED)
    last = published.with_only_columns(Decision.id).order_by(*order).limit(limit)  # before anything is joined to all of them
    name = unless_place(func.coalesce(func.nullif(Application.title, ""), UNTITLED), Fund.name).label("name")
    told = select(Decision.ref, name, Decision.outcome, Decision.awarded_pence).where(Decision.id.in_(last))
    told = told.join(Decision.application).join(Application.round).join(Round.fund)
    return db.session.execute(told.order_by(*order)).all()


class DecisionRegister(Listing):
    """Every decision whose notice was published, the latest first."""

    caption = "Published decisions"
    noun = ("decision", "decisions")
    entity = Decision
    search_in = Decision
    filters = (
        Choice("year", "Year", Decision.decided_at, lambda: years(), where=lambda year: decided_in(int(year))),
        Choice("fund", "Fund", Fund.slug, lambda: funds(), where=in_fund),
        Choice("outcome", "Outcome", Decision.outcome, Outcome),
    )
    columns = (REF, PUBLISHED, RECIPIENT, PROJECT, OUTCOME, AWARDED)
    default_sort = "-published"
    exports = ("csv",)

    @property
    def export_columns(self) -> tuple[Column, ...]:
        return (
            REF, DECIDED, PUBLISHED, OUTCOME, Column("Status", STANDS), AWARDED,
            RECIPIENT,
            Column("Registration", unless_name(Recipient.identifier)),
            Column("Applicant", unless_name(Applicant.name)),
            Column("Area", unless_place(Area.name)),
            Column("Fund", Fund.name), PROJECT,
            Column("Purpose", unless_place(Application.summary, Fund.purpose)),
            Column("Reasons", Decision.reasons),
            Column("Conditions", Decision.conditions),
            Column("Plan objectives", OBJECTIVES),
            Column("Legal basis", Decision.legal_basis),
            Column("Starts", Award.starts_on),
            Column("Ends", Award.ends_on),
        )  # fmt: skip

    def searched(self, most_hits: int | None) -> ColumnElement[bool]:
        """What is withheld is not to be found out by searching for it."""
        return and_(super().searched(most_hits), is_open())

    def base(self) -> Select[Any]:
        return (
            notices_visible_to(None)
            .join(Decision.application)
            .join(Application.round)
            .join(Round.fund)
            .join(Applicant, Applicant.id == Application.organisation_id)
            .outerjoin(Area, Area.id == Applicant.area_id)
            .outerjoin(Award, Award.decision_id == Decision.id)
            .outerjoin(Recipient, Recipient.id == Award.recipient_id)
        )

    def url(self, values: dict[str, Any]) -> str | None:
        return address_of("publishing.notice", ref=values["decision"])


def decided_in(year: int) -> ColumnElement[bool]:
    """Decisions are numbered by calendar year; the index of their instants finds them."""
    begins, ends = (clock.london(date(each, 1, 1), time()) for each in (year, year + 1))
    return (Decision.decided_at >= begins) & (Decision.decided_at < ends)


def years() -> list[tuple[str, str]]:
    """From the year of the latest published decision back to that of the first."""
    published = notices_visible_to(None).with_only_columns(Decision.decided_at).limit(1)
    first, last = (published.order_by(by).scalar_subquery() for by in (Decision.decided_at, Decision.decided_at.desc()))
    began, ended = db.session.execute(select(first, last)).one()
    return [(str(year), str(year)) for year in range(day_of(ended).year, day_of(began).year - 1, -1)] if began else []


def funds() -> list[tuple[str, str]]:
    """Those with a published decision. Of each the first is looked for, instead of reading all."""
    decided = notices_visible_to(None).join(Decision.application).join(Application.round).where(Round.fund_id == Fund.id)
    rows = db.session.execute(select(Fund.slug, Fund.name).where(decided.exists()).order_by(Fund.name))
    return [(row.slug, row.name) for row in rows]

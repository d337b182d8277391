"""What the finance report says of each line: its expressions and their headings."""

from datetime import date
from typing import Any

from sqlalchemy import case, func, select
from sqlalchemy.orm import aliased

from portal.awards.models import Award, AwardFunding
from portal.core import clock, money
from portal.core.clock import day_of, read_day
from portal.core.columns import Column, as_text
from portal.core.exports import Pounds
from portal.core.page import Macros
from portal.funds.models import Budget, Fund, Source
from portal.monitoring.models import WITH_APPLICANT, Return
from portal.people.models import Area, Organisation
from portal.plan.models import Objective

ui = Macros()
Partnership, Recipient = aliased(Organisation), aliased(Organisation)
SHORT = {"pcc_budget": "PCC budget", "moj_core": "MoJ core", "home_office": "Home Office"}
IS_UNTOLD = Award.is_history & (AwardFunding.spent_pence == 0)  # published papers give what was awarded, not what was spent
SPENT = case((IS_UNTOLD, None), else_=AwardFunding.spent_pence)
UNTOLD = case((IS_UNTOLD, AwardFunding.pence), else_=0)
REMAINING = case((IS_UNTOLD, None), else_=AwardFunding.pence - AwardFunding.spent_pence)
LAST_RETURN = select(func.max(Return.submitted_at)).where(Return.award_id == Award.id).correlate(Award).scalar_subquery()
NEXT_DUE = (
    select(func.min(Return.due_on))
    .where(Return.award_id == Award.id, Return.stage.in_(WITH_APPLICANT))
    .correlate(Award)
    .scalar_subquery()
)


def yes_no(value: bool) -> str:
    return "Yes" if value else "No"


def local_day(instant: Any) -> date | None:
    return None if instant is None else day_of(instant)


def short_source(kind: str) -> str:
    """A source in two words, where its name is long."""
    return SHORT.get(kind, as_text(kind).replace("_", " ").capitalize())


def shown_day(instant: Any) -> str:
    return read_day(local_day(instant))


def days_overdue(due_on: date | None) -> int | None:
    """How long the oldest return that the recipient still holds has been overdue."""
    return (clock.today() - due_on).days if due_on is not None and due_on < clock.today() else None


def or_dash(pence: int | None) -> str:
    return "–" if pence is None else money.show(pence)


def pounds(label: str, value: Any) -> Column:
    return Column(label, value, show=or_dash, export=lambda pence: None if pence is None else Pounds(pence), numeric=True)


REF = Column("Award", Award.ref, sort=True, order=AwardFunding.award_id, short=True)
TITLE = Column("Title", Award.title)
YEAR = Column("Financial year", Budget.year)
RECIPIENT = Column("Recipient", Recipient.name)
AWARDED = pounds("Awarded", AwardFunding.pence)
LEFT = pounds("Remaining", REMAINING)
STATUS = Column("Status", Award.stage)
DELIVERY = Column("Delivery", Award.delivery_rag, show=lambda rag: ui.rag(rag))
EVERY = (
    REF, TITLE,
    Column("Fund", Fund.name),
    Column("Legal basis", Fund.legal_basis),
    Column("Funding source", Source.name),
    Column("Ring-fenced", Source.is_ring_fenced, show=yes_no, export=yes_no),
    YEAR, RECIPIENT,
    Column("Partnership", Partnership.name),
    Column("Area", Area.name),
    Column("Main objective", Objective.text),
    AWARDED,
    pounds("Reported spend", SPENT),
    pounds("Spend not published", UNTOLD),
    LEFT, STATUS,
    Column("Delivery RAG", Award.delivery_rag, export=as_text),
    Column("Spend RAG", Award.spend_rag, export=as_text),
    Column("Direction", Award.direction, export=as_text),
    Column("Last return on", LAST_RETURN, show=shown_day, export=local_day),
    Column("Days overdue", NEXT_DUE, show=days_overdue, export=days_overdue),
    Column("Offered", Award.offered_at, show=shown_day, export=local_day),
    Column("Accepted", Award.accepted_at, show=shown_day, export=local_day),
    Column("Start", Award.starts_on),
    Column("End", Award.ends_on),
)  # fmt: skip
ON_THE_PAGE = (
    REF, TITLE, RECIPIENT,
    Column("Year", Budget.year, short=True),
    Column("Source", Source.kind, show=short_source),
    AWARDED,
    pounds("Spent", SPENT),
    LEFT, STATUS, DELIVERY,
)  # fmt: skip

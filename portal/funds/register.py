"""The office's list of funds, with the money of this year."""

from typing import Any

from flask import current_app
from sqlalchemy import Select, String, bindparam, func, select
from sqlalchemy.orm import Bundle

from portal.core import clock, money
from portal.core.columns import Choice, Column
from portal.core.db import db
from portal.core.listing import Listing
from portal.core.page import address_of
from portal.funds.models import Budget, Envelope, Fund, Phase
from portal.funds.policy import funds_visible_to
from portal.people.models import User
from portal.plan.models import Plan

THIS_YEAR = bindparam("this_year", unique=True, callable_=lambda: clock.financial_year(clock.today()), type_=String())


def of_this_year(value: Any) -> Any:
    found = select(func.coalesce(func.sum(value), 0)).where(Budget.fund_id == Fund.id, Budget.year == THIS_YEAR)
    return found.correlate(Fund).scalar_subquery()


def name_of(kind: Any, key: Any, name: Any) -> Any:
    return select(name).where(kind.id == key).correlate(Fund).scalar_subquery()


def pounds(label: str, value: Any) -> Column:
    return Column(label, of_this_year(value), show=money.show, export=money.plain, numeric=True)


def legal_bases() -> list[tuple[str, str]]:
    return [(basis, basis) for basis in db.session.scalars(select(Fund.legal_basis).distinct().order_by(Fund.legal_basis))]


def in_law(basis: str) -> str:
    """A legal basis as the public reads it: the law by its name."""
    return str(current_app.extensions["settings"].legal_bases.get(basis, basis))


class FundList(Listing):
    """Every fund, with what it may spend this year."""

    caption = "Funds"
    noun = ("fund", "funds")
    entity = Fund
    search = (Fund.name, Fund.purpose)
    filters = (
        Choice("step", "Step of the cycle", Fund.phase, Phase),
        Choice("basis", "Legal basis", Fund.legal_basis, legal_bases),
    )
    columns = (
        Column("Fund", Bundle("fund", Fund.name, Fund.slug), show=lambda fund: fund.name, export=lambda fund: fund.name,
               sort=True, order=Fund.name),
        Column("Step", Fund.phase, show=lambda phase: phase.label if phase else "–"),
        Column("Legal basis", Fund.legal_basis),
        pounds("Budget this year", Budget.pence),
        pounds("Committed", Budget.committed_pence),
        pounds("Available", Budget.pence + Budget.over_programming_pence - Budget.committed_pence),
    )  # fmt: skip
    more_columns = (
        Column("Purpose", Fund.purpose),
        Column("Senior responsible owner", name_of(User, Fund.senior_owner_id, User.name)),
        Column("Contact", Fund.contact),
        Column("Plan", name_of(Plan, Fund.plan_id, Plan.title)),
        Column("Envelope", name_of(Envelope, Fund.envelope_id, Envelope.name)),
    )
    default_sort = "fund"

    def base(self) -> Select[Any]:
        return funds_visible_to(self.user)

    def url(self, values: dict[str, Any]) -> str | None:
        return address_of("reporting.fund", slug=values["fund"].slug)

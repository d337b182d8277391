"""The lines of the finance report, who may read them, and what they can be chosen by."""

from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, select

from portal.awards.lists import granted_by
from portal.awards.models import Award, AwardFunding, AwardObjective, AwardStage
from portal.awards.policy import visible_to
from portal.core.columns import Choice, Column
from portal.core.db import db
from portal.core.listing import Listing
from portal.core.page import address_of
from portal.funds.models import Budget, Fund, Source
from portal.people.models import Area, OfficeRole, Organisation
from portal.people.policy import is_any_of
from portal.plan.models import Objective
from portal.reporting.finance.columns import EVERY, ON_THE_PAGE, Partnership, Recipient
from portal.reporting.objectives import MAIN

may_read = is_any_of(
    OfficeRole.FINANCE_OFFICER,
    OfficeRole.CHIEF_FINANCE_OFFICER,
    OfficeRole.GRANTS_OFFICER,
    OfficeRole.HEAD_OF_COMMISSIONING,
    OfficeRole.DECISION_MAKER,
    OfficeRole.AUDITOR,
)


class FinanceList(Listing):
    """Each part of a grant that one source pays in one year. Offers that lapsed are left out unless they are asked for."""

    caption = "Grants by source and year"
    noun = ("line", "lines")
    entity, joined_to = AwardFunding, Award
    search_in = Award
    filters = (
        Choice("year", "Financial year", Budget.year, lambda: years(), where=lambda year: paid_in(year)),
        Choice("fund", "Fund", Fund.slug, lambda: named(Fund.slug, Fund.name), where=granted_by),
        Choice("partnership", "Partnership", Organisation.key, lambda: partnerships(), where=lambda key: bid_by(key)),
        Choice("objective", "Main objective", Objective.id, lambda: objectives(), where=lambda id_: serving(int(id_))),
        Choice("source", "Funding source", Source.key, lambda: named(Source.key, Source.name), where=lambda key: paid_by(key)),
        Choice("stage", "Status", Award.stage, AwardStage),
    )
    columns = ON_THE_PAGE
    default_sort = "-award"
    size = 25  # of ten columns, below a summary

    @property
    def export_columns(self) -> tuple[Column, ...]:
        return EVERY

    @property
    def path(self) -> str:
        return "/reports/finance"

    def export_url(self, kind: str) -> str:
        return self.address(f"{self.path}.{kind}")

    @property
    def wishes(self) -> dict[str, str]:
        """What was asked for, to be asked again by the worker."""
        column, descending = self.sort
        wishes = {"q": self.q, "sort": f"{'-' if descending else ''}{column.key}"}
        wishes.update({choice.name: choice.value for choice in self.choices})
        return {name: value for name, value in wishes.items() if value}

    @property
    def kept_names(self) -> set[str]:
        return super().kept_names | {"by"}  # which summary is shown

    def base(self) -> Select[Any]:
        query = (
            self.seen()
            .join(AwardFunding.budget)
            .join(Budget.source)
            .join(Award.fund)
            .join(Recipient, Recipient.id == Award.recipient_id)
        )
        return with_objective(
            with_partnership(query).outerjoin(Area, Area.id == func.coalesce(Partnership.area_id, Recipient.area_id))
        )

    def seen(self) -> Select[Any]:
        query = visible_to(self.user).join(AwardFunding, AwardFunding.award_id == Award.id)
        asked_for_lapsed = self.args.get("stage") == AwardStage.LAPSED
        return query if asked_for_lapsed else query.where(Award.stage != AwardStage.LAPSED)

    def url(self, values: dict[str, Any]) -> str | None:
        return address_of("reporting.grant", ref=values["award"])


def with_partnership(query: Select[Any]) -> Select[Any]:
    return query.outerjoin(Partnership, Partnership.id == Award.partnership_id)


def with_objective(query: Select[Any]) -> Select[Any]:
    mainly = (AwardObjective.award_id == Award.id) & (AwardObjective.position == MAIN)
    return query.outerjoin(AwardObjective, mainly).outerjoin(Objective, Objective.id == AwardObjective.objective_id)


def bid_by(key: str) -> ColumnElement[bool]:
    return Award.partnership_id.in_(select(Organisation.id).where(Organisation.key == key))


def paid_in(year: str) -> ColumnElement[bool]:
    return from_budgets(Budget.year == year)


def from_budgets(*conditions: Any) -> ColumnElement[bool]:
    """The lines of a few budgets, each of which the database knows how many lines it has."""
    return AwardFunding.budget_id.in_(db.session.scalars(select(Budget.id).join(Budget.source).where(*conditions)).all())


def paid_by(key: str) -> ColumnElement[bool]:
    return from_budgets(Source.key == key)


def serving(objective_id: int) -> ColumnElement[bool]:
    mainly = (AwardObjective.objective_id == objective_id, AwardObjective.position == MAIN)
    return AwardFunding.award_id.in_(select(AwardObjective.award_id).where(*mainly))


def years() -> list[tuple[str, str]]:
    found = db.session.scalars(select(Budget.year).distinct().order_by(Budget.year.desc()))
    return [(year, year) for year in found]


def named(key: Any, name: Any, *conditions: Any) -> list[tuple[str, str]]:
    rows = db.session.execute(select(key, name).where(*conditions).order_by(name))
    return [(str(row[0]), row[1]) for row in rows]


def partnerships() -> list[tuple[str, str]]:
    return named(Organisation.key, Organisation.name, exists().where(Award.partnership_id == Organisation.id))


def objectives() -> list[tuple[str, str]]:
    served = exists().where(AwardObjective.objective_id == Objective.id, AwardObjective.position == MAIN)
    rows = db.session.execute(select(Objective.id, Objective.code, Objective.text).where(served).order_by(Objective.id))
    return [(str(row.id), f"{row.code}: {row.text}") for row in rows]

"""Where those begin whose work is to look on: finance, plan and audit, in a few figures."""

from dataclasses import dataclass

from flask import url_for
from sqlalchemy import func, select
from werkzeug.datastructures import MultiDict

from portal.core import clock, money
from portal.core.audit import AuditHead, Event
from portal.core.db import db
from portal.people.models import OfficeRole, User
from portal.people.policy import is_any_of, is_finance
from portal.plan.lists import red_actions
from portal.plan.models import Rag
from portal.reporting.finance.lists import FinanceList
from portal.reporting.finance.sums import total
from portal.reporting.objectives import standing_under

Figure = tuple[str, str, str]  # label, value, note
is_auditor = is_any_of(OfficeRole.AUDITOR)
is_plan_officer = is_any_of(OfficeRole.PLAN_OFFICER)


@dataclass(frozen=True)
class Panel:
    """A few figures and the way to what is behind them."""

    title: str
    figures: list[Figure]
    link: str
    url: str


def panels_for(user: User) -> list[Panel]:
    found = ((is_finance, finance), (is_plan_officer, plan), (is_auditor, chain))
    return [panel(user) for whose, panel in found if whose(user)]


def finance(user: User) -> Panel:
    year = clock.financial_year(clock.today())
    sum_ = total(FinanceList(MultiDict({"year": year}), user), db.session())
    figures = [
        ("Awarded", money.show(sum_.awarded_pence), f"{sum_.grants} grants"),
        ("Spent", money.show(sum_.spent_pence), "from accepted returns"),
        ("Remaining", money.show(sum_.remaining_pence), "awarded, not yet reported as spent"),
    ]
    return Panel(f"Money of {year}", figures, "Open the finance report", url_for("reporting.finance", year=year))


def plan(user: User) -> Panel:
    under = standing_under(user).values()
    red = sum(each.worst is Rag.RED for each in under)
    figures = [
        ("Objectives with grants", str(len(under)), f"{sum(each.grants for each in under)} grants"),
        ("With a red grant", str(red), "by delivery"),
        ("Red actions", str(len(red_actions())), "at their last reading"),
    ]
    return Panel("The plan", figures, "Open the plan", url_for("reporting.plan"))


def chain(user: User) -> Panel:
    head = db.session.get(AuditHead, 1)
    last = db.session.scalar(select(func.max(Event.at)))
    figures = [("Events", f"{head.count if head else 0:,}", f"the last on {clock.read_moment(last)}" if last else "")]
    return Panel("The chain of events", figures, "Check the chain", url_for("reporting.chain"))

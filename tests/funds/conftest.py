"""What the tests of money share: the fund and the source that they are about, and changes of budgets by two people."""

import pytest
from sqlalchemy import select

from portal.core.db import db, write
from portal.funds import actions
from portal.funds.models import Budget, BudgetChange, Fund, Source, SourceYear
from tests.cast import CARA, FINN, user_of

YEAR = "2026-27"


def fund_called(slug="youth-and-community"):
    return db.session.scalars(select(Fund).where(Fund.slug == slug)).one()


def source_called(key="pcc-budget"):
    return db.session.scalars(select(Source).where(Source.key == key)).one()


def year_of(key="pcc-budget", year=YEAR):
    return db.session.scalars(select(SourceYear).join(Source).where(Source.key == key, SourceYear.year == year)).one()


def budget_of(slug="youth-and-community", key="pcc-budget", year=YEAR):
    found = select(Budget).join(Fund).join(Source).where(Fund.slug == slug, Source.key == key, Budget.year == year)
    return db.session.scalars(found).one_or_none()


def propose(pence, over_pence=0, by=FINN, slug="youth-and-community", key="pcc-budget", year=YEAR):
    terms = {"pence": pence, "over_pence": over_pence, "reason": "Twice as many bids."}
    return write(lambda: actions.propose(fund_called(slug), source_called(key), year, terms, by=user_of(by)))


def approve(change, by=CARA):
    number = change.id
    return write(lambda: actions.approve(db.session.get_one(BudgetChange, number), by=user_of(by)))


@pytest.fixture
def left():
    """`left()`: what the Commissioner's budget has left this year."""
    return lambda: year_of().left_pence

"""Budgets: proposed by one, answered by another, never a penny beyond the source, whoever asks at the same moment."""

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from portal.core.db import db, write
from portal.core.problems import Forbidden, NotNow, Problem, Refused
from portal.funds import actions
from portal.funds.models import Budget, BudgetChange, Fund
from tests.at_once import at_once
from tests.cast import CARA, FINN, OMAR, PRIYA, user_of
from tests.funds.conftest import YEAR, approve, budget_of, fund_called, propose, year_of


def test_a_budget_changes_when_another_person_has_approved_it(app, left, verbs_about):
    before = left()
    change = propose(2_500_000, by=PRIYA)
    assert budget_of().pence == 2_000_000

    approve(change)

    assert budget_of().pence == 2_500_000
    assert left() == before - 500_000
    assert verbs_about(fund_called()) == ["budget.propose", "budget.approve"]


def test_a_first_budget_of_a_year_comes_about_the_same_way(app):
    approve(propose(100_000, year="2027-28", key="community-safety-reserve"))

    assert budget_of(key="community-safety-reserve", year="2027-28").pence == 100_000
    assert year_of("community-safety-reserve", "2027-28").allocated_pence == 100_000


def test_nobody_approves_what_they_proposed(app):
    change = propose(2_500_000, by=CARA)

    with pytest.raises(Forbidden, match="not the one who proposed it"):
        approve(change, by=CARA)

    with pytest.raises(IntegrityError, match="approver_is_another"):
        db.session.execute(db.update(BudgetChange).values(is_approved=True, answered_by_id=user_of(CARA).id,
                                                          answered_at=func.current_timestamp()))  # fmt: skip
    db.session.rollback()


def test_over_programming_is_the_chief_finance_officers_to_agree(app):
    change = propose(2_000_000, over_pence=200_000, by=PRIYA)
    with pytest.raises(Forbidden, match="only the chief finance officer"):
        approve(change, by=FINN)

    approve(change, by=CARA)

    assert budget_of().available_pence == 2_200_000
    assert budget_of().over_programming_agreed_by == "Cara Ford, 9 June 2026"


def test_a_source_overdrawn_by_a_penny_is_refused_with_the_place_and_what_to_do(app, left):
    most = 2_000_000 + left()

    with pytest.raises(Refused, match=r"£0\.01 too much\. Enter £\d[\d,]+\.\d\d or less") as problem:
        propose(most + 1)
    assert problem.value.field == "pence"

    approve(propose(most))
    assert left() == 0


def test_a_source_that_shrank_meanwhile_refuses_the_approval(app, left):
    change = propose(2_000_000 + left())
    approve(propose(100, slug="safer-streets"))

    with pytest.raises(Refused, match=r"£1\.00 too much"):
        approve(change)
    assert budget_of().pence == 2_000_000


def test_the_database_itself_refuses_a_penny_more(app):
    year = year_of()
    with pytest.raises(Refused, match="more of this source than it has"):
        write(lambda: setattr(year, "allocated_pence", year.has_pence + 1))


def test_four_approvals_at_once_never_give_more_than_the_source_has(app, left):
    """Each fits alone, and no two together."""
    room = left()
    slugs = ("youth-and-community", "safer-streets", "csp-problem-solving", "youth-offending-services")
    start = {slug: found.pence if (found := budget_of(slug)) else 0 for slug in slugs}
    numbers = [propose(start[slug] + room // 2 + 1, slug=slug).id for slug in slugs]

    def approving(number):
        return lambda: write(lambda: actions.approve(db.session.get_one(BudgetChange, number), by=user_of(CARA)))

    results = at_once(app, [approving(number) for number in numbers])

    assert sorted(isinstance(result, Problem) for result in results) == [False, True, True, True], results
    given = db.session.scalar(select(func.sum(Budget.pence)).where(Budget.source_id == year_of().source_id, Budget.year == YEAR))
    assert year_of().allocated_pence == given <= year_of().has_pence


def test_two_people_who_approve_at_once_change_it_once(app):
    number = propose(2_500_000).id

    def approving():
        return write(lambda: actions.approve(db.session.get_one(BudgetChange, number), by=user_of(CARA)))

    results = at_once(app, [approving] * 3)

    assert sum(isinstance(result, NotNow) for result in results) == 2, results
    assert budget_of().pence == 2_500_000


def test_a_budget_is_not_lowered_below_what_is_committed(app):
    write(lambda: actions.commit(budget_of().id, 1_500_000, case="YCF26-0001", area_id=None))

    with pytest.raises(Refused, match=r"£15,000\.00 of this budget is committed already"):
        propose(1_499_999)


def test_one_change_of_a_budget_waits_at_a_time(app):
    propose(2_500_000)
    with pytest.raises(Refused, match="waits for an answer already"):
        propose(2_600_000, by=PRIYA)


def test_what_is_refused_leaves_everything_as_it_was_and_says_why(app, left, verbs_about):
    before, number = left(), propose(2_500_000, by=OMAR).id

    write(lambda: actions.refuse(db.session.get_one(BudgetChange, number), "Wait for May.", by=user_of(OMAR)))

    change = db.session.get_one(BudgetChange, number)
    assert (change.is_approved, change.answer, left(), budget_of().pence) == (False, "Wait for May.", before, 2_000_000)
    with pytest.raises(NotNow, match="answered already"):
        approve(change)
    assert verbs_about(fund_called())[-1] == "budget.refuse"


def test_funds_of_an_envelope_stay_within_what_was_announced(app):
    facts = {"name": "Up to £25,000", "pence": 2_500_000, "first_year": YEAR, "last_year": YEAR, "announced_on": None, "note": ""}
    envelope_id = write(lambda: actions.create_envelope(facts, by=user_of(PRIYA)).id)
    write(lambda: actions.change_fund(fund_called(), {"envelope_id": envelope_id}, 1, by=user_of(PRIYA)))

    with pytest.raises(Refused, match=r"has £5,000\.00 left of the £25,000\.00 announced, and this needs £5,000\.01"):
        propose(2_500_001)
    approve(propose(2_500_000))

    with pytest.raises(Refused, match="Lower a budget, or raise the total"):
        write(lambda: actions.change_fund(fund_called("safer-communities"), {"envelope_id": envelope_id}, 1, by=user_of(PRIYA)))
    assert db.session.scalar(select(func.count()).select_from(Fund).where(Fund.envelope_id == envelope_id)) == 1

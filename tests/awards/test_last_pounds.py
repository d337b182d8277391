"""Decisions at the same moment: the last pounds go to one bid, and no number is given twice."""

import os

from sqlalchemy import func

from portal.applications.lists import left_in_pot
from portal.applications.models import Application, Stage
from portal.awards.models import Award, Decision
from portal.core.db import db, write
from portal.core.problems import Refused
from portal.funds.models import Budget, Commitment
from tests.awards.crowd import decide_all, recommended_bids

PENCE = 500_000
THREADS = 12
EACH = 30 if os.environ.get("LONG") else 2  # awards that each of them makes


def the_budget():
    fund_id = db.session.query(Application).first().round.fund_id
    return db.session.query(Budget).filter_by(fund_id=fund_id, year="2026-27").one()


def give(budget, pence):
    budget.pence, budget.over_programming_pence = pence, 0


def fill(pence):
    """The pot of the round in which they all are."""
    round_ = db.session.query(Application).first().round
    round_.pot_pence, round_.cap_pence = pence, None


def leave(budget, pence):
    budget.committed_pence = budget.limit_pence - pence


def test_fifty_decisions_on_the_last_5000_pounds_give_one_award(app):
    bids = recommended_bids(50, PENCE)
    budget = the_budget()
    write(leave, budget, PENCE)

    results = decide_all(app, bids, PENCE, budget.id)

    awarded = [result for result in results if isinstance(result, str)]
    refused = [result for result in results if isinstance(result, Refused)]
    assert (len(awarded), len(refused)) == (1, 49), results
    assert {problem.field for problem in refused} == {"amount"}
    assert "£0.00 left" in str(refused[0])
    db.session.rollback()
    assert the_budget().available_pence == 0
    assert db.session.query(Commitment).count() == db.session.query(Award).filter_by(is_history=False).count() == 1
    stages = [stage for (stage,) in db.session.query(Application.stage).filter(Application.id.in_(bids))]
    assert (stages.count(Stage.AWARDED), stages.count(Stage.RECOMMENDED)) == (1, 49)


def test_a_crowd_of_awards_never_passes_the_limit_of_the_fund(app):
    bids = recommended_bids(THREADS * EACH, PENCE)
    budget = the_budget()
    affordable = THREADS * EACH // 2
    write(give, budget, affordable * PENCE + PENCE - 1)

    results = decide_all(app, bids, PENCE, budget.id, at_once=THREADS)

    assert [isinstance(result, str) for result in results].count(True) == affordable, results
    db.session.rollback()
    assert the_budget().available_pence == PENCE - 1
    assert db.session.query(func.sum(Commitment.pence)).scalar() == affordable * PENCE


def test_a_crowd_of_awards_never_passes_the_pot_of_the_round(app):
    bids = recommended_bids(THREADS * EACH, PENCE)
    budget = the_budget()
    affordable = THREADS * EACH // 2
    write(give, budget, THREADS * EACH * PENCE)  # the fund could pay for all of them
    write(fill, affordable * PENCE + PENCE - 1)

    results = decide_all(app, bids, PENCE, budget.id, at_once=THREADS)

    assert [isinstance(result, str) for result in results].count(True) == affordable, results
    assert {each.field for each in results if isinstance(each, Refused)} == {"amount"}
    db.session.rollback()
    assert left_in_pot(db.session.get(Application, bids[0]).round) == PENCE - 1
    assert db.session.query(func.sum(Award.pence)).filter_by(is_history=False).scalar() == affordable * PENCE


def test_decisions_at_the_same_moment_get_numbers_without_gaps(app):
    bids = recommended_bids(12, 10_000)

    decide_all(app, bids, 10_000, the_budget().id)

    db.session.rollback()
    refs = sorted(ref for (ref,) in db.session.query(Decision.ref))
    assert refs == [f"D2026-{number:04}" for number in range(1, 13)]


def test_two_decisions_on_one_bid_give_one(app):
    (bid,) = recommended_bids(1, 10_000)

    results = decide_all(app, [bid] * 6, 10_000, the_budget().id)

    assert [isinstance(result, str) for result in results].count(True) == 1, results
    db.session.rollback()
    assert db.session.query(Decision).filter_by(application_id=bid).count() == 1
    assert db.session.query(Commitment).count() == 1

"""Involvement and standing: facts that other packages write and that the database guards."""

import contextvars
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from portal.core.db import db, write
from portal.core.problems import Refused
from portal.people.actions import change_standing, involve
from portal.people.lists import standing_now
from portal.people.models import Capacity, Involvement, Organisation
from portal.people.policy import was_involved
from tests.cast import DANA, TESS, user_of

CASE = "SCF-26-0042"


def kept():
    return db.session.scalars(select(Involvement.capacity).where(Involvement.case == CASE).order_by(Involvement.id)).all()


@pytest.mark.parametrize(("first", "second"), [(Capacity.ASSESSOR, Capacity.DECIDER), (Capacity.DECIDER, Capacity.ASSESSOR)])
def test_who_scores_a_bid_does_not_decide_it_and_the_other_way_round(person, first, second):
    write(involve, person(TESS), CASE, first)

    with pytest.raises(Refused, match="The same person may not both score a bid and decide it"):
        write(involve, person(TESS), CASE, second)

    assert kept() == [first]


def test_others_and_other_cases_are_free(person):
    write(involve, person(TESS), CASE, Capacity.ASSESSOR)
    write(involve, person(DANA), CASE, Capacity.DECIDER)
    write(involve, person(TESS), "SCF-26-0043", Capacity.DECIDER)
    write(involve, person(TESS), CASE, Capacity.CONFLICTED)
    assert kept() == [Capacity.ASSESSOR, Capacity.DECIDER, Capacity.CONFLICTED]


def test_the_same_capacity_is_noted_once(person):
    write(involve, person(TESS), CASE, Capacity.ASSESSOR)
    write(involve, person(TESS), CASE, Capacity.ASSESSOR)
    assert kept() == [Capacity.ASSESSOR]


def test_the_database_keeps_them_apart_even_from_code_that_does_not_ask(person):
    tess = person(TESS).id
    db.session.add_all(
        Involvement(case=CASE, user_id=tess, capacity=each, apart="judging") for each in (Capacity.ASSESSOR, Capacity.DECIDER)
    )
    with pytest.raises(IntegrityError):
        db.session.commit()


def test_scoring_and_deciding_at_the_same_moment_is_refused_to_one_of_the_two(app):
    def attempt(capacity):
        with app.app_context():
            try:
                write(lambda: involve(user_of(TESS), CASE, capacity))
            except Refused:
                return "refused"
            return "kept"

    with ThreadPoolExecutor(2) as threads:
        tries = [threads.submit(contextvars.copy_context().run, attempt, each) for each in (Capacity.ASSESSOR, Capacity.DECIDER)]
        outcomes = sorted(each.result() for each in tries)

    assert outcomes == ["kept", "refused"]
    assert len(kept()) == 1


def test_one_was_involved_in_the_capacities_that_are_asked_for(person):
    write(involve, person(TESS), CASE, Capacity.ASSESSOR)
    assert was_involved(person(TESS), CASE, Capacity.ASSESSOR, Capacity.DECIDER)
    assert not was_involved(person(TESS), CASE, Capacity.DECIDER)
    assert not was_involved(person(TESS), "SCF-26-0043", Capacity.ASSESSOR)
    assert not was_involved(person(DANA), CASE, Capacity.ASSESSOR)


def test_standing_begins_at_nothing_and_adds_up(app):
    body = db.session.scalars(select(Organisation).where(Organisation.key == "south-cambridgeshire-csp")).one().id

    write(change_standing, body, awards=1, awarded_pence=145_000)
    write(change_standing, body, awards=1, awarded_pence=5_000, overdue_returns=2)
    write(change_standing, body, overdue_returns=-1)

    standing = standing_now(body)
    assert (standing.awards, standing.awarded_pence, standing.overdue_returns, standing.unreturned_pence) == (2, 150_000, 1, 0)


def test_two_grants_at_the_same_moment_are_both_counted(app):
    body = db.session.scalars(select(Organisation).where(Organisation.key == "south-cambridgeshire-csp")).one().id
    db.session.rollback()

    def one_more(_):
        with app.app_context():
            write(change_standing, body, awards=1)

    with ThreadPoolExecutor(4) as threads:
        for done in [threads.submit(contextvars.copy_context().run, one_more, number) for number in range(8)]:
            done.result()

    db.session.rollback()
    assert standing_now(body).awards == 8

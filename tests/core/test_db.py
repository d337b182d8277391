"""Writing: whole or not at all, again after a lost race, and never more than there is."""

import contextvars
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import OperationalError, StatementError
from sqlalchemy.orm import Session

from portal.core import constraints
from portal.core import db as kernel
from portal.core.audit import record
from portal.core.constraints import explain
from portal.core.db import AFTER_COMMIT, aside, db, write
from portal.core.problems import Conflict, Refused
from portal.people.models import Area, Capacity, Involvement
from tests.cast import ADA
from tests.core.rows import Row, add


class LostRace(Exception):
    sqlstate = "40001"


def lost_race():
    return OperationalError("UPDATE", {}, LostRace())


def named(name):
    return db.session.scalar(select(Row).where(Row.name == name))


def test_a_write_that_lost_a_race_is_tried_again_from_the_start(rows):
    attempts = []

    def act():
        attempts.append(named("left over"))
        add("left over")
        if len(attempts) < 3:
            raise lost_race()

    write(act)

    assert attempts == [None, None, None]
    assert named("left over") is not None


def test_after_three_lost_races_the_write_gives_up(rows):
    attempts = []

    def act():
        attempts.append(1)
        raise lost_race()

    with pytest.raises(OperationalError):
        write(act)

    assert len(attempts) == 3


def test_other_faults_of_the_database_are_not_tried_again(rows):
    attempts = []

    def act():
        attempts.append(1)
        db.session.execute(text("SELECT * FROM nothing"))

    with pytest.raises(Exception, match="nothing"):
        write(act)

    assert len(attempts) == 1


def test_a_refused_write_leaves_nothing_behind(rows, verbs_about):
    def act():
        record("row.add", add("half"), by=None)
        raise Refused("No.")

    with pytest.raises(Refused):
        write(act)
    whole = write(add, "whole")

    assert named("half") is None
    assert verbs_about(whole) == []


def test_a_write_sees_what_others_have_saved_since_the_page_was_read(rows):
    row = write(add, "shared", number=1)
    assert row.number == 1
    with Session(db.engine) as other:
        other.get(Row, row.id).number = 2
        other.commit()

    assert write(lambda: row.number) == 2


def test_what_follows_a_commit_happens_only_after_it(rows, monkeypatch):
    followed = []
    monkeypatch.setattr(kernel, "AFTER_COMMIT", [*AFTER_COMMIT, lambda: followed.append(named("done") is not None)])

    def refuse():
        raise Refused("No.")

    with pytest.raises(Refused):
        write(refuse)
    assert followed == []

    write(add, "done")
    assert followed == [True]


def test_two_writers_never_lose_an_update(app, rows):
    row_id = write(add, "counter").id

    def one_more():
        db.session.get(Row, row_id, with_for_update=True).number += 1

    def writer():
        for _ in range(25):
            with app.app_context():
                write(one_more)

    with ThreadPoolExecutor(4) as threads:
        for done in [threads.submit(contextvars.copy_context().run, writer) for _ in range(4)]:
            done.result()

    db.session.rollback()
    assert named("counter").number == 100


def test_the_settings_of_a_pooled_connection_are_the_safe_ones(app, is_sqlite):
    db.session.execute(text("SELECT 1"))
    db.session.rollback()  # back to the pool, and out of it again

    def setting(name):
        return str(db.session.scalar(text(f"{'PRAGMA' if is_sqlite else 'SHOW'} {name}")))

    expected = (
        {"journal_mode": "wal", "synchronous": "2", "foreign_keys": "1", "busy_timeout": "10000"}
        if is_sqlite
        else {"statement_timeout": "20s", "lock_timeout": "8s", "TimeZone": "UTC"}
    )
    assert {name: setting(name) for name in expected} == expected


def test_a_violated_check_becomes_its_sentence(rows, monkeypatch):
    monkeypatch.setattr(constraints, "EXPLAINED", {})
    explain(number_large_enough="Enter a number above -1,000")

    with pytest.raises(Refused, match="Enter a number above -1,000"):
        write(add, "low", number=-1001)


def test_a_violated_unique_constraint_becomes_its_sentence_although_sqlite_does_not_name_it(person):
    user_id = person(ADA).id

    def take_both_sides():
        for capacity in (Capacity.ASSESSOR, Capacity.DECIDER):
            db.session.add(Involvement(case="X-1", user_id=user_id, capacity=capacity, apart="judging"))
            db.session.flush()

    with pytest.raises(Refused, match="may not both score a bid and decide it"):
        write(take_both_sides)


def test_a_constraint_without_a_sentence_is_tried_again_and_then_a_conflict(app):
    attempts = []

    def take_a_code_twice():
        attempts.append(1)
        db.session.add_all([Area(code="X1", name="One", kind="county"), Area(code="X1", name="Two", kind="county")])

    with pytest.raises(Conflict, match="Somebody else has changed this"):
        write(take_a_code_twice)

    assert len(attempts) == 3


def test_a_row_must_belong_to_something_that_exists(app):
    with pytest.raises(Conflict):
        write(db.session.execute, text("INSERT INTO event_detail (event_id, facts) VALUES (999999, '{}')"))


def test_an_instant_without_a_time_zone_is_refused(rows):
    with pytest.raises(StatementError, match="has no time zone"):
        write(add, "naive", at=datetime(2026, 6, 9, 10))  # noqa: DTZ001


def test_an_instant_comes_back_in_utc_whatever_zone_it_was_given_in(rows):
    write(add, "abroad", at=datetime(2026, 6, 9, 12, tzinfo=timezone(timedelta(hours=2))))
    db.session.rollback()

    read = named("abroad").at

    assert (read, read.tzinfo) == (datetime(2026, 6, 9, 10, tzinfo=UTC), UTC)


def test_a_sum_is_a_whole_number_on_both_databases(rows):
    write(lambda: [add("big", number=each, pence=2_999_999_999) for each in range(3)])

    total = db.session.scalar(text("SELECT sum(pence) FROM row_of_tests"))

    assert (total, type(total)) == (8_999_999_997, int)


def test_an_aside_outlives_the_refusal_of_its_request(app, rows):
    with app.test_request_context():
        aside(lambda session: session.add(Row(name="noted")))
        with pytest.raises(Refused):
            write(lambda: (_ for _ in ()).throw(Refused("No.")))
        assert named("noted") is None

    db.session.rollback()
    assert named("noted") is not None


def test_an_aside_that_fails_is_logged_and_hurts_nobody(app, rows, caplog):
    with app.test_request_context():
        aside(lambda session: session.execute(text("INSERT INTO nothing VALUES (1)")))
        aside(lambda session: session.add(Row(name="second")))

    assert "a note beside the request was not kept" in caplog.text
    assert named("second") is not None

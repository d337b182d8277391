"""Jobs: done once however often they are called, found when they were missed, and never silent about a failure."""

import pytest
from sqlalchemy import func, select

from portal.core import clock, jobs
from portal.core.db import db, write
from portal.core.files import StoredFile, put
from portal.core.jobs import Job, JobState
from portal.core.problems import Refused
from tests.cast import ADA


@pytest.fixture
def done(monkeypatch):
    """The wishes of each time that the job "count" was done."""
    times = []
    monkeypatch.setitem(jobs.KINDS, "count", lambda job: times.append(dict(job.wishes)))
    return times


@pytest.fixture
def deaf(app, monkeypatch):
    """A queue that is not there."""

    def gone(_job_id):
        raise ConnectionError("no queue")

    monkeypatch.setitem(app.extensions, "run_job", gone)


@pytest.fixture
def asked(person):
    """`asked("count", size=3)`: the id of a job that Ada asked for."""
    return lambda kind="count", **wishes: write(jobs.ask, kind, by=person(ADA), **wishes).id


def state(job_id):
    db.session.rollback()
    return db.session.get_one(Job, job_id).state


def test_a_job_is_done_once_its_wish_is_saved(asked, done, frozen):
    job = db.session.get_one(Job, asked(size=3))

    assert done == [{"size": 3}]
    assert (job.state, job.asked_at, job.done_at) == (JobState.DONE, frozen.now, frozen.now)


def test_a_wish_that_was_refused_is_never_done(person, done):
    def ask_and_refuse():
        jobs.ask("count", by=person(ADA))
        raise Refused("No.")

    with pytest.raises(Refused):
        write(ask_and_refuse)
    write(lambda: None)

    assert done == []
    assert db.session.scalar(select(func.count(Job.id))) == 0


def test_doing_a_job_again_changes_nothing(asked, done):
    job_id = asked()
    jobs.run(job_id)
    jobs.run(job_id)
    assert len(done) == 1


def test_a_job_that_is_being_done_is_not_begun_by_another_worker(asked, deaf, done):
    job_id = asked()
    write(jobs.begin, job_id)
    jobs.run(job_id)
    assert done == []
    assert state(job_id) is JobState.RUNNING


def test_without_the_queue_the_wish_is_saved_and_the_sweeper_finds_it(asked, deaf, done, frozen):
    job_id = asked()
    assert state(job_id) is JobState.WAITING

    jobs.sweep()
    assert done == []  # the queue may still have it

    frozen.move(seconds=31)
    jobs.sweep()
    assert state(job_id) is JobState.DONE
    assert len(done) == 1


def test_the_sweeper_takes_up_what_a_dead_worker_left(asked, deaf, done, frozen):
    job_id = asked()
    write(jobs.begin, job_id)

    frozen.move(minutes=14)
    jobs.sweep()
    assert done == []

    frozen.move(minutes=2)
    jobs.sweep()
    assert state(job_id) is JobState.DONE


def test_a_failure_is_kept_logged_and_not_tried_for_ever(asked, frozen, monkeypatch, caplog):
    tries = []

    def fail(job):
        tries.append(job.id)
        raise RuntimeError("something is wrong with the printer")

    monkeypatch.setitem(jobs.KINDS, "count", fail)
    job_id = asked()
    frozen.move(hours=1)
    jobs.sweep()

    assert state(job_id) is JobState.FAILED
    assert len(tries) == 1
    assert "the printer" in caplog.text


def test_a_kind_that_nobody_does_is_a_failure(asked):
    assert state(asked("nothing")) is JobState.FAILED


def test_a_file_that_a_job_makes_is_kept_with_it(asked, monkeypatch, person):
    monkeypatch.setitem(jobs.KINDS, "print", lambda job: put("list.csv", b"a,b", "text/csv").as_row(job.by_id))

    job = db.session.get_one(Job, asked("print"))

    made = db.session.get_one(StoredFile, job.file_id)
    assert (made.name, made.size, made.added_by_id) == ("list.csv", 3, person(ADA).id)


def test_a_job_says_how_far_it_has_come(asked, monkeypatch):
    seen = []

    def slow(job):
        write(jobs.note_progress, job.id, 1, 4)
        seen.append((job.steps_done, job.steps))

    monkeypatch.setitem(jobs.KINDS, "slow", slow)
    asked("slow")
    assert seen == [(1, 4)]


def test_a_duty_that_fails_does_not_keep_the_others_from_theirs(app, monkeypatch, caplog):
    did = []

    def fail():
        raise RuntimeError("duty forgotten")

    monkeypatch.setattr(jobs, "EVERY_MINUTE", [fail, lambda: did.append(clock.now())])
    jobs.sweep()

    assert len(did) == 1
    assert "duty forgotten" in caplog.text


def test_sweeping_twice_does_every_duty_of_the_portal_without_harm(app, outbox):
    jobs.sweep()
    first = len(outbox())
    jobs.sweep()
    assert len(outbox()) == first

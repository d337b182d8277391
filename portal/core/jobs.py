"""Work that outlives a request: a row written with the wish, run by the worker, with progress to look at."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from flask import Flask, current_app
from huey import Huey, PriorityRedisExpireHuey, SqliteHuey, crontab
from huey.serializer import SignedSerializer
from sqlalchemy import or_, select
from sqlalchemy.orm import Mapped, mapped_column

from portal.core import clock, outbox
from portal.core.db import AFTER_COMMIT, Base, db, one_of, ref_to, write
from portal.core.files import StoredFile

log = logging.getLogger(__name__)
STALE = timedelta(minutes=15)
QUEUE_SECONDS = 2  # that a page waits for a queue that hangs; the worker looks into it every second


class JobState(StrEnum):
    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class Job(Base):
    """One piece of work somebody asked for. May run twice without harm."""

    __tablename__ = "job"
    kind: Mapped[str]
    wishes: Mapped[dict[str, Any]]
    by_id: Mapped[int | None] = mapped_column(index=True)
    state: Mapped[JobState] = mapped_column(one_of(JobState), default=JobState.WAITING, index=True)
    asked_at: Mapped[datetime]
    begun_at: Mapped[datetime | None]
    done_at: Mapped[datetime | None]
    steps: Mapped[int] = mapped_column(default=0)
    steps_done: Mapped[int] = mapped_column(default=0)
    file_id: Mapped[int | None] = ref_to("stored_file.id")


KINDS: dict[str, Callable[[Job], StoredFile | None]] = {}
EVERY_MINUTE: list[Callable[[], Any]] = []


def kind(name: str) -> Callable[[Callable[[Job], StoredFile | None]], Callable[[Job], StoredFile | None]]:
    """Register the function that does this kind of job; it may return a file to keep with it."""

    def decorate(fn: Callable[[Job], StoredFile | None]) -> Callable[[Job], StoredFile | None]:
        KINDS[name] = fn
        return fn

    return decorate


def ask(name: str, *, by: Any, **wishes: Any) -> Job:
    """Write down the wish. The worker takes it once the transaction has been committed."""
    job = Job(kind=name, wishes=wishes, by_id=by.id, asked_at=clock.now())
    db.session.add(job)
    db.session.flush()
    db.session().info.setdefault("jobs", []).append(job.id)
    return job


def feed() -> None:
    """After a commit: tell the queue. If it does not answer, the sweeper finds the row within a minute."""
    for job_id in db.session().info.pop("jobs", []):
        try:
            current_app.extensions["run_job"](job_id)
        except Exception:  # whatever the queue's trouble, what was asked for is saved
            log.warning("queue unavailable; job %s waits for the sweeper", job_id, exc_info=True)


def run(job_id: int) -> None:
    """Do one job. Running it again after it is done changes nothing."""
    job = write(begin, job_id)
    if job is None:
        return
    try:
        made = KINDS[job.kind](job)
        write(finish, job_id, JobState.DONE, made)
    except Exception:
        log.exception("job %s failed", job_id)
        write(finish, job_id, JobState.FAILED, None)


def begin(job_id: int) -> Job | None:
    job = db.session.get(Job, job_id, with_for_update=True)
    if job is None or job.state in (JobState.DONE, JobState.FAILED):
        return None
    if job.state is JobState.RUNNING and job.begun_at is not None and job.begun_at > clock.now() - STALE:
        return None
    job.state, job.begun_at = JobState.RUNNING, clock.now()
    return job


def finish(job_id: int, state: JobState, made: StoredFile | None) -> None:
    job = db.session.get(Job, job_id)
    if job is None:
        return
    if made is not None:
        db.session.add(made)
        db.session.flush()
        job.file_id = made.id
    job.state, job.done_at = state, clock.now()


def note_progress(job_id: int, steps_done: int, steps: int) -> None:
    """Say how far a job has come: a short write of its own, so that its page can show it."""
    job = db.session.get_one(Job, job_id)
    job.steps_done, job.steps = steps_done, steps


def sweep() -> None:
    """Find what was missed: jobs never fed or begun long ago, mails not sent."""
    late = clock.now() - timedelta(seconds=30)
    missed = db.session.scalars(
        select(Job.id).where(
            or_(
                (Job.state == JobState.WAITING) & (Job.asked_at < late),
                (Job.state == JobState.RUNNING) & (Job.begun_at < clock.now() - STALE),
            )
        )
    ).all()
    for job_id in missed:
        run(job_id)
    for duty in (outbox.deliver_waiting, *EVERY_MINUTE):
        try:
            duty()
        except Exception:  # logged; the next duty does not wait for its mending
            db.session.rollback()
            log.exception("a duty of every minute failed")


def every_minute(duty: Callable[[], Any]) -> None:
    if duty not in EVERY_MINUTE:
        EVERY_MINUTE.append(duty)


def queue(app: Flask) -> Huey:
    """Redis where it is configured, else a small database of its own, so that the queue never waits for the writer."""
    settings = app.extensions["settings"]
    options = {
        "name": "portal", "results": False, "store_intermediate_errors": False, "immediate": settings.profile == "test",
        "serializer": SignedSerializer(secret=settings.secret_key),
    }  # fmt: skip
    if settings.jobs_url:
        from redis import ConnectionPool

        pool = ConnectionPool.from_url(settings.jobs_url, socket_timeout=QUEUE_SECONDS, socket_connect_timeout=QUEUE_SECONDS)
        return PriorityRedisExpireHuey(connection_pool=pool, **options)
    return SqliteHuey(filename=str(settings.instance / "jobs.db"), **options)


def init_app(app: Flask) -> None:
    huey = queue(app)

    @huey.task()
    def run_job(job_id: int) -> None:
        with app.app_context():
            run(job_id)

    @huey.periodic_task(crontab(minute="*"))
    def sweep_every_minute() -> None:
        with app.app_context():
            sweep()

    app.extensions["huey"] = huey
    app.extensions["run_job"] = run_job
    if feed not in AFTER_COMMIT:
        AFTER_COMMIT.append(feed)

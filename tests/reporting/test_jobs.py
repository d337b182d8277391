"""A long workbook is made by the worker: asked for by a button, followed on its page, read by who asked for it."""

import pytest

from portal.core import jobs
from portal.core.db import db, write
from portal.core.jobs import Job, JobState
from portal.reporting import workbook
from tests import factories as acts
from tests.cast import ADA, CARA, CLEO, FINN
from tests.reporting.reports import sheets_of


@pytest.fixture
def long(app, monkeypatch):
    """Two lines are too many for a request."""
    monkeypatch.setattr(app.extensions["settings"], "xlsx_rows_at_once", 1)
    acts.an_offered_award(ADA)
    acts.an_offered_award(CLEO)


def test_a_long_workbook_is_offered_as_a_job_and_not_begun_by_reading(as_user, long):
    finn = as_user(FINN)
    assert "Make the workbook" in finn.get("/reports/finance").text
    assert "Make the workbook" in finn.get("/reports/finance.xlsx?q=SCF26").text
    assert db.session.query(Job).count() == 0


def test_a_short_choice_of_a_long_report_comes_at_once(as_user, long):
    reply = as_user(FINN).get("/reports/finance.xlsx?partnership=fenland-csp")
    assert len(sheets_of(reply.data)["Grants"]) == 2


def test_the_job_makes_the_workbook_that_was_asked_for(as_user, long):
    finn = as_user(FINN)
    reply = finn.post("/reports/finance.xlsx?sort=award&year=2026-27&q=")
    assert reply.status_code == 303
    page = finn.get(reply.location).text
    assert "The workbook is ready." in page
    job = db.session.query(Job).one()
    assert job.wishes == {"sort": "award", "year": "2026-27"}
    assert (job.steps, job.state) == (2, JobState.DONE)
    sheets = sheets_of(finn.get(f"/files/{job.file_id}").data)
    assert len(sheets["Grants"]) == 3
    assert ("Financial year", "2026-27") in sheets["What was chosen"]


def test_nobody_else_sees_the_job_or_its_file(as_user, long):
    place = as_user(FINN).post("/reports/finance.xlsx").location
    file_id = db.session.query(Job.file_id).scalar()
    for who in (CARA, ADA):
        assert as_user(who).get(place).status_code == 404
        assert as_user(who).get(f"/files/{file_id}").status_code == 404
    assert as_user(None).get(place).status_code == 303


def test_who_may_not_read_the_report_cannot_have_it_made(as_user, long):
    assert as_user(ADA).post("/reports/finance.xlsx").status_code == 403
    assert db.session.query(Job).count() == 0


def waiting(user):
    """A job that the worker has not taken yet."""
    job = Job(kind=workbook.KIND, wishes={}, by_id=user.id, asked_at=jobs.clock.now(), state=JobState.WAITING)
    db.session.add(job)
    return job


def test_a_running_job_says_how_far_it_is_and_asks_again_by_itself(as_user, person, app):
    job = write(waiting, person(FINN))
    address = f"/jobs/{job.id}"
    finn = as_user(FINN)
    page = finn.get(address).text
    assert "Waiting for its turn" in page
    assert f'hx-get="{address}"' in page
    assert f'href="{address}"' in page  # the same without scripts
    assert "X-Polling" in page
    write(jobs.note_progress, job.id, 2000, 6000)
    reply = finn.get(address, headers={"HX-Request": "true", "HX-Target": "progress", "X-Polling": "true"})
    assert "2,000 of 6,000" in reply.text
    assert "<html" not in reply.text


def test_a_failed_job_says_what_to_do(as_user, person, app):
    job = write(waiting, person(FINN))
    write(jobs.finish, job.id, JobState.FAILED, None)
    page = as_user(FINN).get(f"/jobs/{job.id}").text
    assert "could not be made" in page
    assert "hx-get" not in page.split("<main")[1]

"""The log: a line for each request, a number that leads to it, and nothing in it that anybody typed."""

import logging
import re
import smtplib
import sqlite3
from datetime import datetime

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from portal.core import logs
from portal.core.constraints import problem_of
from portal.core.db import Base, db
from portal.people.models import User
from tests.cast import ADA

CANARY = "a-canary-that-was-typed"


def requests(log):
    return [line for line in log.lines if line["message"] == "request"]


@pytest.mark.parametrize("who", [None, ADA])
def test_a_request_is_one_line_with_what_and_how_long_and_who_as_a_number(as_user, person, log, who):
    as_user(who).get("/stand-ins/open")

    (line,) = requests(log)
    assert datetime.fromisoformat(line.pop("at")).utcoffset().total_seconds() == 0
    assert re.fullmatch(r"\w{8}", line.pop("request"))
    assert 0 < line.pop("ms") < 10_000
    assert line == {
        "level": "info", "logger": "portal.core.logs", "message": "request", "endpoint": "stand_ins.public", "method": "GET",
        "status": 200, "user": person(who).id if who else None,
    }  # fmt: skip
    assert ADA.name not in log.text


def test_each_request_has_a_number_of_its_own(as_user, log):
    browser = as_user(None)
    for _ in range(2):
        browser.get("/stand-ins/open")
    assert len({line["request"] for line in requests(log)}) == 2


def test_what_was_found_is_named_and_what_was_not_is_left_out(as_user, a_row, log):
    row, browser = a_row(), as_user(ADA)
    browser.get(f"/stand-ins/rows/{row.id}")
    browser.get(f"/applications/{CANARY}")

    assert [(line["status"], line.get("row_id"), line.get("ref")) for line in requests(log)] == [
        (200, row.id, None),
        (404, None, None),
    ]
    assert CANARY not in log.text


def test_a_failure_tells_its_causes_and_places_but_not_its_words(as_user, hurt, log):
    def fail():
        try:
            int(CANARY)
        except ValueError as error:
            raise RuntimeError(f"no number: {CANARY}") from error

    reply = as_user(ADA).get(hurt(fail), query_string={"q": CANARY})

    (line,) = [line for line in log.lines if "error" in line]
    assert [cause["kind"] for cause in line["error"]] == ["builtins.RuntimeError", "builtins.ValueError"]
    assert "test_logs.py" in line["error"][1]["trace"][-1]
    assert CANARY not in log.text + reply.text


def test_the_database_is_quoted_by_its_code_only(as_user, hurt, log, is_sqlite):
    def fail():
        db.session.execute(text("SELECT * FROM nowhere WHERE name = :name"), {"name": CANARY})

    as_user(ADA).get(hurt(fail))

    codes = [cause["code"] for line in log.lines for cause in line.get("error", [])]
    assert ("SQLITE_ERROR" if is_sqlite else "42P01") in codes
    assert CANARY not in log.text


def test_a_broken_constraint_is_logged_without_the_row_that_broke_it(app, person, log):
    again = User(email=ADA.email, name=CANARY, password="", fs_uniquifier="once more", active=True)
    db.session.add(again)
    with pytest.raises(IntegrityError) as met:
        db.session.flush()
    problem_of(met.value, Base.metadata)
    assert "constraint without a sentence" in log.text
    assert ADA.email not in log.text
    assert CANARY not in log.text + str(met.value)


@pytest.mark.parametrize(("error", "code"), [
    (smtplib.SMTPDataError(552, CANARY.encode()), "552"),
    (FileNotFoundError(2, "No such file or directory", CANARY), "No such file or directory"),
    (sqlite3.OperationalError(CANARY), None),
    (UnicodeDecodeError("utf-8", CANARY.encode(), 0, 1, CANARY), None),
    (KeyError(CANARY), None),
])  # fmt: skip
def test_no_kind_of_error_is_quoted_in_its_own_words(log, error, code):
    logging.getLogger("portal").error("this", exc_info=error)
    assert log.lines[-1]["error"][0]["code"] == code
    assert CANARY not in log.text


def test_nothing_that_is_logged_can_pretend_to_be_another_line(log):
    logging.getLogger("portal").warning('one\n{"level": "info"}\r\x85\u2028two')
    assert len(log.text.splitlines()) == 1


def test_what_the_web_server_says_of_a_request_is_cut_before_its_query(log):
    said = f"Invalid request from ip=127.0.0.1: Invalid Request Line 'GET /sign-in?email={CANARY}'"
    logging.getLogger("gunicorn.error").warning(said)
    logging.getLogger("gunicorn.error").error("Error handling request %s", f"/list?q={CANARY}")

    assert [line["message"] for line in log.lines] == [said.partition("?")[0], "Error handling request %s"]


def test_starting_writes_to_stderr_once_however_often_the_portal_is_made(monkeypatch):
    root, portal = logging.getLogger(), logging.getLogger("portal")
    monkeypatch.setattr(root, "handlers", [])
    monkeypatch.setattr(portal, "level", portal.level)
    for _ in range(2):
        logs.write_to_stderr("info")
    assert [type(each.formatter) for each in root.handlers] == [logs.JsonLines]
    assert portal.level == logging.INFO

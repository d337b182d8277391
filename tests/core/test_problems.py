"""Problems: each has its page, which says what to do and never how we are built."""

import re

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from portal.core.db import db, write
from portal.core.problems import Incomplete
from tests.cast import ADA
from tests.databases import use
from tests.people.conftest import TOKEN

SECRET = "a trace that nobody should read"


@pytest.mark.parametrize(("name", "status", "title"), [
    ("Refused", 422, "We could not take that"),
    ("Forbidden", 403, "You cannot use this page"),
    ("NotFound", 404, "Page not found"),
    ("NotNow", 409, "This has changed since you opened it"),
    ("Conflict", 409, "This has changed since you opened it"),
    ("Problem", 400, "We could not take that"),
    ("Unavailable", 503, "Sorry, the service is not available"),
    ("400", 400, "We could not take that"),
    ("404", 404, "Page not found"),
    ("413", 413, "The file or form is too big"),
    ("429", 429, "Too many tries"),
    ("500", 500, "Sorry, there is a problem with the service"),
    ("503", 503, "Sorry, the service is not available"),
])  # fmt: skip
@pytest.mark.parametrize("who", [None, ADA])
def test_each_problem_has_its_page_in_plain_words(as_user, name, status, title, who):
    reply = as_user(who).get(f"/stand-ins/problem/{name}")

    assert reply.status_code == status
    assert f'<h1 class="govuk-heading-l">{title}</h1>' in reply.text or f"<h1>{title}</h1>" in reply.text
    if not name.isdigit():
        assert "What to do instead." in reply.text


def test_a_missing_page_and_a_wrong_method_are_answered_too(as_user):
    browser = as_user(None)
    assert browser.get("/no-such-page").status_code == 404
    wrong = browser.post("/stand-ins/open")
    assert (wrong.status_code, set(wrong.headers["Allow"].split(", "))) == (405, {"GET", "HEAD", "OPTIONS"})


def test_a_fault_of_ours_shows_the_number_of_the_request_and_no_trace(as_user, hurt, log):
    def fail():
        raise RuntimeError(SECRET)

    reply = as_user(ADA).get(hurt(fail))

    assert reply.status_code == 500
    number = re.search(r"reference: <strong>(\w{8})</strong>", reply.text)[1]
    failure = next(line for line in log.lines if line["message"] == "failure")
    assert failure["request"] == number
    assert failure["error"][0]["kind"] == "builtins.RuntimeError"
    assert failure["error"][0]["trace"][-1].endswith(" fail")
    assert SECRET not in reply.text + log.text


def test_a_problem_met_by_htmx_replaces_the_page(as_user):
    reply = as_user(None).get("/stand-ins/problem/NotNow", headers={"HX-Request": "true", "HX-Target": "results"})
    assert reply.headers["HX-Retarget"] == "body"
    assert "<html" in reply.text


@pytest.mark.parametrize("token", [None, "wrong", "ImV2aWwi.aGVsbG8.c2lnbmF0dXJl"])
def test_a_form_without_its_token_is_answered_with_what_to_do(as_user, token):
    reply = as_user(ADA).raw_post("/stand-ins/form", data={"name": "x", "csrf_token": token or ""})
    assert reply.status_code == 400
    assert "reload the page and send it again" in reply.text


def test_somebody_elses_token_is_worth_nothing(as_user):
    theirs = as_user(None).csrf_token()
    assert as_user(ADA).raw_post("/stand-ins/form", data={"csrf_token": theirs}).status_code == 400


def test_a_form_that_is_too_big_is_said_so(as_user, app):
    reply = as_user(ADA).post("/stand-ins/form", data={"name": "x" * (app.config["MAX_CONTENT_LENGTH"] + 1)})
    assert reply.status_code == 413


def test_a_host_that_is_not_ours_is_refused_and_named_nowhere(as_user):
    reply = as_user(None).get("/stand-ins/private", base_url="http://evil.example")
    assert reply.status_code == 400
    assert "evil.example" not in reply.text + str(reply.headers)


@pytest.fixture
def without_database(app, is_sqlite, tmp_path):
    """`without_database()`: from now on it does not answer."""
    engines = [db.engine]

    def gone():
        url = f"sqlite:///{tmp_path}/no/such/folder.db" if is_sqlite else "postgresql+psycopg://nobody@127.0.0.1:1/nothing"
        use(app, url)

    yield gone
    db._app_engines[app][None] = engines[0]


@pytest.mark.parametrize("who", [None, ADA])
def test_without_a_database_the_page_asks_to_wait(as_user, without_database, who):
    browser = as_user(who)
    without_database()

    reply = browser.get("/stand-ins/private")

    if who is None:
        assert reply.status_code == 303  # nothing was asked of it
    else:
        assert reply.status_code == 503
        assert reply.headers["Retry-After"] == "10"
        assert "What you saved before is still there" in reply.text


def test_a_password_is_not_given_back_by_the_page_that_says_that_the_database_is_gone(as_user, without_database, log):
    browser = as_user(None)
    token = TOKEN.search(browser.get("/sign-in").text)[1]
    without_database()

    reply = browser.raw_post("/sign-in", data={"email": ADA.email, "password": SECRET, "csrf_token": token})

    assert reply.status_code == 503
    number = re.search(r"reference: <strong>(\w{8})</strong>", reply.text)[1]
    assert {line.get("request") for line in log.lines if line["message"] == "database unavailable"} == {number}
    assert [word for word in (SECRET, ADA.email) if word in reply.text + log.text] == []


def test_a_database_that_goes_in_the_middle_of_a_request_is_the_same_page(as_user, hurt, without_database):
    def lose_it():
        db.session.rollback()
        db.session.remove()
        without_database()
        write(db.session.execute, text("SELECT 1"))

    reply = as_user(ADA).get(hurt(lose_it))

    assert reply.status_code == 503
    assert "psycopg" not in reply.text + str(reply.headers)


@pytest.mark.parametrize("address", ["/stand-ins/open", "/brand.css", "/sign-in"])
def test_what_needs_no_database_is_answered_without_one(as_user, without_database, address):
    browser = as_user(None)
    without_database()
    assert browser.get(address).status_code == 200


def test_the_error_page_itself_survives_a_person_who_can_no_longer_be_read(as_user, hurt):
    def fail_after_losing_the_person():
        db.session.rollback()  # the person must be read again, and cannot be
        db.session.execute = lambda *_: (_ for _ in ()).throw(OperationalError("SELECT", {}, Exception(SECRET)))
        raise OperationalError("SELECT", {}, Exception(SECRET))

    try:
        reply = as_user(ADA).get(hurt(fail_after_losing_the_person))
    finally:
        vars(db.session).pop("execute", None)
    assert (reply.status_code, SECRET in reply.text) == (503, False)


def test_all_that_is_missing_is_told_at_once():
    missing = [("Enter a title", "#answer-1"), ("Say when", "#answer-2-day")]
    assert Incomplete(missing).missing == missing

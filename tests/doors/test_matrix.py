"""Every address × method × thing answers every role as the table in answers.txt says, as a page and as a fragment."""

from pathlib import Path

import pytest
from flask import Response

from portal.core import audit, page, problems
from portal.core import db as kernel
from portal.core.db import db, write
from portal.core.problems import Problem
from tests.doors.cells import doors
from tests.doors.world import ROLES, disable_jack, user_called
from tests.source import expect_none

pytestmark = pytest.mark.parametrize("app", ["sqlite"], indirect=True)  # who may is the same on both databases
ANSWERS = Path(__file__).with_name("answers.txt")
LETTERS = {404: ".", 403: "x", 409: "9"}
ACROSS = 2 * len(ROLES) - 1  # the letters at the end of a row; what stands before them names the door
FRAGMENT = {"HX-Request": "true", "HX-Target": "results"}


class Entered(Problem):
    """The door stood open; nobody goes through."""

    status = 299


def written() -> dict[str, str]:
    """The rows of the table: a door, and the letters of all roles."""
    lines = [line for line in ANSWERS.read_text().splitlines() if line and not line.startswith("#")]
    return {line[:-ACROSS]: line[-ACROSS:] for line in lines}


@pytest.fixture
def doors_only(monkeypatch):
    """Whoever is about to write is turned round, so that each cell meets the same world; and no page is drawn."""
    begin = kernel.begin_writing

    def refuse(session):
        if isinstance(session, type(db.session())):
            raise Entered
        begin(session)  # a note beside the request

    monkeypatch.setattr(kernel, "begin_writing", refuse)
    monkeypatch.setattr(audit, "note_refusal", lambda *_: None)
    monkeypatch.setattr(page, "render_template", lambda *_, **__: "")
    monkeypatch.setattr(page, "render_block", lambda *_, **__: "")
    monkeypatch.setattr(problems, "answer", lambda status, *_, **__: Response(status=status))


@pytest.fixture
def browsers(as_user):
    """Everyone who knocks, signed in; Jack's account was disabled after that."""
    found = {role: as_user(user_called(role)) for role in ROLES}
    write(disable_jack)
    for browser in found.values():
        browser.environ_base["HTTP_X_CSRFTOKEN"] = browser.csrf_token()
    return found


def letter(reply) -> str:
    """s: sign in first, dot: not found, x: not yours to do, 9: not now, o: open."""
    assert reply.status_code < 500, f"{reply.request.method} {reply.request.path} failed"
    to_sign_in = (reply.headers.get("HX-Redirect") or reply.location or "").startswith("/sign-in")
    return "s" if to_sign_in else LETTERS.get(reply.status_code, "o")


def row_of(browsers, door) -> str:
    return " ".join(letter(browser.open(door.address, method=door.method)) for browser in browsers.values())


def test_every_door_answers_everyone_as_it_is_written(app, browsers, doors_only):
    rows, table = {door.name: row_of(browsers, door) for door in doors(app)}, written()
    wrong = [f"{name}{row}" for name, row in rows.items() if table.get(name) != row]
    expect_none(wrong, "check these rows, then put them into answers.txt")
    expect_none(set(table) - set(rows), "these doors are gone: take them out of answers.txt")


def test_a_fragment_is_shown_to_those_who_are_shown_the_page(app, browsers, doors_only):
    """Asked by one of those who get each kind of answer."""
    table, wrong = written(), []
    for door in doors(app):
        asked = dict(zip(table[door.name].split(), browsers.values(), strict=True))
        for shown, browser in asked.items() if door.method == "GET" else ():
            reply = browser.get(door.address, headers=FRAGMENT)
            wrong += [f"{door.name}{shown} → {letter(reply)}"] if letter(reply) != shown else []
    expect_none(wrong, "htmx opened or shut a door")

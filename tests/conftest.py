"""Fixtures: the portal on both databases, people to be, a clock to hold, and questions to ask of what happened."""

import gc
import json
import logging
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from io import StringIO
from typing import Any, NoReturn

import pytest
from flask import Blueprint, Flask
from hypothesis import HealthCheck, settings
from sqlalchemy import event, select

from portal.core import clock, logs
from portal.core.audit import Event
from portal.core.db import db
from portal.core.outbox import Mail
from portal.people.models import User
from tests.cast import Person, user_of
from tests.client import Client, Trusting
from tests.databases import COPIES, NOW, REFERENCE, Template, World
from tests.run import RUN, Missing, begin_run, end_run, run_folder

settings.register_profile(
    "portal", deadline=None, max_examples=60, derandomize=True, database=None,  # the same examples on every machine
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)  # fmt: skip
settings.load_profile("portal")
REQUIRE_ALL = os.environ.get("REQUIRE_ALL") == "1"
NOT_RUN = "NOT RUN"


def pytest_configure(config: pytest.Config) -> None:
    gc.set_threshold(20_000, 20, 20)  # as servers do (portal/arriving.py): sweeping is a seventh of the time otherwise
    for name in [name for name in os.environ if name.startswith("PORTAL_") and name != RUN]:
        del os.environ[name]  # tests are deaf to the settings of the machine they run on
    if not hasattr(config, "workerinput"):
        begin_run()


def pytest_unconfigure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput") and RUN in os.environ:
        end_run(run_folder())
        del os.environ[RUN]


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Say loudly what the machine lacked and how many tests that left out."""
    reasons = [str(report.longrepr[2]) for report in terminalreporter.stats.get("skipped", [])]
    for reason in sorted({reason for reason in reasons if NOT_RUN in reason}):
        terminalreporter.write_line(f"{reasons.count(reason)} tests {reason.removeprefix('Skipped: ')}", red=True, bold=True)


def lack(missing: Missing) -> NoReturn:
    """Leave the test out, counted; or fail where every part is required."""
    if REQUIRE_ALL:
        pytest.fail(f"{NOT_RUN}, and REQUIRE_ALL=1: {missing}", pytrace=False)
    pytest.skip(f"{NOT_RUN}: {missing}")


def made_worlds(*blueprints: Blueprint, template: Template = REFERENCE) -> Callable[[str], World]:
    """The application on each kind of database, made when first asked for."""
    made: dict[str, World | Exception] = {}

    def world(kind: str) -> World:
        if kind not in made:
            try:
                made[kind] = World(kind, template, *blueprints)
            except Exception as problem:  # said again for each test, not tried again
                made[kind] = problem
        if isinstance(found := made[kind], Missing):
            lack(found)
        if isinstance(found, Exception):
            raise found
        return found

    return world


@pytest.fixture(scope="session")
def worlds() -> Callable[[str], World]:
    return made_worlds()


class Frozen:
    """The clock of a test: stands still until it is moved."""

    def __init__(self) -> None:
        self._holding = clock.hold(NOW)
        self._holding.__enter__()

    @property
    def now(self) -> datetime:
        return clock.now()

    def at(self, instant: datetime) -> None:
        """Let it be another instant."""
        self.release()
        self._holding = clock.hold(instant)
        self._holding.__enter__()

    def move(self, **passing: float) -> None:
        """Let time pass: `frozen.move(days=1, minutes=5)`; less than nothing goes back."""
        self.at(self.now + timedelta(**passing))

    def release(self) -> None:
        """Let the real clock run."""
        self._holding.__exit__(None, None, None)


@pytest.fixture
def frozen() -> Iterator[Frozen]:
    held = Frozen()
    yield held
    held.release()


@pytest.fixture(params=COPIES)
def app(request: pytest.FixtureRequest, worlds: Callable[[str], World], frozen: Frozen) -> Iterator[Flask]:
    """The portal with reference data and cast, in an application context, on a database of this test's own."""
    with worlds(request.param).fresh() as portal:
        portal.test_client_class = Client if request.param == "sqlite" or is_alone(request) else Trusting
        yield portal


def is_alone(request: pytest.FixtureRequest) -> bool:
    """True where a test runs on one database only."""
    return any("app" in mark.args[0] for mark in request.node.iter_markers("parametrize"))


@pytest.fixture
def is_sqlite(app: Flask) -> bool:
    return db.engine.dialect.name == "sqlite"


@pytest.fixture
def person(app: Flask) -> Callable[[Person], User]:
    """`person(ADA)`: her row."""
    return user_of


@pytest.fixture
def as_user(app: Flask) -> Callable[[Person | User | None], Client]:
    """`as_user(ADA)`: a browser in which she is signed in; `as_user(None)`: one in which nobody is."""

    def browser(who: Person | User | None) -> Client:
        client = app.test_client()
        if who is not None:
            client.sign_in(user_of(who) if isinstance(who, Person) else who)
        return client

    return browser


@pytest.fixture
def query_count(app: Flask) -> Callable[[], Any]:
    """`with query_count() as queries: …` and then `len(queries)`; the statements themselves are in it."""

    @contextmanager
    def counting() -> Iterator[list[str]]:
        statements: list[str] = []

        def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
            statements.append(statement)

        event.listen(db.engine, "before_cursor_execute", note)
        try:
            yield statements
        finally:
            event.remove(db.engine, "before_cursor_execute", note)

    return counting


@pytest.fixture
def outbox(app: Flask) -> Callable[[], list[Mail]]:
    """`outbox()`: the e-mails written since the test began."""
    last = db.session.scalar(select(Mail.id).order_by(Mail.id.desc()).limit(1)) or 0
    db.session.rollback()
    return lambda: list(db.session.scalars(select(Mail).where(Mail.id > last).order_by(Mail.id)))


@pytest.fixture
def verbs_about(app: Flask) -> Callable[[Any], list[str]]:
    """`verbs_about(bid)`: what happened in its case, in order."""
    return lambda thing: list(db.session.scalars(select(Event.verb).where(Event.case == thing.case).order_by(Event.number)))


class Log(StringIO):
    """What the portal has logged, as it stands in the file."""

    @property
    def text(self) -> str:
        return self.getvalue()

    @property
    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.text.splitlines()]


@pytest.fixture
def log(caplog: pytest.LogCaptureFixture) -> Iterator[Log]:
    """`log.lines` and `log.text`: all that was logged since the test began, down to the smallest word of any library."""
    written = Log()
    handler = logs.handler(written)
    caplog.set_level(logging.DEBUG)
    caplog.set_level(logging.INFO, logs.OURS)  # whatever the last application made in this process wanted
    logging.getLogger().addHandler(handler)
    yield written
    logging.getLogger().removeHandler(handler)

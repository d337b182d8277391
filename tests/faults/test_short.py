"""The most telling faults in a few seconds each: what was told is there, once; and nobody meets a trace. All: `make faults`."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import make_url, update

from portal.core import clock
from portal.core.db import db, write
from portal.funds.models import Round
from tests.conftest import lack
from tests.databases import COPIES, KEYS, REFERENCE, make_app
from tests.faults import disks
from tests.faults.breaking import Scene, cut_at_commit, fill_disk, kill_workers
from tests.faults.proxy import Proxy
from tests.faults.sites import Site
from tests.faults.stores import SqliteStore
from tests.faults.told import Ledger, Verdict, compare
from tests.faults.trial import working
from tests.faults.world import Seat, seats
from tests.run import Missing, run_folder

BROWSERS, BIDS = 4, 16
SPARE_MB = 4
WHOLE = Verdict()


class Served:
    """A filled database and the site on it."""

    def __init__(self, app: Flask, folder: Path, place: Path, sat: list[Seat], proxy: Proxy | None = None) -> None:
        self.app, self.seats, self.place, self.proxy = app, sat, place, proxy
        self.site = Site(settings_of(app, proxy), folder)

    def tried(self, strike: Callable[[Scene], None], times: int) -> tuple[Ledger, Scene, Verdict]:
        """Let people work, strike, and compare."""
        ledger = Ledger()
        scene = Scene(self.place, SqliteStore(self.place), self.site, ledger, self.proxy, times=times)
        with working(self.seats, self.site, ledger):
            scene.recover(0)
            strike(scene)
        with self.app.app_context():
            return ledger, scene, compare(ledger)


def settings_of(app: Flask, proxy: Proxy | None) -> dict[str, str]:
    settings = app.extensions["settings"]
    url = settings.database_url
    if proxy is not None:
        url = make_url(url).set(query={}, host="127.0.0.1", port=proxy.port).render_as_string(hide_password=False)
    return {"PORTAL_PROFILE": "demonstration", "PORTAL_INSTANCE": str(settings.instance), "PORTAL_DATABASE_URL": url,
            **{f"PORTAL_{name.upper()}": key for name, key in KEYS.items()}}  # fmt: skip


def filled(url: str, name: str) -> tuple[Flask, list[Seat]]:
    """The portal on a copy of the tests' database, with its rounds open today and drafts for everybody."""
    app = make_app(url, name, profile="demonstration")
    with app.app_context():
        write(db.session.execute, update(Round).where(Round.closes_at.is_not(None)).values(closes_at=clock.now() + timedelta(30)))
        return app, seats(app, BROWSERS, BIDS)


@contextmanager
def own_disk(folder: Path, database: Path) -> Iterator[Path]:
    try:
        with disks.small(folder / "disk", (database.stat().st_size >> 20) + 16 + SPARE_MB) as disk:
            yield disk
    except Missing:
        yield folder  # then only the test that fills it is left out


@pytest.fixture(scope="module")
def on_sqlite() -> Iterator[Served]:
    folder = run_folder() / f"faults-sqlite-{os.getpid()}"
    folder.mkdir()
    copies = COPIES["sqlite"](REFERENCE)
    with ExitStack() as stack:
        disk = stack.enter_context(own_disk(folder, copies.template))
        path = disk / "portal.db"
        path.write_bytes(copies.template.read_bytes())
        app, sat = filled(f"sqlite:///{path}", "faults-sqlite")
        served = Served(app, folder, disk, sat)
        stack.callback(served.site.end)
        yield served


@pytest.fixture(scope="module")
def on_postgres() -> Iterator[Served]:
    folder = run_folder() / f"faults-postgres-{os.getpid()}"
    folder.mkdir()
    try:
        copies = COPIES["postgres"](REFERENCE)
    except Missing as missing:
        lack(missing)
    url = copies.make(REFERENCE.name)
    proxy = Proxy(Path(str(make_url(url).query["host"])) / ".s.PGSQL.5432")
    app, sat = filled(url, "faults-postgres")
    served = Served(app, folder, folder, sat, proxy)
    yield served
    served.site.end()
    proxy.end()
    with app.app_context():
        db.engine.dispose()
    copies.drop(url)


def test_what_was_told_is_there_after_the_server_was_killed(on_sqlite):
    ledger, scene, verdict = on_sqlite.tried(kill_workers, times=1)
    assert verdict == WHOLE
    assert set(ledger.kinds) <= {"no answer"}
    assert len(scene.recoveries) == 2
    assert ledger.saved


def test_what_was_told_is_there_after_the_disk_was_full(on_sqlite):
    if on_sqlite.place.name != "disk":
        lack(Missing("a disk to fill (mounting one needs root)"))
    ledger, scene, verdict = on_sqlite.tried(fill_disk, times=2)
    assert verdict == WHOLE
    assert set(ledger.kinds) == {"503 safe"}
    assert scene.recoveries[-1] < 5


def test_what_was_told_is_there_after_links_were_cut_at_commit(on_postgres):
    ledger, _, verdict = on_postgres.tried(cut_at_commit, times=30)
    assert on_postgres.proxy.cuts >= 30
    assert verdict == WHOLE
    assert set(ledger.kinds) == {"503 safe"}

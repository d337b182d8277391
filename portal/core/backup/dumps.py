"""The database as one file and back: SQLite by its backup call, PostgreSQL by pg_dump and pg_restore."""

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from portal.core.problems import Refused


def dump(session: Session, place: Path) -> None:
    """Write what this session sees; it reads as of one instant, so its counts are those of the file."""
    if session.get_bind().dialect.name == "sqlite":
        with closing(sqlite3.connect(place)) as copy:
            session.connection().connection.driver_connection.backup(copy)  # type: ignore[union-attr]
    else:
        snapshot = session.scalar(text("SELECT pg_export_snapshot()"))
        engine = session.connection().engine
        tell("pg_dump", engine, "--format=custom", "--compress=0", f"--snapshot={snapshot}", f"--file={place}")


def load(engine: Engine, place: Path) -> None:
    """Fill an empty database, whole or not at all."""
    if engine.dialect.name == "sqlite":
        with closing(sqlite3.connect(place)) as copy, closing(engine.raw_connection()) as connection:
            copy.backup(connection.driver_connection)  # type: ignore[arg-type]
    else:
        tell("pg_restore", engine, "--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges", str(place))


def tell(program: str, engine: Engine, *options: str) -> None:
    """Run one of PostgreSQL's programs on this database; the password goes where no list of processes shows it."""
    path = shutil.which(program)
    if path is None:
        raise Refused(f"{program} is not there. Install the client programs of the server's version of PostgreSQL.")
    url = engine.url.set(drivername="postgresql", password=None).render_as_string()
    environment = os.environ | {"PGPASSWORD": engine.url.password or ""}
    done = subprocess.run([path, f"--dbname={url}", *options], env=environment, capture_output=True, text=True)
    if done.returncode:
        raise Refused(f"{program} has failed: {done.stderr.strip()}")

"""Migrations on a database with 10,000 bids, on both engines: up, down and up, changing no row.

Run it with `python -m tests.faults.migrations`; `FAULTS_BIDS=1000` chooses another size, `FAULTS_DATABASES=SQLite` one engine.
"""

import os
import tempfile
from pathlib import Path
from time import perf_counter

import flask_migrate

from portal.core import audit
from portal.core.db import db
from portal.demonstration import reference
from tests.bench.worlds import PostgresServer, SqliteFiles
from tests.databases import make_app
from tests.migrating import checks, rows, steps, with_bids

BIDS = int(os.environ.get("FAULTS_BIDS", "10000"))
KINDS = {"SQLite": SqliteFiles, "PostgreSQL": PostgresServer}
ASKED = os.environ.get("FAULTS_DATABASES", "SQLite PostgreSQL").split()


def main() -> None:
    print(f"Migrations up, down and up with {BIDS:,} bids")
    faults = [fault for kind in ASKED for fault in tried(kind)]
    raise SystemExit("\n".join(faults) or None)


def tried(kind: str) -> list[str]:
    """Prints a line a step; a sentence for each row that was changed."""
    with tempfile.TemporaryDirectory(prefix="portal-faults-") as name:
        folder = Path(name)
        folder.chmod(0o755)  # nosec B103 - the embedded PostgreSQL runs as somebody else
        os.environ["PORTAL_TESTS_FOLDER"] = name
        with make_app(KINDS[kind](folder).copy("migrated", None), "instance").app_context():
            try:
                return moved(kind, folder)
            finally:
                db.session.remove()
                db.engine.dispose()


def moved(kind: str, folder: Path) -> list[str]:
    flask_migrate.upgrade()
    reference.load_reference()
    with_bids(BIDS)
    before, checked, faults = rows(), checks(), []
    count = sum(int(each.split()[0]) for each in before.values())
    print(f"{kind}: {count:,} rows in {len(before)} tables", flush=True)
    (folder / "more").mkdir()
    for name, step in steps(folder / "more"):
        begun = perf_counter()
        step()
        print(f"  {name:24} {perf_counter() - begun:6.1f} s", flush=True)
        if not name.startswith("down"):
            now = rows()
            faults += [f"{kind}, {name}: {table} was changed" for table in before if now[table] != before[table]]
            faults += [
                f"{kind}, {name}: CHECKs of {table} are gone" for table, kept in checks().items() if kept != checked[table]
            ]
    return faults + [f"{kind}: {fault}" for fault in audit.verify(db.session())]


if __name__ == "__main__":
    main()

"""How migrations run: on the portal's own engine, each in one transaction, with SQLite's foreign keys off meanwhile."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from alembic import context
from alembic.autogenerate.api import AutogenContext
from flask import current_app
from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from portal.core.db import UtcDateTime, db
from portal.core.search import Words


def run() -> None:
    if context.is_offline_mode():
        raise SystemExit("Migrations look at the data, so they run on a live database: there is no --sql.")
    options = current_app.extensions["migrate"].configure_args
    with foreign_keys_off() as connection:
        triggers = Triggers(connection)
        context.configure(
            connection=connection, target_metadata=db.metadata, render_item=render_item, transactional_ddl=True,
            on_version_apply=triggers.put_back, **options,
        )  # fmt: skip
        with context.begin_transaction():
            triggers.look()
            context.run_migrations()
            check_foreign_keys(connection)


@contextmanager
def foreign_keys_off() -> Iterator[Connection]:
    """A connection for migrating. SQLite rebuilds a table by dropping it, which would delete or refuse what points at it.

    The pragma does nothing inside a transaction, so it goes to the driver before one begins.
    """
    with db.engine.connect() as connection:
        driver: Any = connection.connection.driver_connection
        is_sqlite = connection.dialect.name == "sqlite"
        if is_sqlite:
            driver.execute("PRAGMA foreign_keys=OFF")
        try:
            yield connection.execution_options(writing=True)
        finally:
            if is_sqlite:
                connection.rollback()  # ends what is still open, or the pragma would be lost
                driver.execute("PRAGMA foreign_keys=ON")


class Triggers:
    """Puts back, after each migration, the triggers of tables that SQLite has rebuilt: they went with the old table."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.is_needed = connection.dialect.name == "sqlite"

    def look(self) -> None:
        if self.is_needed:
            self.kept, self.places = triggers_of(self.connection), places_of(self.connection)

    def put_back(self, **_step: Any) -> None:
        if not self.is_needed:
            return
        places_now, there = places_of(self.connection), triggers_of(self.connection)
        for name, (table, statement) in self.kept.items():
            is_rebuilt = table in places_now and places_now[table] != self.places[table]
            if is_rebuilt and name not in there:
                self.connection.exec_driver_sql(statement)
        self.look()


def triggers_of(connection: Connection) -> dict[str, tuple[str, str]]:
    found = connection.exec_driver_sql("SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger'")
    return {name: (table, statement) for name, table, statement in found}


def places_of(connection: Connection) -> dict[str, int]:
    """Where each table begins in the file; a rebuilt one begins elsewhere."""
    return dict(connection.exec_driver_sql("SELECT name, rootpage FROM sqlite_master WHERE type = 'table'").all())  # type: ignore[arg-type]


def check_foreign_keys(connection: Connection) -> None:
    """Refuse to commit a migration that leaves a row pointing at nothing."""
    if connection.dialect.name != "sqlite":
        return  # PostgreSQL has checked all along
    lost = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    if lost:
        where = ", ".join(sorted({f"{table} → {parent}" for table, _, parent, _ in lost}))
        raise IntegrityError(f"{len(lost)} rows would point at nothing: {where}", None, ValueError(where))


def render_item(kind: str, item: Any, autogen: AutogenContext) -> str | bool:
    """Write our own types as what they are in the database: a migration must not change with them."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, Words):
        autogen.imports.add("from sqlalchemy.dialects import postgresql")
        return 'sa.Text().with_variant(postgresql.TSVECTOR(), "postgresql")'
    return False


run()

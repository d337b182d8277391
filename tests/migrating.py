"""Migrating a filled database to and fro, and what every row of it was before."""

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import flask_migrate
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from flask import current_app
from sqlalchemy import inspect, text

from portal.core.db import Base, db
from portal.demonstration import bulk

FIRST = "first_tables"
UNKNOWN_TO_FIRST = {  # on the way down to it goes what it cannot hold
    "membership": "WHERE \"right\" <> 'administrator'",
    "round_alert": "WHERE 1 = 0",
    "bank_holiday": "WHERE 1 = 0",
    "round_invitation": "WHERE 1 = 0",
    "criterion": "WHERE weight > 0",
    "eligibility_question": "WHERE id < 0",
    "round": "WHERE code NOT LIKE 'YCF2%' AND code NOT LIKE 'BULK%'",  # another scheme; simulated ones are fixed on the way up
}
REBUILD = '''
"""Rebuild the largest tables: a new column and its index, which go again on the way down."""
from alembic import op
import sqlalchemy as sa
revision, down_revision, branch_labels, depends_on = "rebuild", "{head}", None, None
TABLES = ("organisation", "application", "answer", "award", "event")
def batch(table):
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    return op.batch_alter_table(table, recreate="always" if is_sqlite else "never")
def upgrade():
    for table in TABLES:
        with batch(table) as changed:
            changed.add_column(sa.Column("stand_in", sa.Integer(), nullable=False, server_default="0"))
            changed.create_index(f"ix_{table}_stand_in", ["stand_in"])
def downgrade():
    for table in TABLES:
        with batch(table) as changed:
            changed.drop_index(f"ix_{table}_stand_in")
            changed.drop_column("stand_in")
'''


AS_THE_FIRST_HAD_IT = (
    "UPDATE round SET pot_pence = NULL, keeps_reserve = false",
    "UPDATE round SET kind = 'direct' WHERE kind = 'contribution'",
    "UPDATE question SET example = ''",
    "UPDATE question SET filled_from = NULL WHERE code NOT LIKE 'contact%' AND code NOT LIKE '%body%'",
)


def with_bids(count: int) -> int:
    """Fill in so many bids beside the reference data, and leave out of both what the first tables could not say."""
    made = sum(bulk.load(count))
    for statement in AS_THE_FIRST_HAD_IT:
        db.session.execute(text(statement))
    db.session.commit()
    return made


def config() -> Config:
    extension = current_app.extensions["migrate"]
    return extension.migrate.get_config(extension.directory)


def head() -> str:
    return str(ScriptDirectory.from_config(config()).get_current_head())


def with_another(migration: str, folder: Path) -> Config:
    """The portal's migrations and one more after the last."""
    (folder / "another.py").write_text(migration.replace("{head}", head()))
    longer = config()
    longer.set_main_option("version_locations", f"{longer.get_main_option('script_location')}/versions {folder}")
    longer.set_main_option("path_separator", "space")
    return longer


def rows() -> dict[str, str]:
    """Each table with the number of its rows and a digest of every value in them."""
    db.session.remove()
    found = {}
    with db.engine.connect() as connection:
        for name, table in sorted(Base.metadata.tables.items()):
            columns = ", ".join(f'"{column.name}"' for column in table.columns)
            count, digest = 0, hashlib.sha256()
            asked = f'SELECT {columns} FROM "{name}" {UNKNOWN_TO_FIRST.get(name, "")} ORDER BY id'
            for row in connection.execution_options(yield_per=5000).execute(text(asked)):
                digest.update(repr(tuple(row)).encode())
                count += 1
            found[name] = f"{count} {digest.hexdigest()}"
    return found


def checks() -> dict[str, set[str]]:
    """The named CHECKs of each table."""
    inspector = inspect(db.engine)
    return {name: {str(each["name"]) for each in inspector.get_check_constraints(name)} for name in Base.metadata.tables}


def steps(folder: Path) -> list[tuple[str, Callable[[], Any]]]:
    """Down and up through the portal's own migrations, then up, down and up through one that rebuilds the largest tables."""
    longer = with_another(REBUILD, folder)
    return [
        (f"down to {FIRST}", lambda: flask_migrate.downgrade(revision=FIRST)),
        ("up", flask_migrate.upgrade),
        ("rebuild", lambda: command.upgrade(longer, "heads")),
        ("back", lambda: command.downgrade(longer, "-1")),
        ("rebuild again", lambda: command.upgrade(longer, "heads")),
    ]

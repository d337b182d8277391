"""Migrations lead up and down on both databases, end at the models, and lose nothing on the way."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import flask_migrate
import pytest
from alembic import command
from flask import Flask, current_app
from sqlalchemy import inspect, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from portal.core import audit
from portal.core.db import Base, db
from portal.demonstration import acts, reference
from tests.databases import COPIES, World
from tests.empty import empty_database, on_database

REBUILD = '''
"""Rebuild a table that others point at."""
from alembic import op
import sqlalchemy as sa
revision, down_revision, branch_labels, depends_on = "rebuild", "HEAD", None, None
def upgrade():
    with op.batch_alter_table("organisation") as batch:
        batch.alter_column("address", existing_type=sa.String(), nullable=True)
    with op.batch_alter_table("event") as batch:
        batch.alter_column("subject", existing_type=sa.String(), nullable=True)
def downgrade():
    pass
'''
LOSE = '''
"""Delete what others point at."""
from alembic import op
revision, down_revision, branch_labels, depends_on = "lose", "HEAD", None, None
def upgrade():
    op.execute("DELETE FROM organisation")
def downgrade():
    pass
'''


@pytest.fixture(params=COPIES)
def empty(request: pytest.FixtureRequest, worlds: Callable[[str], World], frozen: object, tmp_path: Path) -> Iterator[Flask]:
    """The portal on a database that nothing has been written to."""
    world = worlds(request.param)
    url = empty_database(world, f"empty_{os.getpid()}_{tmp_path.name.replace('-', '_')}"[:60].lower())
    with on_database(world, url) as app:
        yield app
        db.session.remove()


def with_another(text_: str, tmp_path: Path) -> None:
    """Upgrade to a migration that is not the portal's; "HEAD" in its text is the last one that is."""
    (tmp_path / "another.py").write_text(text_.replace("HEAD", version()))
    extension = current_app.extensions["migrate"]
    config = extension.migrate.get_config(extension.directory)
    config.set_main_option("version_locations", f"{extension.directory}/versions {tmp_path}")
    config.set_main_option("path_separator", "space")
    command.upgrade(config, "heads")


def version() -> str:
    """The last migration that was run."""
    number = str(db.session.execute(text("SELECT version_num FROM alembic_version")).scalar_one())
    db.session.remove()
    return number


def tables() -> set[str]:
    db.session.remove()
    return {name for name in inspect(db.engine).get_table_names() if name != "alembic_version" and "_search" not in name}


def checks() -> dict[str, set[str]]:
    inspector = inspect(db.engine)
    return {name: {str(check["name"]) for check in inspector.get_check_constraints(name)} for name in tables()}


def count(table: str) -> int:
    return db.session.execute(text(f'SELECT count(*) FROM "{table}"')).scalar_one()


def test_up_down_and_up_again_with_a_grant_in_between(empty: Flask) -> None:
    for _ in range(2):
        flask_migrate.upgrade()
        assert tables() == set(Base.metadata.tables)
        reference.load_reference()
        acts.an_accepted_return()
        assert audit.verify(db.session()) == []
        db.session.remove()
        flask_migrate.downgrade(revision="base")
        assert tables() == set()


def test_models_and_migrations_agree(empty: Flask) -> None:
    flask_migrate.upgrade()
    flask_migrate.check()  # exits where they differ


def test_the_checks_that_migrations_make_are_those_of_the_models(empty: Flask) -> None:
    flask_migrate.upgrade()
    migrated = checks()
    flask_migrate.downgrade(revision="base")
    db.create_all()
    assert migrated == checks()
    assert sum(map(len, migrated.values())) > 30


@pytest.mark.parametrize("statement", ["UPDATE event SET verb = 'nothing.happened'", "DELETE FROM event"])
def test_an_event_can_neither_be_changed_nor_deleted(empty: Flask, statement: str) -> None:
    flask_migrate.upgrade()
    reference.load_reference()

    with pytest.raises(DBAPIError, match="never changed or deleted"):
        db.session.execute(text(statement))

    db.session.rollback()
    assert audit.verify(db.session()) == []


def test_rebuilding_a_table_loses_no_row_that_points_at_it_and_no_trigger(empty: Flask, tmp_path: Path) -> None:
    flask_migrate.upgrade()
    reference.load_reference()
    before = {name: count(name) for name in ("organisation", "hosting", "membership", "event", "event_detail")}
    db.session.remove()

    with_another(REBUILD, tmp_path)

    assert {name: count(name) for name in before} == before
    assert {column["name"]: column["nullable"] for column in inspect(db.engine).get_columns("organisation")}["address"]
    with pytest.raises(DBAPIError, match="never changed or deleted"):
        db.session.execute(text("DELETE FROM event"))


def test_a_migration_that_would_orphan_rows_is_refused_and_changes_nothing(empty: Flask, tmp_path: Path) -> None:
    flask_migrate.upgrade()
    reference.load_reference()
    before = count("organisation"), version()
    db.session.remove()

    with pytest.raises(IntegrityError):
        with_another(LOSE, tmp_path)

    assert (count("organisation"), version()) == before

"""Migrations lead up and down on both databases, end at the models, and lose nothing on the way."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import flask_migrate
import pytest
from alembic import command
from flask import Flask
from sqlalchemy import inspect, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from portal.core import audit
from portal.core.db import Base, db
from portal.demonstration import reference
from tests import factories as acts
from tests.databases import COPIES, World
from tests.empty import empty_database, on_database
from tests.migrating import checks, head, rows, steps, with_another, with_bids

LOSE = '''
"""Delete what others point at."""
from alembic import op
revision, down_revision, branch_labels, depends_on = "lose", "{head}", None, None
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


def tables() -> set[str]:
    db.session.remove()
    return {name for name in inspect(db.engine).get_table_names() if name != "alembic_version" and "_search" not in name}


def count(table: str) -> int:
    return db.session.execute(text(f'SELECT count(*) FROM "{table}"')).scalar_one()


def test_a_grant_is_told_before_and_after_all_tables_went_and_came_again(app: Flask) -> None:
    acts.an_accepted_return()
    db.session.remove()
    flask_migrate.downgrade(revision="base")
    assert tables() == set()
    flask_migrate.upgrade()
    assert tables() == set(Base.metadata.tables)
    reference.load_reference()
    acts.an_accepted_return()
    assert audit.verify(db.session()) == []


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
def test_an_event_can_neither_be_changed_nor_deleted(app: Flask, statement: str) -> None:
    with pytest.raises(DBAPIError, match="never changed or deleted"):
        db.session.execute(text(statement))

    db.session.rollback()
    assert audit.verify(db.session()) == []


def test_up_down_and_up_changes_no_row_no_check_and_no_trigger(app: Flask, tmp_path: Path) -> None:
    """The short form of `python -m tests.faults.migrations`, which does it with 10,000 bids."""
    assert with_bids(40) == 40
    before, checked = rows(), checks()

    for name, step in steps(tmp_path):
        step()
        if not name.startswith("down"):
            assert rows() == before, name
            assert checks() == checked, name

    assert {each["name"] for each in inspect(db.engine).get_columns("application")} >= {"stand_in", "ref"}
    assert audit.verify(db.session()) == []
    with pytest.raises(DBAPIError, match="never changed or deleted"):
        db.session.execute(text("DELETE FROM event"))


def test_a_migration_that_would_orphan_rows_is_refused_and_changes_nothing(app: Flask, tmp_path: Path) -> None:
    before = count("organisation")
    db.session.remove()

    longer = with_another(LOSE, tmp_path)
    with pytest.raises(IntegrityError):
        command.upgrade(longer, "heads")

    assert count("organisation") == before
    assert db.session.execute(text("SELECT version_num FROM alembic_version")).scalar_one() == head()

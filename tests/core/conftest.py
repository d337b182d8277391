"""Fixtures for the kernel: the portal with addresses and a table that only these tests have."""

import pytest

from portal.core.db import db, write
from tests.cast import ADA
from tests.conftest import made_worlds
from tests.core import views
from tests.core.rows import Own, Row, add


@pytest.fixture(scope="session")
def worlds():
    return made_worlds(views.bp)


@pytest.fixture
def rows(app):
    """The empty table, in this test's own database."""
    Own.metadata.create_all(db.engine)
    return Row


@pytest.fixture
def a_row(rows):
    """`a_row(name="…")`: one row, Ada's where nobody else's."""
    return lambda **values: write(add, **{"name": "thing", "owner": ADA.name, **values})


@pytest.fixture
def hurt(monkeypatch):
    """`hurt(fn)`: what happens when somebody opens /stand-ins/hurt."""

    def by(fn):
        monkeypatch.setitem(views.HURT, "by", fn)
        return "/stand-ins/hurt"

    return by

"""Fixtures for the kernel: the portal with addresses and a table that only these tests have."""

import pytest
from sqlalchemy import select, text

from portal.core.audit import AuditHead, record
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


@pytest.fixture
def told(a_row, person):
    """The number of the first of three fresh events about one row; what the seed told comes before."""
    row, ada = a_row(), person(ADA)
    for step in range(3):
        write(record, "row.step", row, by=ada, step=step, words="Ada's own words")
    return db.session.scalar(select(AuditHead.count)) - 2


@pytest.fixture
def as_owner(told, is_sqlite):
    """Whoever owns the database first takes away what refuses changes."""
    if is_sqlite:
        for verb in ("update", "delete"):
            db.session.execute(text(f"DROP TRIGGER event_refuses_{verb}"))
    else:
        db.session.execute(text("ALTER TABLE event DISABLE TRIGGER USER"))
    db.session.commit()
    return told

"""The demonstration world: one believable year of grants, told by running the real actions in one order of time."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from flask import current_app
from sqlalchemy import func, select

from portal.applications.models import Application
from portal.awards.models import Award
from portal.core.db import db
from portal.demonstration import fund_lives, history, reference, rounds, youth_round
from portal.demonstration.bids_on_new_forms import bids_on_new_forms
from portal.demonstration.bids_under_way import bids_under_way
from portal.demonstration.data import data
from portal.demonstration.form_being_written import form_being_written
from portal.demonstration.grants_made import grants_made
from portal.demonstration.newcomers import newcomers
from portal.demonstration.organisations import kept_up
from portal.demonstration.telling import tell
from portal.monitoring.models import Return
from portal.people.models import Organisation, User

INTERRUPTED = (
    "Loading the demonstration was interrupted, so only a part of it is there. "
    "Remove the database (instance/portal.db, unless you chose another), then run the same command again."
)


def load() -> str:
    """Fill an empty database and say what it holds now; leave any other as it is."""
    unfinished = current_app.extensions["settings"].instance / "demonstration.unfinished"
    if count(Organisation):
        return (
            sys.exit(INTERRUPTED) if unfinished.exists() else "There is data already, so the demonstration was not loaded again."
        )
    unfinished.parent.mkdir(parents=True, exist_ok=True)
    unfinished.touch()
    with disk_not_awaited():
        reference.load_rows()
        tell([*rounds.lives(data("funds")), history.taken_over(data("history_awards")),
              *grants_made(), *bids_under_way(), *bids_on_new_forms(), *newcomers(), *kept_up(), *fund_lives.told(),
              *youth_round.told(), form_being_written()])  # fmt: skip
    unfinished.unlink()
    return (
        f"Loaded the demonstration: {count(User)} people, {count(Application)} bids at every stage, "
        f"{count(Award)} grants and {count(Return)} returns."
    )


@contextmanager
def disk_not_awaited() -> Iterator[None]:
    """Let SQLite write through once at the end, instead of after each of four hundred commits."""
    set_pragmas("synchronous=NORMAL")
    yield
    set_pragmas("synchronous=FULL", "wal_checkpoint(TRUNCATE)")


def set_pragmas(*pragmas: str) -> None:
    """On the one connection that the pool holds."""
    db.session.remove()
    if db.engine.dialect.name == "sqlite":
        connection = db.engine.raw_connection()
        for pragma in pragmas:
            connection.driver_connection.execute(f"PRAGMA {pragma}")  # type: ignore[union-attr]
        connection.close()


def count(kind: type) -> int:
    return db.session.scalar(select(func.count()).select_from(kind)) or 0

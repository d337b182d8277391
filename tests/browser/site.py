"""The portal as it is served: gunicorn on a database of its own, which can be killed and started again."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from flask import Flask
from sqlalchemy import func, select

from portal.core.db import db
from portal.demonstration.reference import load_reference
from portal.questions.models import QuestionVersion
from portal.questions.published import KNOWN
from portal.serving import end_with_parent, web_server
from tests.databases import COPIES, Template, make_app
from tests.run import RUN, run_folder, shared_files

ROOT = Path(__file__).resolve().parents[2]
SECONDS_TO_START = 30
SERVED = Template("served", load_reference, at=None)  # reference data and cast, and nobody's bid yet
KINDS, IDS = [("sqlite", True), ("postgres", False)], ["sqlite-with-javascript", "postgres-without-javascript"]


def on_both(fixture: str = "site") -> pytest.MarkDecorator:
    """A journey twice: on SQLite with JavaScript, and on PostgreSQL without."""
    return pytest.mark.parametrize((fixture, "scripts"), KINDS, indirect=[fixture], ids=IDS)


class Site:
    """One served portal. `looking()` is for a test to read the database that the server writes."""

    def __init__(self, name: str, template: Template = SERVED, kind: str = "sqlite", **environment: str) -> None:
        self.copies, self.model = COPIES[kind](template), template.name
        self.database_url = self.copies.make(self.model)
        self.instance = run_folder() / f"site-{name}-{os.getpid()}"
        self.instance.mkdir(exist_ok=True)
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.app: Flask = make_app(self.database_url, self.instance.name, profile="demonstration", files_url=shared_files())
        self.environment = environment
        self.process: subprocess.Popen[bytes] | None = None
        self.forms = self.latest_form()

    def latest_form(self) -> int | None:
        with self.looking():
            return db.session.scalar(select(func.max(QuestionVersion.id)))

    def renew(self) -> None:
        """As at the beginning, for the next journey. A server that read forms which are gone now must forget them."""
        knows_too_much = self.latest_form() != self.forms
        with self.looking():
            db.engine.dispose()
            KNOWN.clear()
        self.copies.renew(self.database_url, self.model)
        if knows_too_much:
            self.kill()
        if self.process is None:
            self.start()

    def end(self) -> None:
        self.kill()
        with self.looking():
            db.engine.dispose()
        self.copies.drop(self.database_url)
        shutil.rmtree(self.instance, ignore_errors=True)

    @contextmanager
    def looking(self) -> Iterator[None]:
        with self.app.app_context():
            yield
            db.session.remove()

    def start(self) -> None:
        settings = self.app.extensions["settings"]
        keys = ("secret_key", "csrf_key", "audit_key", "password_salt")
        environment = {name: value for name, value in os.environ.items() if not name.startswith("PORTAL_")} | {
            "PORTAL_PROFILE": "demonstration",
            "PORTAL_INSTANCE": str(self.instance),
            "PORTAL_BASE_URL": self.address,
            "PORTAL_DATABASE_URL": self.database_url,
            "PORTAL_FILES_URL": shared_files(),
            RUN: str(run_folder()),
            **{f"PORTAL_{key.upper()}": getattr(settings, key) for key in keys},
            **self.environment,
        }
        command = [sys.executable, "-m", *web_server(self.port, "tests.browser.serving:portal()", processes=1, threads=8)]
        with (self.instance / "server.log").open("ab") as log:
            self.process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log,
                                            start_new_session=True, preexec_fn=end_with_parent)  # fmt: skip
        self.wait_until_answering()

    def wait_until_answering(self) -> None:
        deadline = time.monotonic() + SECONDS_TO_START
        while time.monotonic() < deadline:
            try:
                with urlopen(f"{self.address}/healthz", timeout=5) as answer:
                    if answer.status == 200:
                        return
            except (URLError, OSError):
                time.sleep(0.05)
        raise AssertionError(f"the site does not answer: {(self.instance / 'server.log').read_text()[-2000:]}")

    def kill(self) -> None:
        """As a power cut would: no process of the server gets to say goodbye."""
        if self.process is not None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None

    def log(self) -> str:
        return (self.instance / "server.log").read_text()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port

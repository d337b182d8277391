"""Gunicorn as the portal is served, a server for each database; and how much memory its processes hold."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

from portal.serving import ROOT, end, end_with_parent, is_answering, web_server

THREADS = 8
PORTS = count(8700)


@contextmanager
def server(application: str, environment: dict[str, str]) -> Iterator[tuple[int, int]]:
    """Serve until the block ends; the port and the number of the process that answers."""
    port = next(PORTS)
    command = [sys.executable, "-m", *web_server(port, application, processes=1, threads=THREADS), "--keep-alive=30"]
    child = subprocess.Popen(command, cwd=ROOT, env=os.environ | environment, preexec_fn=end_with_parent)
    try:
        until = time.monotonic() + 60
        while not is_answering(port):
            if child.poll() is not None or time.monotonic() > until:
                raise SystemExit(f"{application} did not start.")
            time.sleep(0.05)
        yield port, only_child(child.pid)
    finally:
        end({"server": child})


@contextmanager
def worker(environment: dict[str, str]) -> Iterator[int]:
    """The process that makes long workbooks; its number."""
    command = [sys.executable, "-m", "flask", "--app", "portal", "worker"]
    child = subprocess.Popen(command, cwd=ROOT, env=os.environ | environment, preexec_fn=end_with_parent,
                             stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # fmt: skip
    try:
        time.sleep(4)
        yield child.pid
    finally:
        end({"worker": child})


def only_child(number: int) -> int:
    """Gunicorn's worker answers, its master only watches."""
    children = Path(f"/proc/{number}/task/{number}/children").read_text().split()
    return int(children[0])


def memory_mb(number: int, kind: str = "VmRSS") -> float:
    lines = Path(f"/proc/{number}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(kind)) / 1024


def forget_peak(number: int) -> None:
    """Let VmHWM begin again at what is held now."""
    Path(f"/proc/{number}/clear_refs").write_text("5")

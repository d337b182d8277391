"""Runs the demonstration: the web server and the worker side by side, until Ctrl-C or until one of them ends."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from http.client import HTTPConnection, HTTPException
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WORKER = ("flask", "--app", "portal", "worker")
HOST = "127.0.0.1"  # the demonstration is for this machine only
SECONDS_TO_START = 60
SECONDS_TO_END = 3
ENDINGS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
PR_SET_PDEATHSIG = 1

Children = dict[str, subprocess.Popen[bytes]]


def serve(
    port: int,
    application: str = "portal:create_app()",
    worker: Sequence[str] = WORKER,
    processes: int = 1,  # SQLite has one writer: threads share its cache, processes would only queue
    threads: int = 8,
) -> None:
    """Serve on this machine's `port` until told to stop. Raises SystemExit when a process ends by itself."""
    for number in ENDINGS:
        signal.signal(number, signal.default_int_handler)  # a closed terminal and `kill` are as good as Ctrl-C
    children: Children = {}
    try:
        children["web server"] = start(web_server(port, application, processes, threads), port)
        children["worker"] = start(worker, port)
        wait_until_answering(port, children)
        announce(port)
        while True:
            check_alive(children)
            time.sleep(0.2)
    except KeyboardInterrupt:
        pass  # what everybody stops it with
    finally:
        end(children)
    print("\nThe portal has stopped.", flush=True)


def web_server(port: int, application: str, processes: int, threads: int) -> list[str]:
    options = {
        "bind": f"{HOST}:{port}",
        "worker-class": "portal.arriving.Worker",
        "workers": processes,
        "threads": threads,
        "graceful-timeout": SECONDS_TO_END - 1,
        "log-level": "warning",
    }
    # gunicorn would otherwise open a control socket in the home folder
    return ["gunicorn", application, "--no-control-socket", *(f"--{name}={value}" for name, value in options.items())]


def start(module: Sequence[str], port: int) -> subprocess.Popen[bytes]:
    """Start `python -m module …` as a child that does not outlive this process."""
    environment = os.environ | {"PORTAL_PROFILE": "demonstration", "PORTAL_BASE_URL": f"http://{HOST}:{port}"}
    return subprocess.Popen([sys.executable, "-m", *module], cwd=ROOT, env=environment, preexec_fn=end_with_parent)


def end_with_parent() -> None:
    """Have Linux end this child when its parent is killed outright, so that the port does not stay busy."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def wait_until_answering(port: int, children: Children) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while not is_answering(port):
        check_alive(children)
        if time.monotonic() > deadline:
            sys.exit(f"The portal did not answer within {SECONDS_TO_START} seconds, so it was stopped.")
        time.sleep(0.05)


def is_answering(port: int) -> bool:
    connection = HTTPConnection(HOST, port, timeout=5)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


def check_alive(children: Children) -> None:
    for name, child in children.items():
        if child.poll() is not None:
            sys.exit(f"The {name} ended by itself (code {child.returncode}), so all was stopped. Its words are above.")


def announce(port: int) -> None:
    print(f"\nThe portal is at http://{HOST}:{port} (a demonstration, for this machine only).\n")
    for line in who_can_sign_in():
        print(line)
    print("\nPress Ctrl-C to stop it.", flush=True)


def who_can_sign_in() -> list[str]:
    from portal.demonstration.cast import sign_in_lines  # only here: the rest of this module needs no application

    return sign_in_lines()


def end(children: Children) -> None:
    """Ask all to end, wait a moment, and insist."""
    for number in ENDINGS:
        signal.signal(number, signal.SIG_IGN)  # a second Ctrl-C would leave one behind
    for child in children.values():
        child.terminate()
    deadline = time.monotonic() + SECONDS_TO_END
    for child in children.values():
        try:
            child.wait(max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()

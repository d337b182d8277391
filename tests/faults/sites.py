"""Gunicorn as the portal is served, whose processes can be killed, and which can be told to reload."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from portal.serving import ROOT, end_with_parent, is_answering, web_server
from tests.browser.site import free_port

THREADS = 8
SECONDS_TO_START = 60


class Site:
    """One served portal on the database of its settings."""

    def __init__(self, settings: dict[str, str], folder: Path, workers: int = 1) -> None:
        self.port, self.log, self.is_frozen = free_port(), folder / "server.log", False
        command = [sys.executable, "-m", *web_server(self.port, "portal:create_app()", processes=workers, threads=THREADS)]
        clean = {name: value for name, value in os.environ.items() if not name.startswith("PORTAL_")}
        clean["PORTAL_LEAST_FREE_MB"] = "0"  # its disks are small
        with self.log.open("ab") as log:
            self.master = subprocess.Popen(
                command, cwd=ROOT, env=clean | settings, stdout=log, stderr=log, preexec_fn=end_with_parent
            )
        self.wait_until_answering()

    def wait_until_answering(self) -> None:
        until = time.monotonic() + SECONDS_TO_START
        while not is_answering(self.port):
            if self.master.poll() is not None or time.monotonic() > until:
                raise AssertionError(f"the site does not answer: {self.log.read_text()[-3000:]}")
            time.sleep(0.05)

    @property
    def workers(self) -> list[int]:
        """The numbers of the processes that answer; the master only watches."""
        return children_of(self.master.pid)

    def kill_worker(self) -> None:
        """As the kernel does when memory runs out: no goodbye."""
        for number in self.workers[:1]:
            os.kill(number, signal.SIGKILL)

    def reload(self) -> None:
        """Begin to serve with new processes; the old ones finish what they are at."""
        self.master.send_signal(signal.SIGHUP)

    def freeze(self) -> None:
        self.is_frozen = True
        for number in (self.master.pid, *self.workers):
            os.kill(number, signal.SIGSTOP)

    def end(self) -> None:
        """Outright, frozen or not; ending twice is no harm."""
        if self.master.poll() is None:
            for number in (*self.workers, self.master.pid):
                os.kill(number, signal.SIGKILL)
            self.master.wait()

    @property
    def traces(self) -> int:
        """How often the log, which only we read, tells of a fault that was foreseen by nobody."""
        return self.log.read_text().count('"message": "failure"')


def children_of(number: int) -> list[int]:
    return [int(each) for each in Path(f"/proc/{number}/task/{number}/children").read_text().split()]

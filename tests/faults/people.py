"""People who save and submit at once, as the pages do: what was not confirmed is sent again until it is."""

import re
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from http.client import HTTPConnection, HTTPException
from itertools import cycle
from urllib.parse import urlencode

from tests.faults.told import Ledger
from tests.faults.world import Seat

PATIENCE = 30  # seconds that a browser waits for an answer
AGAIN = 0.25  # seconds before it sends what was not confirmed once more; a page waits longer
SAFE = "What you saved before is still there"
TRACES = ("Traceback (most recent call last)", "sqlalchemy", "psycopg", "sqlite3")


@dataclass
class Reply:
    status: int
    text: str
    location: str = ""


@dataclass
class Applicant(threading.Thread):
    """One browser: writes in one bid after another, and hands each in."""

    port: int
    seat: Seat
    ledger: Ledger
    saves: int  # before a bid is handed in
    stop: threading.Event
    editions: dict[tuple[str, int], int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        super().__init__(daemon=True)

    def __hash__(self) -> int:
        return id(self)

    def run(self) -> None:
        questions = cycle(self.seat.questions)
        while self.seat.bids and not self.stop.is_set():
            ref = self.seat.bids.pop(0)
            for number in range(self.saves):
                self.until_told(partial(self.save, ref, next(questions), f"{ref} says {number}"))
            self.until_told(partial(self.submit, ref))

    def until_told(self, send: Callable[[], bool]) -> None:
        while not self.stop.is_set() and not send():
            time.sleep(AGAIN)

    def save(self, ref: str, question: int, text: str) -> bool:
        """One autosave; True once told that it is saved."""
        edition = self.editions.get((ref, question), 0)
        reply = self.ask(
            f"/applications/{ref}/answers/{question}/0",
            {f"answer-{question}": text, f"edition-{question}": str(edition)},
            {"HX-Request": "true", "HX-Target": f"answer-{question}"},
        )
        if reply is None or reply.status != 200 or "Saved at" not in reply.text:
            return False
        if found := re.search(rf'name="edition-{question}" value="(\d+)"', reply.text):
            self.editions[ref, question] = int(found[1])
        self.ledger.tell_saved((ref, question), text)
        return True

    def submit(self, ref: str) -> bool:
        """The button of the last page; True once sent to the receipt."""
        reply = self.ask(f"/applications/{ref}/submit", {}, {})
        if reply is None or reply.status != 303 or not reply.location.endswith(f"/{ref}/receipt"):
            return False
        self.ledger.tell_submitted(ref)
        return True

    def ask(self, path: str, form: dict[str, str], headers: dict[str, str]) -> Reply | None:
        return post(self.port, path, form, self.seat.headers | headers, self.ledger)


def post(port: int, path: str, form: dict[str, str], headers: dict[str, str], ledger: Ledger) -> Reply | None:
    """Send a form, and note whatever is no confirmation."""
    ledger.asked()
    http = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        http.request("POST", path, urlencode(form), headers | {"Content-Type": "application/x-www-form-urlencoded"})
        answer = http.getresponse()
        reply = Reply(answer.status, answer.read().decode(), answer.headers.get("Location", ""))
    except (OSError, HTTPException):
        ledger.meet("no answer")
        return None
    finally:
        http.close()
    if reply.status >= 400 or any(trace in reply.text for trace in TRACES):
        ledger.meet(kind_of(reply))
    return reply


def ask_for_workbook(port: int, headers: dict[str, str], ledger: Ledger) -> None:
    """As a finance officer does: the page that says that it is being made is the confirmation."""
    reply = post(port, "/reports/finance.xlsx", {}, headers, ledger)
    if reply is not None and reply.status == 303:
        ledger.tell_job(int(reply.location.rsplit("/", 1)[1]))


def kind_of(reply: Reply) -> str:
    """What a person reads: the page that says what is safe, or something that they should never see."""
    if any(trace in reply.text for trace in TRACES):
        return f"{reply.status} with a trace"
    if reply.status == 503 and SAFE in reply.text:
        return "503 safe"
    return str(reply.status)

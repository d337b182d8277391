"""Asks a server over connections that stay open, and times the answers; small enough not to weigh on what it measures."""

import gzip
import socket
import threading
import time
from dataclasses import dataclass, field
from urllib.parse import urlencode

from tests.bench.counted import HEADER

PATIENCE = 120  # seconds


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes
    seconds: float

    @property
    def text(self) -> str:
        return (gzip.decompress(self.body) if self.headers.get("content-encoding") == "gzip" else self.body).decode()

    @property
    def queries(self) -> int:
        return int(self.headers.get(HEADER.lower(), 0))


@dataclass
class Connection:
    """One connection to a port of this machine, for one signed-in person."""

    port: int
    headers: dict[str, str] = field(default_factory=dict)
    packed: bool = True
    _socket: socket.socket | None = None

    def get(self, path: str, **headers: str) -> Answer:
        return self.ask("GET", path, b"", headers)

    def post(self, path: str, form: dict[str, str], **headers: str) -> Answer:
        return self.ask("POST", path, urlencode(form).encode(), headers)

    def ask(self, method: str, path: str, body: bytes, more: dict[str, str]) -> Answer:
        sent = self.request(method, path, body, more)
        begun = time.perf_counter()
        for attempt in (1, 2):  # the server may have closed a connection that was idle
            try:
                place = self._socket or socket.create_connection(("127.0.0.1", self.port), PATIENCE)
                place.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                self._socket = place
                place.sendall(sent)
                status, headers, body = self.read(place)
                return Answer(status, headers, body, time.perf_counter() - begun)
            except (ConnectionError, EOFError):
                self.close()
                if attempt == 2:
                    raise
        raise AssertionError

    def request(self, method: str, path: str, body: bytes, more: dict[str, str]) -> bytes:
        lines = {
            "Host": f"127.0.0.1:{self.port}",
            "Accept-Encoding": "gzip" if self.packed else "identity",
            **self.headers,
            **more,
        }
        if method == "POST":
            lines |= {"Content-Length": str(len(body)), "Content-Type": "application/x-www-form-urlencoded"}
        head = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in lines.items())
        return f"{method} {path} HTTP/1.1\r\n{head}\r\n".encode() + body

    def read(self, place: socket.socket) -> tuple[int, dict[str, str], bytes]:
        got = b""
        while (end := got.find(b"\r\n\r\n")) < 0:
            got += receive(place)
        first, *rest = got[:end].decode("latin-1").split("\r\n")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in rest)}
        body = got[end + 4 :]
        parts, length = [body], int(headers.get("content-length", 0))
        there = len(body)
        while there < length:
            parts.append(receive(place))
            there += len(parts[-1])
        if headers.get("connection", "").lower() == "close":
            self.close()
        return int(first.split()[1]), headers, b"".join(parts)

    def close(self) -> None:
        if self._socket is not None:
            self._socket.close()
            self._socket = None


def receive(place: socket.socket) -> bytes:
    if not (got := place.recv(262144)):
        raise EOFError
    return got


def burst(ask: list, seconds: float) -> float:  # type: ignore[type-arg]
    """Answers a second when each of these callables is called again and again, side by side."""
    counts = [0] * len(ask)
    until = time.perf_counter() + seconds

    def hurry(number: int) -> None:
        while time.perf_counter() < until:
            ask[number]()
            counts[number] += 1

    threads = [threading.Thread(target=hurry, args=(number,)) for number in range(len(ask))]
    begun = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / (time.perf_counter() - begun)

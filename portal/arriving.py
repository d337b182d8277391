"""The web server's worker: threads take requests that have arrived whole; those on their way, however slowly, hold none."""

import gc
import re
import socket
import time
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from selectors import EVENT_READ
from typing import Any

from gunicorn import http
from gunicorn.workers.gthread import TConn, ThreadWorker

AT_ONCE = 64 * 1024
LARGEST_HEAD = 64 * 1024
LARGEST = 20 * 1024 * 1024  # a request with files; one that is declared larger is refused unread
NO_LENGTH = b"HTTP/1.1 411 Length Required\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"  # no browser sends a form so
MOST_HELD = 128 * 1024 * 1024  # of all that is on its way
SECONDS_FOR_HEAD, SECONDS_FOR_ALL, SECONDS_TO_LEAVE = 10, 60, 2
FULL = 0.9  # of the connections: from here on, those that have waited longest make room
LENGTH = re.compile(rb"\r\ncontent-length:[ \t]*(\d{1,15})[ \t]*\r\n", re.IGNORECASE)
SWEEPING = 5_000, 20, 20  # how many new objects go by before the youngest are looked through, and then the older
CHUNKED = re.compile(rb"\r\ntransfer-encoding:", re.IGNORECASE)


@dataclass
class Arrival:
    """What has come of a request so far, or a connection that is only waited for to leave."""

    until: float
    is_leaving: bool = False
    came: bytearray = field(default_factory=bytearray)
    head: int = 0  # where the body begins, once that is known
    wanted: int = 0  # bytes of the whole, once that is known
    is_endless: bool = False

    def add(self, data: bytes) -> None:
        self.came += data
        if not self.head and (end := self.came.find(b"\r\n\r\n", max(0, len(self.came) - len(data) - 3))) >= 0:
            self.head = end + 4
            head = bytes(self.came[: self.head])
            length = LENGTH.search(head)
            self.wanted = self.head + (int(length[1]) if length else 0)
            self.is_endless = CHUNKED.search(head) is not None
            self.until += SECONDS_FOR_ALL - SECONDS_FOR_HEAD

    @property
    def is_whole(self) -> bool:
        """All is there, or so much is declared that it is refused unread."""
        return self.head > 0 and (len(self.came) >= self.wanted or self.wanted > LARGEST)

    @property
    def is_overlong(self) -> bool:
        return not self.head and len(self.came) > LARGEST_HEAD


class Worker(ThreadWorker):
    """Gunicorn's threaded worker, whose threads would otherwise each wait for a slow sender."""

    def init_process(self) -> None:
        self.arriving: dict[TConn, Arrival] = {}
        super().init_process()

    def run(self) -> None:
        """What the application is made of is never garbage: looking through it again and again costs a tenth of each page."""
        gc.collect()
        gc.freeze()
        gc.set_threshold(*SWEEPING)
        super().run()

    def enqueue_req(self, conn: TConn) -> None:
        """A connection has opened or spoken again: gather, and only then take a thread."""
        if conn.parser is None:
            conn.close = partial(self.see_off, conn, conn.close)
        arrival = self.wait_for(conn, SECONDS_FOR_HEAD)
        if conn.parser is not None and (ahead := conn.parser.unreader.take_buffered()):
            arrival.add(ahead)
            self.settle(conn)

    def wait_for(self, conn: TConn, seconds: float, is_leaving: bool = False) -> Arrival:
        conn.sock.setblocking(False)
        self.poller.register(conn.sock, EVENT_READ, lambda _sock: self.take_in(conn))
        self.arriving[conn] = Arrival(time.monotonic() + seconds, is_leaving)
        return self.arriving[conn]

    def take_in(self, conn: TConn) -> None:
        arrival = self.arriving[conn]
        try:
            data = conn.sock.recv(AT_ONCE)
        except (BlockingIOError, InterruptedError):
            return
        except OSError:
            data = b""
        if not data:
            self.drop(conn)
        elif not arrival.is_leaving:
            arrival.add(data)
            self.settle(conn)

    def settle(self, conn: TConn) -> None:
        """Decide, as far as it has come: a thread for it, or the door."""
        arrival = self.arriving[conn]
        if arrival.is_endless:
            with suppress(OSError):  # gone already
                conn.sock.send(NO_LENGTH)
        if arrival.is_endless or arrival.is_overlong:
            self.drop(conn)
        elif arrival.is_whole:
            self.hand_over(conn)

    def hand_over(self, conn: TConn) -> None:
        arrival = self.forget(conn)
        if conn.parser is None:
            conn.parser = http.get_parser(self.cfg, conn.sock, conn.client)
        conn.parser.unreader.unread(bytes(arrival.came))
        conn.data_ready = True
        super().enqueue_req(conn)

    def see_off(self, conn: TConn, close: Any, graceful: bool = False) -> None:
        """Close once the other side has read its answer. Waiting for that must not hold up anybody else."""
        if not graceful or conn in self.arriving:
            close()
            return
        try:
            conn.sock.shutdown(socket.SHUT_WR)
            self.wait_for(conn, SECONDS_TO_LEAVE, is_leaving=True)
        except OSError:
            close()

    def forget(self, conn: TConn) -> Arrival:
        self.poller.unregister(conn.sock)
        return self.arriving.pop(conn)

    def drop(self, conn: TConn) -> None:
        if not self.forget(conn).is_leaving:
            self.nr_conns -= 1
        conn.close()

    def murder_pending(self) -> None:
        """Once a second and after whatever happens: end what has taken too long, or too much room."""
        super().murder_pending()
        now, held = time.monotonic(), sum(len(arrival.came) for arrival in self.arriving.values())
        crowd = self.nr_conns - FULL * self.worker_connections
        for conn, arrival in list(self.arriving.items()):
            if now > arrival.until or crowd > 0 or held > MOST_HELD or (not self.alive and not arrival.came):
                crowd, held = crowd - 1, held - len(arrival.came)
                self.drop(conn)

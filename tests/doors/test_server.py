"""The web server under senders who are slow, endless or overfull: they are refused at once, and nobody else waits for them."""

import socket
import time
from http.client import HTTPConnection

import pytest

from tests.bench.servers import memory_mb, only_child
from tests.browser.site import Site

SLOW = 24  # three times as many as there are threads
FORM = b"Content-Type: application/x-www-form-urlencoded\r\n"
GIGABYTE = b"Content-Length: 1073741824\r\n"


@pytest.fixture(scope="module")
def server():
    made = Site("doors")
    made.start()
    yield made
    made.end()


def opened(server, method="GET", path="/healthz", headers=b"", body=b""):
    """A connection on which this much of a request has been sent."""
    connection = socket.create_connection(("127.0.0.1", server.port), timeout=5)
    connection.sendall(f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\n".encode() + headers + body)
    return connection


def status(connection) -> int:
    return int(connection.recv(12).split()[1])


def pour(connection, megabytes=100) -> int:
    """Send on and on, until nobody takes any more; how many megabytes were taken."""
    for taken in range(megabytes):
        try:
            connection.sendall(b"x" * 1024 * 1024)
        except OSError:
            return taken
    return megabytes


def timed(act):
    began = time.monotonic()
    return act(), time.monotonic() - began


@pytest.mark.parametrize("sent", [
    b"", b"GET / HT", b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ",
    b"POST /sign-in HTTP/1.1\r\nHost: localhost\r\n" + FORM + b"Content-Length: 1000\r\n\r\nemail=",
    b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
    b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\nGET /healthz HTTP/1.1\r\nHost:",
], ids=["silent", "first line", "head", "body", "does not leave", "second request"])  # fmt: skip
def test_nobody_waits_for_those_who_send_slowly(server, sent):
    slow = []
    for _ in range(SLOW):
        slow.append(socket.create_connection(("127.0.0.1", server.port), timeout=5))
        slow[-1].sendall(sent)
    answer, seconds = timed(lambda: status(opened(server, headers=b"\r\n")))
    for connection in slow:
        connection.close()
    assert (answer, seconds < 1) == (200, True)


@pytest.mark.parametrize(("path", "headers", "expected"), [
    ("/sign-in", FORM + GIGABYTE, 413),
    ("/sign-in", b"Content-Type: application/json\r\n" + GIGABYTE, 413),
    ("/sign-in", b"Content-Type: multipart/form-data; boundary=b\r\n" + GIGABYTE, 413),
    ("/applications/SCF26-0001/sections/problem", b"Content-Type: multipart/form-data; boundary=b\r\n" + GIGABYTE, 413),
    ("/sign-in", FORM + b"Transfer-Encoding: chunked\r\n", 411),
    ("/applications/SCF26-0001/sections/problem", FORM + b"Transfer-Encoding: chunked\r\n", 411),
])  # fmt: skip
def test_a_gigabyte_is_refused_within_a_second_and_held_by_nobody(server, path, headers, expected):
    process = only_child(server.process.pid)
    before = memory_mb(process)
    answer, seconds = timed(lambda: status(opened(server, "POST", path, headers, b"\r\n")))
    pour(opened(server, "POST", path, headers, b"\r\n"))
    assert (answer, seconds < 1) == (expected, True)
    assert memory_mb(process, "VmHWM") - before < 50


def test_an_endless_head_is_cut_off(server):
    assert pour(opened(server, headers=b"X-Endless: ")) < 10


@pytest.mark.parametrize("separator", [b"&a=", b"&"])
def test_a_hundred_thousand_fields_are_refused_within_a_second(server, separator):
    body = separator.join(b"%d" % number for number in range(100_000))
    headers = FORM + b"Content-Length: %d\r\n\r\n" % len(body)
    answer, seconds = timed(lambda: status(opened(server, "POST", "/sign-in", headers, body)))
    assert (answer, seconds < 1) == (400, True)


def test_people_who_keep_their_connection_are_answered_on_it_again_and_again(server):
    connection = HTTPConnection("127.0.0.1", server.port, timeout=5)
    connection.connect()
    kept = connection.sock
    for path, status_of in (("/healthz", 200), ("/sign-in", 200), ("/no-such-page", 404)):
        connection.request("GET", path)
        answer = connection.getresponse()
        assert (answer.status, bool(answer.read())) == (status_of, True)
    connection.request(
        "POST", "/sign-in", body="email=" + "x" * 200_000, headers={"Content-Type": "application/x-www-form-urlencoded"}
    )
    assert connection.getresponse().status == 400  # without its token
    assert connection.sock is kept

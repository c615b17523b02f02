"""Clients that send, or read, a byte a second: everybody else is served as ever."""

import socket
import time
from collections.abc import Callable

import pytest

from .site import HOST, Site

MANY, SECONDS = 200, 8
LONGEST, SETTLED = 2.0, 3
HEADERS = b"GET /practicas/ HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: " + b"a" * 1_000
LIST = b"GET /practicas.jsonl HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
BODY = (
    b"POST /admin/login/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 4000\r\n"
    b"Content-Type: application/x-www-form-urlencoded\r\n\r\n"
)


class Slow:
    """Connections that do as little as they can."""

    def __init__(self, site: Site, first: bytes) -> None:
        self.sockets = [self._opened(site, first) for _ in range(MANY)]

    def _opened(self, site: Site, first: bytes) -> socket.socket:
        found = socket.socket()
        found.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1024)
        found.connect((HOST, site.port))
        found.sendall(first)
        found.setblocking(False)
        return found

    def send(self, number: int) -> None:
        for one in self.sockets:
            try:
                one.send(HEADERS[number : number + 1])
            except OSError:
                continue

    def read(self, number: int) -> None:
        for one in self.sockets:
            try:
                one.recv(1)
            except OSError:
                continue

    def close(self) -> None:
        for one in self.sockets:
            one.close()


@pytest.mark.parametrize(
    ("first", "go_on"),
    [(HEADERS[:1], Slow.send), (LIST, Slow.read), (BODY, Slow.send)],
    ids=["headers", "answers", "bodies"],
)
def test_others_are_served(on_sqlite: Site, first: bytes, go_on: Callable[[Slow, int], None]) -> None:
    site = on_sqlite.start()
    site.get("/practicas/")
    slow = Slow(site, first)
    # Two hundred requests cost something, slow or not.
    time.sleep(SETTLED)
    took = []
    try:
        for number in range(1, SECONDS + 1):
            go_on(slow, number)
            began = time.monotonic()
            assert site.get("/practicas/?q=agua", timeout=10).status == 200
            took.append(time.monotonic() - began)
            time.sleep(max(0, 1 - took[-1]))
    finally:
        slow.close()
    print(f"the slowest of the others took {max(took):.2f} s")
    assert max(took) < LONGEST

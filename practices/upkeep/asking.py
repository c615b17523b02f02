"""One request to one machine: a status and two headers come back, within so many seconds and bytes or not at all.

urllib3 and requests limit each wait and not the whole, and read as many headers as a server sends; here the bytes
themselves are counted as they come in, and Python's own HTTP client reads them.
"""

import io
import socket
import ssl
import time
from contextlib import closing
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from http.client import HTTPConnection
from typing import Any

from .targets import Target

CONNECT_SECONDS = 5.0
MOST_BYTES = 32 * 1024
"""Of an answer, its headers included."""
LONGEST_WAIT = 7 * 24 * 60 * 60
"""Seconds: the most that a server may ask to be left alone."""


class TooMuch(OSError):
    """The answer is longer than anybody needs to know that there is one."""


@dataclass(frozen=True)
class Answer:
    status: int
    location: str = ""
    retry_after: float | None = None
    """Seconds."""
    body: bytes = b""


def ask(
    target: Target, ip: str, *, method: str, agent: str, seconds: float, context: ssl.SSLContext, body: int = 0
) -> Answer:
    """Ask that machine for the target, and read so many bytes of the body. No cookies, no password, no proxy.

    Raises OSError (ssl.SSLError, TimeoutError, ConnectionError, TooMuch), http.client.HTTPException.
    """
    until = time.monotonic() + seconds
    with closing(_connected(target, ip, until, context)) as connected:
        connection = HTTPConnection(target.host, target.port)
        connection.sock = _Line(connected, until)
        headers = {"Host": target.authority, "User-Agent": agent, "Accept": "*/*", "Connection": "close"}
        if method == "GET" and not body:
            headers["Range"] = "bytes=0-0"
        connection.request(method, target.path, headers=headers)
        response = connection.getresponse()
        return Answer(
            response.status,
            response.getheader("Location", "") or "",
            seconds_of(response.getheader("Retry-After", "") or ""),
            response.read(body) if body else b"",
        )


def _connected(target: Target, ip: str, until: float, context: ssl.SSLContext) -> socket.socket:
    """A connection to just this machine; its certificate must be that of the name."""
    plain = socket.create_connection((ip, target.port), timeout=min(CONNECT_SECONDS, _left(until)))
    if target.scheme == "http":
        return plain
    try:
        plain.settimeout(min(CONNECT_SECONDS, _left(until)))
        return context.wrap_socket(plain, server_hostname=target.host)
    except BaseException:
        plain.close()
        raise


def _left(until: float) -> float:
    """Seconds. Raises TimeoutError where there are none."""
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


class _Line:
    """What the HTTP client takes for its socket."""

    def __init__(self, connected: socket.socket, until: float) -> None:
        self._connected, self._until = connected, until

    def sendall(self, data: bytes) -> None:
        self._connected.settimeout(_left(self._until))
        self._connected.sendall(data)

    def makefile(self, mode: str) -> io.BufferedReader:
        return io.BufferedReader(_Incoming(self._connected, self._until))

    def close(self) -> None:
        """Whoever connected closes."""


class _Incoming(io.RawIOBase):
    """The bytes that come in, counted and timed."""

    def __init__(self, connected: socket.socket, until: float) -> None:
        self._connected, self._until, self._room = connected, until, MOST_BYTES

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        if self._room <= 0:
            raise TooMuch
        self._connected.settimeout(_left(self._until))
        count = self._connected.recv_into(buffer, min(len(buffer), self._room))
        self._room -= count
        return count


def seconds_of(retry_after: str) -> float | None:
    """What the header asks for, a number of seconds or a date; None where it says neither."""
    text = retry_after.strip()
    if text.isascii() and text.isdigit():
        return float(min(int(text[:9]), LONGEST_WAIT))
    try:
        moment = parsedate_to_datetime(text).timestamp()
    except (TypeError, ValueError, OverflowError):
        return None
    return min(max(moment - time.time(), 0.0), LONGEST_WAIT)

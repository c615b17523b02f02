"""A client that asks a server for many addresses over connections that stay open, and keeps the time."""

import http.client
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

CLIENTS = 2
PATIENCE = 120
"""Seconds for one answer."""


@dataclass(frozen=True)
class Round:
    """Answers to a list of addresses: milliseconds of each, bytes of all."""

    times: list[float]
    size: int
    seconds: float

    @property
    def median(self) -> float:
        return self.quantile(0.5)

    def quantile(self, part: float) -> float:
        return sorted(self.times)[int(part * (len(self.times) - 1))]

    @property
    def rate(self) -> float:
        """Answers a second."""
        return len(self.times) / self.seconds


def ask(port: int, paths: Sequence[str], expected: int = 200, headers: Mapping[str, str] | None = None) -> Round:
    """Every address once, by two clients at a time. Raises AssertionError for another status than the expected."""
    shares = [paths[number::CLIENTS] for number in range(CLIENTS)]
    start = time.perf_counter()
    with ThreadPoolExecutor(CLIENTS) as pool:
        found = list(pool.map(lambda share: _asked(port, share, expected, dict(headers or {})), shares))
    seconds = time.perf_counter() - start
    return Round([one for times, _size in found for one in times], sum(size for _times, size in found), seconds)


def _asked(port: int, paths: Sequence[str], expected: int, headers: dict[str, str]) -> tuple[list[float], int]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    times, size = [], 0
    for path in paths:
        start = time.perf_counter()
        connection.request("GET", path, headers=headers)
        response = connection.getresponse()
        while piece := response.read(1 << 20):
            size += len(piece)
        times.append(1_000 * (time.perf_counter() - start))
        if response.status != expected:
            raise AssertionError(f"{path}: {response.status}, not {expected}")
    connection.close()
    return times, size


def header_of(port: int, path: str, name: str) -> str:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    connection.request("GET", path)
    response = connection.getresponse()
    response.read()
    connection.close()
    return response.headers.get(name, "")


def wait_for(port: int, path: str, seconds: float = 30) -> None:
    """Until the server answers. Raises TimeoutError."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            ask(port, [path])
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError(f"nobody answers on port {port}")

"""What each page costs the server, in multiples of a page that says nothing: `python -m bench.load [SIZE]`.

A catalogue of that many generated practices is made where there is none, served as `make serve` does, by two workers,
and asked over HTTP for nine pieces of work; bench/README.md says what the columns mean. BENCH_DATABASE is a
DATABASE_URL that may hold `{size}`.
"""

import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from bench.asking import Round, ask, header_of, wait_for
from bench.generate import COMMON, fill
from bench.processes import called, family, spent
from bench.setting import prepare

CONSTANT = "/constante/"
WORKERS, THREADS = 2, 4
UNKNOWN = "criterio=ninguno-"
"""A value that no filter knows and every filter ignores: the same page at an address that nobody asked for before."""
_numbers = count()


@dataclass(frozen=True)
class Work:
    """A piece of work: its address, and how often it is asked for. `kept` where it may come from the cache."""

    name: str
    paths: tuple[str, ...]
    rounds: int = 200
    kept: bool = True

    def first(self) -> list[str]:
        """Addresses that nobody asked for."""
        return [self._new(self.paths[place % len(self.paths)]) for place in range(self.rounds)]

    @staticmethod
    def _new(path: str) -> str:
        return f"{path}{'&' if '?' in path else '?'}{UNKNOWN}{next(_numbers)}"

    def again(self) -> list[str]:
        return [self.paths[0]] * self.rounds * 4


def works() -> list[Work]:
    """Two queries, for words that few practices have and for a code."""
    from practices.models.publication import Publication
    from practices.models.search_index import SearchWord

    rare = SearchWord.objects.filter(count__gt=0).order_by("count", "word").values_list("word", flat=True)[:20]
    code = Publication.objects.current().values_list("code", flat=True)[1_000:][0]
    return [
        Work("list, five facets", ("/practicas/",)),
        Work("category and department", ("/practicas/?categoria=tema-3&departamento=05",)),
        Work("common word with facets", (f"/practicas/?q={COMMON}",)),
        Work("rare word", tuple(f"/practicas/?q={word}" for word in rare)),
        Work("code fragment", ("/practicas/?q=sspd-002", "/practicas/?q=002-2015", "/practicas/?q=cra0032012")),
        Work("page 200", ("/practicas/?pagina=200",)),
        Work("one practice", (f"/practicas/{code}/",)),
        Work("CSV of a category", ("/practicas.csv?categoria=tema-3",), rounds=6, kept=False),
    ]


@dataclass(frozen=True)
class Measured:
    round: Round
    cpu: float
    """Milliseconds of processor for each answer."""


class Server:
    """The workers, and the processes of the database that works for them."""

    def __init__(self, port: int, pid: int, database: str) -> None:
        self.port = port
        self._pid = pid
        self._database = database

    @property
    def _pids(self) -> list[int]:
        return family(self._pid) + (called("postgres") if self._database == "postgresql" else [])

    def measure(self, paths: list[str], expected: int = 200, headers: dict[str, str] | None = None) -> Measured:
        before = spent(self._pids).cpu
        answered = ask(self.port, paths, expected, headers)
        return Measured(answered, 1_000 * (spent(self._pids).cpu - before) / len(paths))

    @property
    def peak(self) -> float:
        """Megabytes of the workers and their parent."""
        return spent(family(self._pid)).peak


@contextmanager
def served(files: Path, database: str) -> Iterator[Server]:
    """The site, until the block ends."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = ["granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port), "--no-ws"]
    command += ["--workers", str(WORKERS), "--blocking-threads", str(THREADS), "bench.served:application"]
    environment = {**os.environ, "BENCH_FILES": str(files), "LOG_LEVEL": "ERROR", "MALLOC_ARENA_MAX": "2"}
    path = str(Path(sys.executable).parent / command[0])
    # The lines of the log are written, as they are in production, but nobody wants to read thousands of them here.
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen([path, *command[1:]], env=environment, stdout=log, stderr=log)  # noqa: S603
    try:
        wait_for(port, CONSTANT)
        yield Server(port, process.pid, database)
    finally:
        process.terminate()
        process.wait(timeout=30)


def pages_and_queries(pieces: list[Work], files: Path) -> dict[str, tuple[int, int]]:
    """Bytes and queries of each piece, with its bytes put among the files."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client, found = Client(headers={"host": "127.0.0.1"}), {}
    for place, work in enumerate(pieces):
        client.get(work.first()[0])
        with CaptureQueriesContext(connection) as queries:
            response = client.get(work.first()[0])
            content = b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore[attr-defined]
        (files / f"{place}.html").write_bytes(content)
        found[work.name] = len(content), len(queries)
    return found


COLUMNS = f"{'ms CPU':>7} {'× constant':>10} {'× file':>7} {'median':>7} {'p95':>7} {'/s':>6} {'queries':>7} {'kB':>8}"
HEAD = f"{'':24} {COLUMNS}"


def line(name: str, found: Measured, floor: float, file: float | None, kept: str = "", size: int = 0) -> str:
    beside = f"{found.cpu / file:7.1f}" if file else f"{'':7}"
    times = f"{found.round.median:7.1f} {found.round.quantile(0.95):7.1f} {found.round.rate:6.0f}"
    return f"{name:24} {found.cpu:7.2f} {found.cpu / floor:10.1f} {beside} {times} {kept:>7} {size / 1000:8.1f}"


def report(server: Server, pieces: list[Work], known: dict[str, tuple[int, int]], say: Callable[[str], None]) -> None:
    for work in pieces:
        server.measure([work.first()[0] for _ in range(2 * WORKERS * THREADS)])
    floor = server.measure([CONSTANT] * 3_000)
    say(HEAD)
    say(line("a constant", floor, floor.cpu, None))
    for place, work in enumerate(pieces):
        size, queries = known[work.name]
        file = server.measure([f"/{place}.html"] * work.rounds * 5).cpu
        first = server.measure(work.first())
        say(line(work.name, first, floor.cpu, file, str(queries), size))
        if work.kept:
            server.measure(work.again()[: 2 * WORKERS])
            say(line("  warm", server.measure(work.again()), floor.cpu, file, "1", size))
    path = pieces[0].paths[0]
    unchanged = server.measure([path] * 2_000, 304, {"If-None-Match": header_of(server.port, path, "ETag")})
    say(line("revisit, 304", unchanged, floor.cpu, None, "1"))
    say(f"peak memory of {WORKERS} workers and their parent: {server.peak:,.0f} MB")


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def main(size: int) -> None:
    default = f"sqlite:///{Path(tempfile.gettempdir()) / 'catalogue-bench-{size}.sqlite3'}"
    os.environ["DATABASE_URL"] = os.environ.get("BENCH_DATABASE", default).replace("{size}", str(size))
    prepare()
    from django.core.management import call_command
    from django.db import connection

    from practices.models.publication import Publication

    if not Publication.objects.current().exists():
        fill(size)
    call_command("draw")
    call_command("collectstatic", interactive=False, verbosity=0)
    with tempfile.TemporaryDirectory() as folder:
        files = Path(folder)
        pieces = works()
        known = pages_and_queries(pieces, files)
        vendor = connection.vendor
        connection.close()
        say(f"— {size:,} practices on {vendor}, {WORKERS} workers")
        with served(files, vendor) as server:
            report(server, pieces, known, say)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)

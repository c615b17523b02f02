"""Pages are drawn and kept whether or not Redis is there, and whatever it does."""

import socket
import socketserver
import threading
import time
from collections.abc import Iterator

import pytest

from catalogue import shared_cache
from catalogue.absence import Absences
from catalogue.shared_cache import SharedCache


class OneKey(socketserver.StreamRequestHandler):
    """As much of Redis as SET and GET need."""

    kept: dict[bytes, bytes] = {}

    def handle(self) -> None:
        while line := self.rfile.readline():
            words = []
            for _ in range(int(line[1:])):
                words.append(self.rfile.read(int(self.rfile.readline()[1:]) + 2)[:-2])
            self.wfile.write(self.answer(words))

    def answer(self, words: list[bytes]) -> bytes:
        command = words[0].upper()
        if command == b"HELLO":
            return b"%1\r\n$5\r\nproto\r\n:3\r\n"
        if command == b"SET":
            self.kept[words[1]] = words[2]
            return b"+OK\r\n"
        if command == b"GET":
            value = self.kept.get(words[1])
            return b"_\r\n" if value is None else b"$%d\r\n%s\r\n" % (len(value), value)
        return b"+OK\r\n"


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


PAUSE = 0.3


@pytest.fixture(autouse=True)
def _nobody_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shared_cache, "absences", Absences(PAUSE))


@pytest.fixture
def redis() -> Iterator[Server]:
    OneKey.kept = {}
    with Server(("127.0.0.1", 0), OneKey) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def cache_at(port: int) -> SharedCache:
    cache = SharedCache(f"redis://127.0.0.1:{port}/0", {})
    cache._own.clear()
    return cache


def test_what_is_kept_is_shared(redis: Server) -> None:
    port = redis.server_address[1]
    cache_at(port).set("page", "drawn")
    assert cache_at(port).get("page") == "drawn"


def test_without_redis_a_worker_keeps_its_own_and_says_so_once(caplog: pytest.LogCaptureFixture) -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        cache = cache_at(nobody.getsockname()[1])
        cache.set("page", "drawn")
        assert (cache.get("page"), cache.get("other")) == ("drawn", None)
        assert (cache.add("count", 1), cache.incr("count"), cache.delete("count")) == (True, 2, True)
    assert [record.message for record in caplog.records] == [
        "the shared cache is away, workers keep their own pages: ConnectionError"
    ]


def test_a_redis_that_does_not_answer_is_waited_for_once() -> None:
    with socket.socket() as mute:
        mute.bind(("127.0.0.1", 0))
        mute.listen()
        cache = cache_at(mute.getsockname()[1])
        began = time.monotonic()
        found = [cache.get(f"page-{number}") for number in range(50)]
        took = time.monotonic() - began
    assert found == [None] * 50
    # Two attempts, and no more until the pause is over.
    assert took < 2 * (shared_cache.CONNECT + shared_cache.ANSWER) + 1


def test_a_redis_that_comes_back_is_used_again(redis: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    port = redis.server_address[1]
    cache = cache_at(port)
    cache.set("page", "of Redis")
    shared_cache.absences.begins(shared_cache.REDIS)
    assert cache.get("page") is None
    cache.set("page", "of the worker")
    time.sleep(PAUSE)
    assert cache.get("page") == "of Redis"

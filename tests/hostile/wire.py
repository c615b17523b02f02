"""Requests as a server hands them over, byte for byte: a test client would repair what a stranger has broken."""

import gzip
import io
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import quote_from_bytes, unquote_to_bytes

from django.core.signals import request_finished, request_started
from django.db import close_old_connections

from catalogue.wsgi import application

HTTP = {"wsgi.url_scheme": "http", "SERVER_NAME": "testserver", "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1"}


@dataclass
class Answer:
    """What came back, and the seconds of work that it took: a busy machine makes no test fail."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes
    seconds: float
    asked: str = ""
    read: int = field(default=0)
    """Bytes of the body that were asked for."""

    @cached_property
    def kind(self) -> str:
        return self.header("Content-Type").partition(";")[0]

    @cached_property
    def text(self) -> str:
        return self.body.decode()

    def header(self, name: str) -> str:
        return next((value for key, value in self.headers if key.lower() == name.lower()), "")


class Body(io.BytesIO):
    """Tells how much of it was read."""

    taken = 0

    def read(self, size: int | None = -1) -> bytes:
        found = super().read(size)
        self.taken += len(found)
        return found

    def readline(self, size: int | None = -1) -> bytes:
        found = super().readline(size)
        self.taken += len(found)
        return found


@contextmanager
def connection_kept() -> Iterator[None]:
    """As the test client does: the test is inside a transaction of this connection."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    try:
        yield
    finally:
        for signal in signals:
            signal.connect(close_old_connections)


def ask(target: bytes | str, method: str = "GET", body: bytes = b"", **environ: Any) -> Answer:
    """The answer to the target of a request line, in whatever bytes it is written."""
    raw = target if isinstance(target, bytes) else target.encode("utf-8", "surrogatepass")
    path, _mark, query = raw.partition(b"?")
    stream = Body(body)
    asked = {
        **HTTP,
        "REQUEST_METHOD": method,
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(path).decode("latin-1"),
        "QUERY_STRING": query.decode("latin-1"),
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_HOST": "testserver",
        "wsgi.input": stream,
        "wsgi.errors": io.StringIO(),
        "wsgi.multithread": True,
        **({"CONTENT_LENGTH": str(len(body))} if body else {}),
        **environ,
    }
    started: list[Any] = []
    begun = time.thread_time()
    with connection_kept():
        result = application(asked, lambda status, headers, _error=None: started.extend((status, headers)))
        try:
            content = b"".join(result)
        finally:
            if hasattr(result, "close"):
                result.close()
    seconds = time.thread_time() - begun
    if dict(started[1]).get("Content-Encoding") == "gzip":
        content = gzip.decompress(content)
    shown = quote_from_bytes(raw[:200], safe="/?=&%")
    return Answer(int(started[0][:3]), started[1], content, seconds, f"{method} {shown}", stream.taken)

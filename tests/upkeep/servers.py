"""Web servers on this machine, as strange as those of the world."""

import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socketserver import TCPServer
from typing import Any

from practices.upkeep.visiting import Visitor

Answer = Callable[[BaseHTTPRequestHandler], None]


@dataclass
class Site:
    """`pages`: what each path answers, by "METHOD /path" or "/path"; all others are 404."""

    port: int = 0
    pages: dict[str, Answer] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    """“METHOD host /path”, in order."""
    headers: list[dict[str, str]] = field(default_factory=list)

    def at(self, host: str, path: str = "/") -> str:
        return f"http://{host}:{self.port}{path}"

    @property
    def pages_asked(self) -> list[str]:
        """Without the rules that every site is asked for first."""
        return [asked for asked in self.asked if not asked.endswith("/robots.txt")]


def status(code: int, **headers: str) -> Answer:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(code)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    return answer


def text(content: str) -> Answer:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        handler.wfile.write(content.encode())

    return answer


def written(*pieces: bytes, forever: bytes = b"", between: float = 0.0) -> Answer:
    """Bytes as they are, then others until the visitor leaves."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        for piece in pieces:
            handler.wfile.write(piece)
        try:
            while forever and not _over.wait(between):
                handler.wfile.write(forever)
        except OSError:
            pass

    return answer


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def server_bind(self) -> None:
        """Without asking a name server what this machine is called."""
        TCPServer.server_bind(self)
        self.server_name, self.server_port = "localhost", self.server_address[1]


_over = threading.Event()


@contextmanager
def site(tls: ssl.SSLContext | None = None, **fields: Any) -> Iterator[Site]:
    found = Site(**fields)

    class Handler(BaseHTTPRequestHandler):
        def handle_any(self) -> None:
            found.asked.append(f"{self.command} {self.headers['Host'].partition(':')[0]} {self.path}")
            found.headers.append(dict(self.headers))
            page = found.pages.get(f"{self.command} {self.path}") or found.pages.get(self.path) or status(404)
            page(self)

        do_HEAD = do_GET = handle_any  # noqa: N815

        def log_message(self, *args: Any) -> None:
            pass

    server = Server(("127.0.0.1", 0), Handler)
    if tls:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    found.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield found
    finally:
        server.shutdown()
        server.server_close()


class Clock:
    """Time that passes only when somebody sleeps."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(round(seconds, 3))
        self.now += seconds


def visitor(**fields: Any) -> Visitor:
    """One for whom every name of example.org is a server on this machine, and this machine is public."""
    clock = Clock()
    defaults: dict[str, Any] = {
        "agent": "LinkCheck/1.0 (prueba; +https://catalogo.example/)",
        "resolve": lambda host, port: ["127.0.0.1"],
        "is_allowed": "127.0.0.1".__eq__,
        "ports": range(65_536),
        "clock": clock,
        "sleep": clock.sleep,
    }
    return Visitor(**{**defaults, **fields})

"""Visitors, while something happens to what serves them."""

import http.client
import re
import ssl
import threading
import time
from collections import Counter
from dataclasses import dataclass, field

from tests.visitors import AtOnce

from .stand import HOST, Stand

VISITORS = 4
TIMEOUT = 20
STYLE = re.compile(rb'href="(/static/catalogue[^"]*\.css)"')


class Visit(http.client.HTTPSConnection):
    """A connection to nginx, which keeps it open."""

    def __init__(self, stand: Stand) -> None:
        tls = ssl.create_default_context(cafile=str(stand.folder / "certificate.pem"))
        super().__init__("127.0.0.1", stand.https, timeout=TIMEOUT, context=tls)
        self._tls = tls

    def connect(self) -> None:
        http.client.HTTPConnection.connect(self)
        self.sock = self._tls.wrap_socket(self.sock, server_hostname=HOST)

    def ask(self, path: str, **headers: str) -> http.client.HTTPResponse:
        self.request("GET", path, headers={"Host": HOST, **headers})
        return self.getresponse()


@dataclass
class Report:
    answers: int = 0
    failed: Counter[str] = field(default_factory=Counter)
    slowest: float = 0.0

    def __str__(self) -> str:
        failures = f"{self.failed.total()} failed {dict(self.failed)}"
        return f"{self.answers} answers, {failures}, slowest {self.slowest:.2f} s"


class Visitors(AtOnce[Report]):
    def __init__(self, stand: Stand) -> None:
        super().__init__(Report(), VISITORS)
        self.stand, self._lock = stand, threading.Lock()

    def _visits(self) -> None:
        visit = Visit(self.stand)
        while not self._enough.is_set():
            number = next(self._numbers)
            # Some pages that are kept, some that nobody asked for before, and one that is sent in pieces.
            pages = ("/", "/practicas/", f"/practicas/?q=agua+{number}", "/practicas.json", "/practicas.csv")
            page = pages[number % len(pages)]
            style = STYLE.search(self._asked(visit, page))
            if style and number % 5 == 0:
                self._asked(visit, style.group(1).decode())
        visit.close()

    def _asked(self, visit: Visit, path: str) -> bytes:
        began, body, failure = time.monotonic(), b"", ""
        try:
            answer = visit.ask(path)
            body = answer.read()
            if answer.status != 200:
                failure = f"{answer.status} {path.partition('?')[0]}"
        except (OSError, http.client.HTTPException) as error:
            visit.close()
            failure = f"{type(error).__name__} {path.partition('?')[0]}"
        with self._lock:
            self.report.answers += 1
            self.report.slowest = max(self.report.slowest, time.monotonic() - began)
            if failure:
                self.report.failed[failure] += 1
        return body

"""The outermost middleware: every request gets a reference, and one line that says what became of it."""

import os
from collections.abc import Callable
from contextlib import suppress
from functools import lru_cache
from time import gmtime, perf_counter, strftime, time

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from .masking import shown_path
from .reference import name_request

HEADER = "X-Request-ID"
STANDARD_ERROR = 2
METHODS = frozenset(("GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE", "TRACE", "CONNECT"))

LINE = "{}.{:03d}Z INFO catalogue.access [{}] {} {} {} {:.1f} ms {} bytes\n"
JSON = (
    '{{"time":"{}.{:03d}Z","level":"INFO","logger":"catalogue.access","request_id":"{}",'
    '"method":"{}","path":"{}","status":{},"ms":{:.1f},"bytes":{}}}\n'
)


class RequestLog:
    """Names the request, answers with its reference, and logs it where ACCESS_LOG says so.

    The line holds nothing of who asked: no address, no name, no query string, no key of a link. Of an answer that is
    sent in pieces it tells the time until the first of them, and no size.

    It is written by itself: the way through `logging` costs as much as many a page.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.is_told = settings.ACCESS_LOG
        self.template, self.unknown = (JSON, "null") if settings.LOG_FORMAT == "json" else (LINE, "-")

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        began = perf_counter()
        reference = name_request(request)
        response = self.get_response(request)
        response.headers[HEADER] = reference
        if self.is_told:
            write(self.line(request, response, reference, (perf_counter() - began) * 1000))
        return response

    def line(self, request: HttpRequest, response: HttpResponseBase, reference: str, milliseconds: float) -> str:
        """Nothing in it needs escaping: what was typed is of a few characters only (see `shown_path`)."""
        now = time()
        return self.template.format(
            second(int(now)),
            int(now % 1 * 1000),
            reference,
            request.method if request.method in METHODS else "OTHER",
            shown_path(request.path),
            response.status_code,
            milliseconds,
            response.headers.get("Content-Length", self.unknown),
        )


@lru_cache(maxsize=2)
def second(moment: int) -> str:
    return strftime("%Y-%m-%dT%H:%M:%S", gmtime(moment))


def write(line: str) -> None:
    """In one piece, so that lines of several threads do not mix. A log that is full or gone stops no page."""
    with suppress(OSError):
        os.write(STANDARD_ERROR, line.encode("ascii", "replace"))

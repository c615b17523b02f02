"""Addresses of data, known by how they end: whoever asks there is a program, and a page is no answer to it."""

import json
from collections.abc import Callable
from http import HTTPStatus
from pathlib import PurePosixPath

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

JSON_ENDINGS = frozenset({".json", ".jsonld"})
TEXT_ENDINGS = frozenset({".atom", ".bib", ".csv", ".jsonl", ".ris", ".ttl", ".xml"})
"""Documents for paper and spreadsheets are not among them: people follow links to those, and read the page."""
ERRORS = {
    400: "bad_request",
    403: "forbidden",
    404: "not_found",
    405: "method_not_allowed",
    413: "too_large",
    429: "too_many_requests",
    500: "server_error",
    503: "unavailable",
    507: "no_room",
}


def ending_of(request: HttpRequest) -> str:
    """Also of a last part that is nothing but an ending, as in /practicas/.json."""
    last = request.path_info.rpartition("/")[2]
    return last if last.startswith(".") else PurePosixPath(last).suffix


def is_data(request: HttpRequest) -> bool:
    return ending_of(request) in JSON_ENDINGS | TEXT_ENDINGS


class RefusalsAsData:
    """An error that would be a page says the same as data where data was asked for: JSON, or a line of text."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        is_page = response.status_code >= 400 and response.headers.get("Content-Type", "").startswith("text/html")
        if is_page and isinstance(response, HttpResponse) and is_data(request):
            _say(response, as_json=ending_of(request) in JSON_ENDINGS)
        return response


def _say(response: HttpResponse, *, as_json: bool) -> None:
    """In place, so that what the answer tells besides (Retry-After, Allow) and holds open stays with it."""
    status = response.status_code
    told = json.dumps({"error": error_of(status)}) if as_json else f"{status} {HTTPStatus(status).phrase}\n"
    response.content = told.encode()
    response.headers["Content-Type"] = "application/json" if as_json else "text/plain; charset=utf-8"
    response.headers["Content-Length"] = str(len(response.content))
    for name in ("Content-Encoding", "ETag"):
        response.headers.pop(name, None)


def error_of(status: int) -> str:
    return ERRORS.get(status) or HTTPStatus(status).phrase.lower().replace(" ", "_")

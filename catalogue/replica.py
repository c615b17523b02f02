"""Public pages may be read from a replica of the database (REPLICA_URL): they never need the primary.

Only what strangers ask with GET reads there; staff, authors behind their links, everything that is sent and every
command use the primary. While one of the two does not answer, public pages are read from the other: within the same
request, and from then on without waiting for the one that is away.
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS
from django.http import HttpRequest
from django.http.response import FileResponse, HttpResponseBase, StreamingHttpResponse

from .absence import Absences
from .outages import is_gone, unreachable

log = logging.getLogger(__name__)

PRIMARY, REPLICA = DEFAULT_DB_ALIAS, "replica"
STAFF = "admin"
GUEST = "revision"
LANGUAGE_PREFIXES = tuple(code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE)
OUTAGE = "is_database_outage"
"""The mark of an answer that says that a database is away (catalogue.middleware.DatabaseOutage)."""

# Between attempts to reach what was away, in seconds.
PAUSE = 5.0

_reads_from: ContextVar[str] = ContextVar("reads_from", default=PRIMARY)


class Router:
    """Reads go where the request reads; whatever writes goes to the primary, which alone is migrated."""

    def db_for_read(self, model: Any, **hints: Any) -> str:
        return _reads_from.get()

    def db_for_write(self, model: Any, **hints: Any) -> str:
        return PRIMARY

    def allow_relation(self, one: Any, other: Any, **hints: Any) -> bool:
        return True

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        return db == PRIMARY


def reads_from() -> str:
    """The database that this request reads from."""
    return _reads_from.get()


@contextmanager
def reading_from(alias: str) -> Iterator[None]:
    token = _reads_from.set(alias)
    try:
        yield
    finally:
        _reads_from.reset(token)


absences = Absences(PAUSE)


class PublicReads:
    """Lets public requests read from the replica, or from the primary where that does not answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not settings.REPLICA_URL or not is_public(request):
            return self.get_response(request)
        order = sources(request)
        worth = [alias for alias in order if absences.is_worth_asking(alias)] or order[-1:]
        for alias in worth:
            was_away = alias in absences
            with reading_from(alias):
                response = self.get_response(request)
            if not getattr(response, OUTAGE, False):
                if was_away and absences.ends(alias):
                    log.warning("the %s database answers again", alias)
                return _streamed_from(alias, response)
        return response


def is_public(request: HttpRequest) -> bool:
    """Whether it only reads what everybody may read."""
    if request.method not in ("GET", "HEAD"):
        return False
    parts = request.path_info.split("/")[1:]
    if parts[0] in LANGUAGE_PREFIXES:
        parts = parts[1:]
    return not parts or parts[0] not in (STAFF, GUEST)


def sources(request: HttpRequest) -> list[str]:
    """The databases for a public request, the better first. Who works here sees at once what he published."""
    if settings.SESSION_COOKIE_NAME in request.COOKIES:
        return [PRIMARY, REPLICA]
    return [REPLICA, PRIMARY]


def outage(error: Exception) -> None:
    """What this request reads from did not answer. A replica also cancels queries that keep it from following the
    primary: that is no outage, though the other database answers."""
    alias = reads_from()
    unreachable.notice(alias, error)
    if settings.REPLICA_URL and is_gone(error) and absences.begins(alias):
        log.warning("the %s database is away: public pages are read from the other one", alias)


def _streamed_from(alias: str, response: HttpResponseBase) -> HttpResponseBase:
    """An answer in pieces reads while it is sent, when this request is over, in whatever thread sends it."""
    if isinstance(response, StreamingHttpResponse) and not isinstance(response, FileResponse):
        response.streaming_content = _pieces(alias, iter(response.streaming_content))  # type: ignore[arg-type]
    return response


def _pieces(alias: str, pieces: Iterator[bytes]) -> Iterator[bytes]:
    while True:
        with reading_from(alias):
            try:
                piece = next(pieces)
            except StopIteration:
                return
        yield piece

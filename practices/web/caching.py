"""What a visitor has is not sent again, and what a worker drew is not drawn again, until the catalogue changes.

Everything the public sees depends on the catalogue version, the address, the language, the build and the day (consents
end on a day): the ETag and the key of a kept page are made of just these, so nothing is ever stale or needs purging.
"""

import hashlib
import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from functools import wraps
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.utils.timezone import localdate, now
from django.utils.translation import get_language

from catalogue.limits import Kind, refused
from practices.browse.parameters import SHAPING
from practices.models.reading import database
from practices.models.version import CatalogueVersion, Standing

View = Callable[..., HttpResponseBase]
LONGEST_QUERY = 500
"""Characters: longer ones are drawn every time."""
KEPT_FOR = 24 * 60 * 60
"""Seconds; by then the key is another one anyway."""
GZIP = '-gzip"'

_locks_guard = threading.Lock()
_locks: dict[str, threading.Lock] = {}


def public_page(
    view: View, *, personal: bool = False, kept: bool = True, same_bytes: bool = True, export: bool = False
) -> View:
    """The view with ETag, Last-Modified and Cache-Control; answered 304 before anything is drawn, at the cost of one
    query (the catalogue version), or from the cache at the same cost.

    `personal`: the page shows contacts, so that no cache between may answer without asking. `kept`: worth keeping.
    `same_bytes`: drawn twice it is the same to the byte; else its ETag is weak. A view that sets Cache-Control itself
    is neither kept nor changed. `export`: a whole selection or a document for paper, of which one visitor gets fewer
    in a while than of searches; whatever else is drawn out of a query string is a search. What costs nothing, since
    the visitor or the worker has it, counts as neither.
    """

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method not in ("GET", "HEAD"):
            return view(request, *args, **kwargs)
        standing = CatalogueVersion.standing_of_request()
        validators = Validators(request, standing, personal=personal, same_bytes=same_bytes)
        unchanged = validators.unchanged(request)
        if unchanged is not None:
            return unchanged
        kind = _dear(request, export)

        def draw() -> HttpResponseBase:
            return (kind and refused(request, kind)) or view(request, *args, **kwargs)

        if not kept or not is_worth_keeping(request):
            return validators.put_on(draw())
        return drawn_once(validators, draw)

    return answered


def _dear(request: HttpRequest, export: bool) -> Kind | None:
    if export:
        return Kind.EXPORT
    return Kind.SEARCH if request.META.get("QUERY_STRING") else None


class Validators:
    """What tells one state of a page from another."""

    def __init__(self, request: HttpRequest, standing: Standing, *, personal: bool, same_bytes: bool) -> None:
        parts = (
            settings.BUILD,
            str(standing.number),
            str(standing.raised_at),
            str(localdate()),
            get_language() or "",
            request.build_absolute_uri(request.path),
            normalised(request),
        )
        self.key = hashlib.sha256("\n".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:40]
        self.etag = f'{"" if same_bytes else "W/"}"{self.key}"'
        self.modified = last_modified(standing.raised_at)
        self.control = settings.CACHE_CONTROL_PERSONAL if personal else settings.CACHE_CONTROL_PUBLIC

    def unchanged(self, request: HttpRequest) -> HttpResponse | None:
        """304, where the visitor has this state already; 412 where he asks for another one only."""
        asked = request.META.get("HTTP_IF_NONE_MATCH", "")
        # The same state compressed has a name of its own: a strong ETag stands for bytes. "*" asks whether there is
        # such a page at all, which only drawing it tells.
        request.META["HTTP_IF_NONE_MATCH"] = "" if "*" in asked else asked.replace(GZIP, '"')
        seconds = int(self.modified.timestamp()) if self.modified else None
        answer = get_conditional_response(request, etag=self.etag, last_modified=seconds)
        request.META["HTTP_IF_NONE_MATCH"] = asked
        if answer is None:
            return None
        marked = self.put_on(answer)
        if GZIP in asked:
            marked.headers["ETag"] = self.etag[:-1] + GZIP
        return answer

    def put_on(self, response: HttpResponseBase) -> HttpResponseBase:
        """The headers, on an answer that is the page and has none of its own."""
        if response.status_code not in (200, 304) or response.has_header("Cache-Control"):
            return response
        response.headers["ETag"] = self.etag
        response.headers["Cache-Control"] = self.control
        if self.modified:
            response.headers["Last-Modified"] = http_date(self.modified.timestamp())
        return response


def last_modified(raised_at: datetime | None) -> datetime | None:
    """When what the public sees may have changed: with the catalogue, with the day, with this build.

    None within the second of a change: another one may follow in it, and the header counts in seconds.
    """
    if raised_at is None or now() - raised_at < timedelta(seconds=1):
        return None
    midnight = now().astimezone().replace(hour=0, minute=0, second=0, microsecond=0)
    return max(raised_at, midnight, settings.STARTED_AT)


def normalised(request: HttpRequest) -> str:
    """The query string in one order of its names; the values of a name keep theirs, for it may matter."""
    pairs = parse_qsl(request.META.get("QUERY_STRING", ""), keep_blank_values=True, max_num_fields=None)
    return urlencode(sorted(pairs, key=lambda pair: pair[0]), errors="replace")


def is_worth_keeping(request: HttpRequest) -> bool:
    """Whether others may ask for the same: an address of ours, not one that somebody made longer.

    Inside a transaction nothing is kept: what it wrote may yet be rolled back.
    """
    query = request.META.get("QUERY_STRING", "")
    return len(query) <= LONGEST_QUERY and set(request.GET) <= SHAPING and not database().in_atomic_block


def drawn_once(validators: Validators, draw: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    """The kept page; else the page drawn now, by the first of those who ask for it at once."""
    found = kept_page(validators)
    if found is not None:
        return found
    with _locks_guard:
        lock = _locks.setdefault(validators.key, threading.Lock())
    with lock:
        found = kept_page(validators)
        if found is not None:
            return found
        try:
            response = draw()
            keep(validators, response)
            return validators.put_on(response)
        finally:
            with _locks_guard, suppress(KeyError):
                del _locks[validators.key]


def keep(validators: Validators, response: HttpResponseBase) -> None:
    """The page, unless it is another answer, is for one person, or comes in pieces."""
    if not isinstance(response, HttpResponse) or response.status_code != 200:
        return
    if not response.cookies and not response.has_header("Cache-Control"):
        cache.set(validators.key, (dict(response.headers), response.content), KEPT_FOR)


def kept_page(validators: Validators) -> HttpResponseBase | None:
    found = cache.get(validators.key)
    if found is None:
        return None
    headers, content = found
    return validators.put_on(HttpResponse(content, headers=headers))

"""What is about HTTP and not about practices."""

from collections.abc import Callable
from threading import BoundedSemaphore

from django.conf import settings
from django.db import DatabaseError, InterfaceError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.common import CommonMiddleware
from django.middleware.gzip import GZipMiddleware
from django.middleware.locale import LocaleMiddleware
from django.template.loader import render_to_string
from django.utils import translation

from . import replica
from .data_addresses import is_data
from .outages import is_away, is_full, unreachable
from .requests import declared_length
from .uploads import MEGABYTE

Handler = Callable[[HttpRequest], HttpResponseBase]
# Threads of a worker that may wait for strangers' bodies.
AT_ONCE = 2


class Slashes(CommonMiddleware):
    """A page without its last slash is redirected to the one with it; an address of data is no page."""

    def should_redirect_with_slash(self, request: HttpRequest) -> bool:
        return not is_data(request) and super().should_redirect_with_slash(request)


class LanguageFromAddress(LocaleMiddleware):
    """Spanish at /, English under /en/, and nothing else decides.

    The stock middleware adds `Vary: Accept-Language` to pages whose language does not depend on it, which
    would make every shared cache keep one copy per browser setting.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        response.headers.setdefault("Content-Language", translation.get_language() or settings.LANGUAGE_CODE)
        return response


class Compression(GZipMiddleware):
    """gzip for what is text. Files that staff attached and documents for paper are packed already.

    A length in bytes of 2 to 102, at random, is added to each answer (Django's own measure against BREACH), and the
    tokens of forms are masked anew in each.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        kind = response.headers.get("Content-Type", "").partition(";")[0]
        if not kind.startswith("text/") and not kind.endswith(("json", "xml")):
            return response
        etag = response.headers.get("ETag", "")
        packed = super().process_response(request, response)
        if etag.startswith('"') and packed.headers.get("Content-Encoding") == "gzip":
            # Strong still: other bytes, another name (practices.web.caching knows both).
            packed.headers["ETag"] = f'{etag[:-1]}-gzip"'
        return packed


class RequestSize:
    """A body that is larger than any form of ours is refused by what it says of itself, before a byte of it is read.

    Forms with files belong to people who have a session; everybody else sends a few lines.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        length = declared_length(request)
        if length is None:
            return HttpResponse(render_to_string("400.html"), status=400, headers={"Connection": "close"})
        if length > self._most(request):
            return HttpResponse(render_to_string("413.html"), status=413, headers={"Connection": "close"})
        return self.get_response(request)

    def _most(self, request: HttpRequest) -> int:
        """Bytes."""
        if settings.SESSION_COOKIE_NAME not in request.COOKIES:
            return settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        return settings.MAX_RECORD_MB * MEGABYTE + settings.DATA_UPLOAD_MAX_MEMORY_SIZE


class SlowBodies:
    """What strangers send is taken in before anything else is done, from two of them at a time.

    A thread waits for a body as long as it takes to come. There are four of them to a worker: without this, four
    connections that send a byte a second would be all that it serves. A form of a stranger takes no time to come.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response
        self._turns = BoundedSemaphore(AT_ONCE)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        has_body = request.META.get("CONTENT_LENGTH") not in (None, "", "0")
        if not has_body or settings.SESSION_COOKIE_NAME in request.COOKIES:
            return self.get_response(request)
        if not self._turns.acquire(blocking=False):
            return away(is_database=False)
        try:
            # Django keeps it for whoever reads the form.
            request.body  # noqa: B018
        finally:
            self._turns.release()
        return self.get_response(request)


class DatabaseOutage:
    """A database or a store of files that is away is a 503 with Retry-After, and a full disk a 507; not a bare 500."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if unreachable.turns_away(replica.reads_from()):
            return away(is_database=True)
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return refusal(exception)


def refusal(error: BaseException) -> HttpResponse | None:
    """What is answered where this is why there is no answer; None where it is a fault of ours."""
    if is_full(error):
        page = render_to_string("507.html")
        return HttpResponse(page, status=507, headers={"Cache-Control": "no-store"})
    if not is_away(error):
        return None
    if is_database := isinstance(error, DatabaseError | InterfaceError):
        replica.outage(error)
    return away(is_database=is_database)


def away(*, is_database: bool) -> HttpResponse:
    headers = {"Retry-After": "10", "Cache-Control": "no-store"}
    response = HttpResponse(render_to_string("503.html"), status=503, headers=headers)
    if is_database:
        setattr(response, replica.OUTAGE, True)
    return response

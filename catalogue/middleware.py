"""What is about HTTP and not about practices."""

from collections.abc import Callable

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.middleware.locale import LocaleMiddleware
from django.template.loader import render_to_string
from django.utils import translation

from .requests import declared_length
from .uploads import MEGABYTE

Handler = Callable[[HttpRequest], HttpResponseBase]

PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()" for feature in ("camera", "geolocation", "microphone", "payment", "usb", "interest-cohort")
)


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


class ResponseHeaders:
    """Headers that neither Django nor django-csp sets."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response


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


class DatabaseOutage:
    """A database that is away is a 503 with Retry-After, not a bare 500."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, OperationalError | InterfaceError):
            return None
        return HttpResponse(render_to_string("503.html"), status=503, headers={"Retry-After": "10"})

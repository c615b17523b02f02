"""Requests read so that nothing that a stranger writes into a header is an error of ours."""

import re
from typing import Any

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.http import HttpRequest
from django.middleware.csrf import CSRF_SECRET_LENGTH, CSRF_TOKEN_LENGTH
from django.utils.functional import cached_property
from django.utils.http import parse_header_parameters

PLAIN = re.compile(r"[A-Za-z0-9]{1,64}")


class Request(WSGIRequest):
    """Text is UTF-8, whatever charset the request declares: Python knows charsets that decode no text at all (`hex`,
    `undefined`), and all of our pages are UTF-8. Django would try the declared one, on addresses too."""

    def _set_content_type_params(self, meta: dict[str, Any]) -> None:
        try:
            self.content_type, self.content_params = parse_header_parameters(meta.get("CONTENT_TYPE", ""))
        except (LookupError, ValueError):
            # A parameter with an encoding of its own, unknown or impossible.
            self.content_type, self.content_params = "", {}

    @cached_property
    def COOKIES(self) -> dict[str, str]:  # type: ignore[override]  # noqa: N802 - Django's name
        """Without those of our names that we never gave. A session with a NUL in it, written as an escape between
        quotes, is one that no database looks for; and whoever sends a broken token is given a new one by Django, on
        pages too that give nobody a cookie."""
        return {name: value for name, value in super().COOKIES.items() if _may_be_ours(name, value)}


def _may_be_ours(name: str, value: str) -> bool:
    if name == settings.CSRF_COOKIE_NAME:
        return len(value) in (CSRF_SECRET_LENGTH, CSRF_TOKEN_LENGTH) and bool(PLAIN.fullmatch(value))
    return name != settings.SESSION_COOKIE_NAME or bool(PLAIN.fullmatch(value))


class Handler(WSGIHandler):
    request_class = Request


def declared_length(request: HttpRequest) -> int | None:
    """How many bytes the body says it has; None where that is no number. Python reads more as numbers than HTTP does
    (`+1`, `1_0`, digits of other scripts), and a thousand digits not at all."""
    text = request.META.get("CONTENT_LENGTH") or "0"
    if not (text.isascii() and text.isdigit()):
        return None
    return int(text[:30])

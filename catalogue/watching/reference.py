"""What a request is called: in the header X-Request-ID, on the pages that say that something failed, and in every
line that is logged of it. So whoever tells the reference leads the engineer to the very lines."""

import os
import re
from contextvars import ContextVar
from typing import Any

from django.conf import settings
from django.core.signals import request_finished
from django.http import HttpRequest

from catalogue.client import is_from_trusted_proxy

_SANE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._=+-]{7,63}").fullmatch
_NONE = ("", None)

# The reference and the request of this thread. The request is held only to tell its path where something is logged.
_current: ContextVar[tuple[str, HttpRequest | None]] = ContextVar("request_reference", default=_NONE)


def name_request(request: HttpRequest) -> str:
    """The reference of this request, from now until it is finished: the one that a trusted proxy gave it, else new."""
    given: str = request.META.get("HTTP_X_REQUEST_ID", "")
    is_believed = given and settings.TRUSTED_PROXIES and _SANE(given) and is_from_trusted_proxy(request)
    reference = given if is_believed else os.urandom(6).hex()
    _current.set((reference, request))
    return reference


def current_reference() -> str:
    """ "" outside a request."""
    return _current.get()[0]


def current_request() -> HttpRequest | None:
    return _current.get()[1]


def forget(sender: Any = None, **kwargs: Any) -> None:
    """Receiver: the thread may serve others, or nobody, from now on."""
    _current.set(_NONE)


def forget_when_finished() -> None:
    request_finished.connect(forget, dispatch_uid="reference_forgotten")

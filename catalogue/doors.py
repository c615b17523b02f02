"""Deny by default: no view of the staff's site is reached by a stranger because somebody forgot to wrap it."""

from collections.abc import Callable, Iterable
from typing import Any

from django.urls import URLPattern, URLResolver

FOR_STAFF = "for_staff"
"""The mark of a view that asks by itself who is there."""
WRAPPED = (FOR_STAFF, "admin_site", "model_admin")
"""Of these Django's own wrappers leave the last two."""
OPEN = frozenset({"login", "login_code"})
"""By name: the two steps of coming in."""


def closed(patterns: Iterable[URLPattern | URLResolver], wrap: Callable[[Any], Any]) -> list[Any]:
    """The same addresses, each behind `wrap` that was not behind it."""
    found = list(patterns)
    for pattern in found:
        if isinstance(pattern, URLResolver):
            closed(pattern.url_patterns, wrap)
        elif pattern.name not in OPEN and not any(hasattr(pattern.callback, mark) for mark in WRAPPED):
            pattern.callback = wrap(pattern.callback)
    return found

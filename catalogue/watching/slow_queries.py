"""Which SQL took longer than SLOW_QUERY_MS, without what was asked for."""

import logging
import re
from collections.abc import Callable
from time import perf_counter
from typing import Any

from django.conf import settings
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

from .masking import shown_path
from .reference import current_request

LONGEST = 1_000
_MARKS = re.compile(r"%s(?:, %s){2,}")
_ROWS = re.compile(r"(\([^()]*%s[^()]*\))(?:, \1)+")

log = logging.getLogger("catalogue.slow_query")


def timed(execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: dict[str, Any]) -> Any:
    """An execute wrapper of Django's connections."""
    began = perf_counter()
    try:
        return execute(sql, params, many, context)
    finally:
        milliseconds = (perf_counter() - began) * 1000
        if milliseconds >= settings.SLOW_QUERY_MS:
            tell(context["connection"].alias, str(sql), milliseconds)


def tell(alias: str, sql: str, milliseconds: float) -> None:
    request = current_request()
    told = {"ms": round(milliseconds), "database": alias, "path": shown_path(request.path) if request else "-"}
    log.warning("slow query, %d ms, %s, %s: %s", *told.values(), statement(sql), extra=told)


def statement(sql: str) -> str:
    """On one line, as long as it needs to be known by: marks for values, and rows of them, are told once."""
    text = _MARKS.sub("%s, …", " ".join(sql.split()))
    return _ROWS.sub(r"\1, …", text)[:LONGEST]


def watch_connection(connection: BaseDatabaseWrapper, **kwargs: Any) -> None:
    """Receiver of connection_created, which tells of each time that a thread opens its connection."""
    if timed not in connection.execute_wrappers:
        connection.execute_wrappers.append(timed)


def watch() -> None:
    """Costs nothing where SLOW_QUERY_MS is 0."""
    if settings.SLOW_QUERY_MS > 0:
        connection_created.connect(watch_connection, dispatch_uid="slow_queries")

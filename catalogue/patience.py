"""How long a writing waits for its turn."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DEFAULT_DB_ALIAS, connections

SHORT = 100
"""Milliseconds."""


@contextmanager
def not_waiting(alias: str = DEFAULT_DB_ALIAS) -> Iterator[None]:
    """What is written within is not worth a wait of the page that it belongs to: on SQLite, where one writes at a
    time, it fails at once (OperationalError) while somebody else does."""
    connection = connections[alias]
    if connection.vendor != "sqlite":
        yield
        return
    usual = int(connection.settings_dict["OPTIONS"].get("timeout", 5) * 1000)
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA busy_timeout = {SHORT}")
        try:
            yield
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {usual}")

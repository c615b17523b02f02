"""How long a writing waits for its turn, and that no reading does."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.signals import connection_created

SHORT = 100
"""Milliseconds."""


def begin() -> None:
    connection_created.connect(_know_json, dispatch_uid="catalogue.patience")


def _know_json(connection: Any, **_others: Any) -> None:
    """Django finds out whether SQLite knows JSON in a transaction, which writes here: a page would wait for whoever is
    writing, and take for ever after that SQLite knows none. Ours does (Django 5.2 asks for 3.31; JSON is in 3.9)."""
    if connection.vendor == "sqlite":
        vars(connection.features)["supports_json_field"] = True


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

"""What the two databases do differently, and nothing else. An engine stores tokens and gives back ids."""

from django.db import DEFAULT_DB_ALIAS, connections

from .base import Engine
from .postgresql import PostgreSQL
from .sqlite import SQLite

__all__ = ["Engine", "engine"]

_ENGINES: dict[str, Engine] = {"sqlite": SQLite(), "postgresql": PostgreSQL()}


def engine(using: str = DEFAULT_DB_ALIAS) -> Engine:
    """The engine of this connection's database."""
    return _ENGINES[connections[using].vendor]

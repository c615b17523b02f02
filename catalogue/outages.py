"""What may be away, or full, for a while."""

import errno
import sqlite3
import sys
from threading import Lock
from time import monotonic
from typing import Any

from django.db import InterfaceError, OperationalError, connections

from .absence import Absences

NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
DISK_FULL = "53100"
# PostgreSQL's words for a connection that is lost or refused, and for a server that stops or begins.
GONE = ("08", "57P")

# Seconds between attempts to reach what was away, and the longest that one of them takes.
PAUSE, LOOK = 1.0, 10.0


class FilesAway(OSError):
    """The store of uploaded files does not answer, or not as it should. An OSError, as it would be with a disk."""


def is_full(error: BaseException) -> bool:
    """Whether there is no room left, for files or for the database."""
    if isinstance(error, OperationalError):
        said = error.__cause__
        sqlite = getattr(said, "sqlite_errorcode", None)
        return getattr(said, "sqlstate", None) == DISK_FULL or sqlite == sqlite3.SQLITE_FULL
    return isinstance(error, OSError) and error.errno in NO_ROOM


def is_away(error: BaseException) -> bool:
    """Whether what keeps our data did not answer; nothing was done then."""
    return isinstance(error, OperationalError | InterfaceError | FilesAway)


def is_gone(error: BaseException) -> bool:
    """Whether the connection to the database is lost, or there was none."""
    state = getattr(error.__cause__, "sqlstate", None) or GONE[0]
    return bool(state.startswith(GONE))


def _waited_in_vain(error: BaseException) -> bool:
    """Whether no connection came free in time. Asked without loading psycopg, which takes ten megabytes of each worker
    and is loaded already where there is a pool."""
    pool = sys.modules.get("psycopg_pool")
    return pool is not None and isinstance(error.__cause__, pool.PoolTimeout)


class Unreachable:
    """Databases to which there was no connection a moment ago.

    Without this, each request would wait for one until it gives up, and all threads with it: while a database is
    away, one request at a time looks whether it is back, and the others are told at once.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._absences = Absences(PAUSE, LOOK)
        self._emptied: dict[str, float] = {}

    def notice(self, alias: str, error: Exception) -> None:
        """What a request of that database met."""
        if _waited_in_vain(error):
            self._absences.begins(alias)
        elif is_gone(error):
            self._forget_connections(alias)

    def turns_away(self, alias: str) -> bool:
        if alias not in self._absences:
            return False
        return not self._absences.is_worth_asking(alias) or not self._is_back(alias)

    def _is_back(self, alias: str) -> bool:
        try:
            connections[alias].ensure_connection()
        except (OperationalError, InterfaceError):
            self._absences.begins(alias)
            return False
        self._absences.ends(alias)
        return True

    def _forget_connections(self, alias: str) -> None:
        """Where one is dead the others are, and each would make one more request fail."""
        pool: Any = getattr(connections[alias], "pool", None)
        with self._lock:
            if not pool or pool.closed or monotonic() < self._emptied.get(alias, 0) + PAUSE:
                return
            self._emptied[alias] = monotonic()
        pool.drain()


unreachable = Unreachable()

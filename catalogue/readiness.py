"""What the site needs to do its work: the database as this build wants it, the index, room on the disk, the cache.

What does not answer must not hold back the answer: each check runs in a thread of its own, one at a time in this
process, and whoever asks meanwhile waits for the same one. The verdicts are words of ours: nothing of what an error
says is told to strangers, it is logged.
"""

import logging
import os
import secrets
import threading
from collections.abc import Callable, Iterable, Mapping
from functools import cache, partial
from pathlib import Path
from time import monotonic

from django.conf import settings
from django.core.cache import cache as pages
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.utils import CursorWrapper
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from .places import written_folders
from .watching.masking import shown_message

LONGEST = 0.7
"""Seconds."""
MEGABYTE = 1024 * 1024

OK = "ok"
NO_ANSWER = "no answer"
UNKNOWN = "not known"

log = logging.getLogger(__name__)

Verdicts = Mapping[str, str]


class Check:
    """Verdicts under these names, from a function that may take for ever."""

    def __init__(self, names: Iterable[str], ask: Callable[[], Verdicts]) -> None:
        self.names = tuple(names)
        self.ask = ask
        self.guard = threading.Lock()
        self.running: _Run | None = None

    def begin(self) -> "_Run":
        with self.guard:
            if self.running is None or self.running.done.is_set():
                self.running = _Run(self)
            return self.running


class _Run:
    def __init__(self, check: Check) -> None:
        self.check = check
        self.began = monotonic()
        self.done = threading.Event()
        self.verdicts: Verdicts = {}
        # A thread that hangs must not keep the process from ending.
        threading.Thread(target=self.run, name=f"readiness-{check.names[0]}", daemon=True).start()

    def run(self) -> None:
        try:
            self.verdicts = self.check.ask()
        except Exception as error:
            log.warning("readiness: the %s does not answer: %s", self.check.names[0], shown_message(error))
            self.verdicts = _without_answer(self.check.names)
        finally:
            self.done.set()

    def wait(self) -> Verdicts:
        self.done.wait(max(0.0, self.began + LONGEST - monotonic()))
        return self.verdicts if self.done.is_set() else _without_answer(self.check.names)


def verdicts() -> dict[str, str]:
    """OK, or what is wrong, for each thing that this installation needs."""
    found: dict[str, str] = {}
    for run in [check.begin() for check in checks()]:
        found |= run.wait()
    return found


def is_ready(found: Mapping[str, str]) -> bool:
    """A database for reading is told of, and does without: the site reads from the other one meanwhile."""
    beside = set(settings.DATABASES) - {DEFAULT_DB_ALIAS}
    return all(verdict == OK for name, verdict in found.items() if name not in beside)


@cache
def checks() -> list[Check]:
    wanted = [Check(("database", "migrations", "index"), ask_database)]
    wanted += [
        Check((alias,), partial(ask_further, alias)) for alias in settings.DATABASES if alias != DEFAULT_DB_ALIAS
    ]
    wanted.append(Check(("disk",), ask_disk))
    return [*wanted, Check(("cache",), ask_cache)] if settings.CACHE_URL else wanted


def _without_answer(names: tuple[str, ...]) -> Verdicts:
    return {name: UNKNOWN if place else NO_ANSWER for place, name in enumerate(names)}


def ask_database() -> Verdicts:
    """Three queries, in a connection of this thread's own."""
    connection = connections[DEFAULT_DB_ALIAS]
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            pending = pending_migrations()
            # Tables of another shape would only fail.
            index = UNKNOWN if pending else index_verdict(cursor)
        return {"database": OK, "migrations": f"{pending} pending" if pending else OK, "index": index}
    finally:
        connection.close()


def ask_further(alias: str) -> Verdicts:
    """A database for reading: whether it has the tables of this build."""
    connection = connections[alias]
    try:
        return {alias: OK if not pending_migrations(alias) else "behind"}
    finally:
        connection.close()


def pending_migrations(alias: str = DEFAULT_DB_ALIAS) -> int:
    """How many migrations of this build the database lacks. One query."""
    return len(wanted_migrations() - set(MigrationRecorder(connections[alias]).applied_migrations()))


@cache
def wanted_migrations() -> frozenset[tuple[str, str]]:
    """They are files: read once in a process."""
    return frozenset(MigrationLoader(None, ignore_no_migrations=True).graph.nodes)


def index_verdict(cursor: CursorWrapper) -> str:
    """Whether as many can be found as are published. One statement, so that nobody publishes in between."""
    cursor.execute(
        "SELECT (SELECT count(*) FROM practices_search), "
        "(SELECT count(*) FROM practices_publication WHERE status = 'current')"
    )
    indexed, published = cursor.fetchone()
    if indexed == published:
        return OK
    return "empty" if not indexed else "not that of the publications"


def ask_disk() -> Verdicts:
    return {"disk": next((fault for folder in written_folders() if (fault := disk_fault(folder))), OK)}


def disk_fault(folder: Path) -> str:
    """ "" where there is none. A folder that is full has no room for the names of files either."""
    if not folder.is_dir():
        return "a folder is missing"
    if not os.access(folder, os.W_OK | os.X_OK):
        return "a folder cannot be written"
    free = os.statvfs(folder)
    if free.f_bavail * free.f_frsize < settings.READY_FREE_MB * MEGABYTE or (free.f_files and not free.f_favail):
        return "little room"
    return ""


def ask_cache() -> Verdicts:
    """What was written must be read again: a cache that only reads is none."""
    token = secrets.token_hex(8)
    pages.set("readyz", token, 10)
    return {"cache": OK if pages.get("readyz") else "keeps nothing"}

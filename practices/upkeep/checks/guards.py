"""The triggers that keep history as it was and former codes with their practice."""

from collections.abc import Iterator

from django.db import connection

from practices.models.code_guard import NAMES, TAKEN, install_code_guard
from practices.models.immutability import TABLES, install_trigger
from practices.upkeep.finding import Finding, Kind

SQLITE = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
POSTGRESQL = (
    "SELECT tgname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid "
    "WHERE NOT tgisinternal AND tgenabled IN ('O', 'A') AND pg_table_is_visible(pg_class.oid)"
)


def missing() -> Iterator[Finding]:
    """One query."""
    with connection.cursor() as cursor:
        cursor.execute(SQLITE if connection.vendor == "sqlite" else POSTGRESQL)
        known = {name for (name,) in cursor.fetchall()}
    wanted = [f"{table}_frozen" for table in TABLES]
    wanted += [f"{table}_code_{name}" for table in TAKEN for name in NAMES]
    yield from (Finding(Kind.GUARDS, name) for name in wanted if name not in known)


def install() -> None:
    install_trigger()
    install_code_guard()

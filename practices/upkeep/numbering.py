"""The numbers that tables have given out. An id that was given once is never given again, in a restored database
either: history still speaks of records that were deleted."""

from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.db.models import Max, Model


def last_given(model: type[Model]) -> int | None:
    """The highest id that the table ever gave out; None where it numbers nothing. Two queries."""
    auto = model._meta.auto_field
    if auto is None:
        return None
    highest = model._base_manager.aggregate(highest=Max("pk"))["highest"] or 0
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            return max(highest, _sqlite(cursor, table))
        return max(highest, _postgresql(cursor, table, str(auto.column)))


def go_on_after(model: type[Model], number: int) -> None:
    """Let the table go on after that number, or where it is already past it.

    Never back: PostgreSQL does not take this back with a transaction that fails.
    """
    auto = model._meta.auto_field
    if auto is None or (number := max(number, last_given(model) or 0)) < 1:
        return
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table])
            cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, number])
        else:
            cursor.execute("SELECT setval(pg_get_serial_sequence(%s, %s), %s)", [f'"{table}"', auto.column, number])


def _sqlite(cursor: CursorWrapper, table: str) -> int:
    cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
    row = cursor.fetchone()
    return int(row[0]) if row else 0


def _postgresql(cursor: CursorWrapper, table: str, column: str) -> int:
    cursor.execute("SELECT pg_sequence_last_value(pg_get_serial_sequence(%s, %s)::regclass)", [f'"{table}"', column])
    row = cursor.fetchone()
    return int(row[0] or 0)

"""All rows of the database kept aside and put back: what many tests begin with, made once."""

import sqlite3
from collections.abc import Callable

from django.contrib.contenttypes.models import ContentType
from django.contrib.sites.models import Site
from django.db import connection, transaction
from psycopg.sql import SQL, Identifier

PutBack = Callable[[], None]


def keep() -> PutBack:
    """What the database holds now; the answer puts it back, in place of all that it holds by then."""
    put_back = _keep_file() if connection.vendor == "sqlite" else _keep_tables()

    def again() -> None:
        put_back()
        ContentType.objects.clear_cache()
        Site.objects.clear_cache()

    return again


def _keep_file() -> PutBack:
    kept = sqlite3.connect(":memory:")
    connection.ensure_connection()
    connection.connection.backup(kept)

    def put_back() -> None:
        connection.ensure_connection()
        kept.backup(connection.connection)

    return put_back


def _keep_tables() -> PutBack:
    """Numbers that were given out go on where they are, beyond every one that is put back. Rows are deleted: to
    truncate makes new files for every table and index, which takes ten times as long where there are few rows."""
    with connection.cursor() as cursor:
        kept = {}
        for table in sorted(connection.introspection.django_table_names(only_existing=True, include_views=False)):
            with cursor.copy(SQL("COPY {} TO STDOUT").format(Identifier(table))) as rows:
                kept[table] = b"".join(bytes(row) for row in rows)

    def put_back() -> None:
        # One transaction: what a row refers to may come after it.
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(SQL(";").join(SQL("DELETE FROM {}").format(Identifier(table)) for table in kept))
            for table in filter(kept.get, kept):
                with cursor.copy(SQL("COPY {} FROM STDIN").format(Identifier(table))) as rows:
                    rows.write(kept[table])

    return put_back

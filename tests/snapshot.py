"""All rows of the database kept aside and put back: the same records for many tests, made once."""

import sqlite3
from collections.abc import Callable

from django.contrib.contenttypes.models import ContentType
from django.contrib.sites.models import Site
from django.db import connection, transaction

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
    """Numbers that were given out go on where they are, beyond every one that is put back."""
    with connection.cursor() as cursor:
        kept = {}
        for table in sorted(connection.introspection.django_table_names(only_existing=True, include_views=False)):
            with cursor.copy(f'COPY "{table}" TO STDOUT') as rows:
                kept[table] = b"".join(bytes(row) for row in rows)

    def put_back() -> None:
        # One transaction: what a row refers to may come after it.
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("TRUNCATE {}".format(", ".join(f'"{table}"' for table in kept)))
            for table in filter(kept.get, kept):
                with cursor.copy(f'COPY "{table}" FROM STDIN') as rows:
                    rows.write(kept[table])

    return put_back

"""Rows as lines of JSON and back, every value exactly: microseconds, decimals, bytes, the ids themselves.

Django's own serializers are for fixtures: they cut times to milliseconds and save through signals, one row at a time.
"""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

import msgspec
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection
from django.db.models import Field, Model

BATCH = 500
"""Rows in memory at once. A publication has some 20 kB."""


class BrokenRow(ValueError):
    """A line is no row of its table; the message says which and why."""


def fields_of(model: type[Model]) -> list[Field]:
    """The columns of its own table; of a page, those beside its flat page."""
    return [field for field in model._meta.local_concrete_fields if not field.generated]


def column_names(model: type[Model]) -> list[str]:
    return [field.attname for field in fields_of(model)]


def lines_of(model: type[Model]) -> Iterator[bytes]:
    """Every row of its table as an object on a line of its own, by primary key."""
    names = column_names(model)
    rows = model._base_manager.order_by("pk").values_list(*names)
    for row in rows.iterator(chunk_size=BATCH):
        yield msgspec.json.encode(dict(zip(names, row, strict=True))) + b"\n"


def write_lines(model: type[Model], lines: Iterable[bytes]) -> Iterator[int]:
    """Put the rows into the table as they are: no signal, no `auto_now`, no default. Yields how many are written so
    far, a batch at a time. Raises BrokenRow."""
    fields = fields_of(model)
    quote = connection.ops.quote_name
    columns, marks = ", ".join(quote(str(f.column)) for f in fields), ", ".join(["%s"] * len(fields))
    sql = f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES ({marks})"  # noqa: S608 - names of our own
    written, rest = 0, iter(lines)
    while batch := list(islice(rest, BATCH)):
        rows = [_values(model, fields, line, written + place) for place, line in enumerate(batch, 1)]
        try:
            with connection.cursor() as cursor:
                cursor.executemany(sql, rows)
        except (DatabaseError, ValueError) as error:
            # psycopg refuses by ValueError what no text of PostgreSQL can hold.
            raise BrokenRow(f"{model._meta.label}, {written + 1}–{written + len(batch)}: {error}") from error
        written += len(batch)
        yield written


def _values(model: type[Model], fields: list[Field], line: bytes, place: int) -> list[Any]:
    try:
        row = msgspec.json.decode(line, type=dict[str, Any])
        return [field.get_db_prep_save(field.to_python(row[field.attname]), connection) for field in fields]
    except (ValueError, TypeError, LookupError, ValidationError) as error:
        raise BrokenRow(f"{model._meta.label}, {place}: {error}") from error

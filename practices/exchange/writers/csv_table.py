"""The CSV of a selection, out of rows that were drawn when their practices were published."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext

from .columns_out import header
from .csv_out import Dialect, csv_lines
from .csv_row import rows_in
from .drawn import ROW, contents

PIECE = 50
"""Rows that leave together: about 150 kB, which a processor has at hand while it fills them in."""


def table_of(batches: Iterable[list[int]], dialect: Dialect, start: str) -> Iterator[bytes]:
    """The file in pieces; `start` is what the addresses of practices begin with.

    The words are those of the language in force at the call, for what is streamed is written when the request is
    over. One query for each batch.
    """
    head = "".join(csv_lines(header(), [], dialect)).encode()
    return _pieces(head, batches, dialect, (start, gettext("yes"), gettext("no")))


def _pieces(
    head: bytes, batches: Iterable[list[int]], dialect: Dialect, words: tuple[str, str, str]
) -> Iterator[bytes]:
    for ids in batches:
        rows = contents(ROW, ids)
        for place in range(0, len(ids), PIECE):
            piece = b"".join([rows[pk] for pk in ids[place : place + PIECE] if pk in rows])
            yield head + rows_in(piece, dialect, *words)
            head = b""
    if head:
        yield head

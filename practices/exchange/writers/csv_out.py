"""Rows as the CSV that a spreadsheet in Spanish opens by a double click: UTF-8 with its mark, semicolons.

Whatever could be taken for a formula gets an apostrophe, so that nothing in a record ever runs on somebody's machine.
"""

import csv
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any

from django.utils.text import slugify

BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"
SEPARATOR = ";"
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
LONGEST_NAME = 100


class _Echo:
    """A file that hands back what is written into it."""

    def write(self, text: str) -> str:
        return text


def csv_lines(header: Sequence[Any], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    """The file, a line at a time, the mark first."""
    writer = csv.writer(_Echo(), delimiter=SEPARATOR)
    yield BOM
    yield writer.writerow(map(cell, header))
    for row in rows:
        yield writer.writerow(map(cell, row))


def cell(value: Any) -> str:
    """A value as a cell: a number with the decimal comma of Colombia, a text that no program takes for a formula."""
    if isinstance(value, int | Decimal):
        return _plain(Decimal(value))
    text = "" if value is None else str(value)
    return f"'{text}" if text.lstrip(" \N{NO-BREAK SPACE}").startswith(FORMULA) else text


def _plain(number: Decimal) -> str:
    text = format(number, "f")
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace(".", ",")


def file_name(*words: str) -> str:
    """Said in words, as the name of a file that every system takes."""
    return f"{slugify(' '.join(words))[:LONGEST_NAME].rstrip('-') or 'datos'}.csv"

"""A practice as a row of the CSV: drawn once, with marks for what differs between one dialect and another.

A text that holds what any dialect separates by is quoted, so that one row serves them all. The marks are control
characters, which no text of a document holds.
"""

from urllib.parse import quote

from practices.document import PracticeDocument
from practices.models.publication import Publication

from .columns_out import Value, values_of
from .csv_out import Dialect, cell, quoted

CELL, POINT, START, YES, NO = "\x1f", "\x1e", "\x1d", "\x1c", "\x1b"
_AWAY = str.maketrans(dict.fromkeys((CELL, POINT, START, YES, NO), " "))


def row_of(publication: Publication, document: PracticeDocument) -> bytes:
    """The row with its marks, and the end of its line."""
    address = f"{START}{quote(publication.code)}/"
    own = {address, YES, NO}
    values = values_of(publication, document, address, YES, NO)
    return (CELL.join([value if value in own else _cell(value) for value in values]) + "\r\n").encode()  # type: ignore[misc]


def _cell(value: Value) -> str:
    plain = value.translate(_AWAY) if isinstance(value, str) else value
    return quoted(cell(plain, POINT), ";,")


def rows_in(rows: bytes, dialect: Dialect, start: str, yes: str, no: str) -> bytes:
    """Rows as that dialect has them; `start` is what the addresses of practices begin with."""
    for mark, text in ((CELL, dialect.separator), (POINT, dialect.decimal_mark), (START, start), (YES, yes), (NO, no)):
        if mark.encode() in rows:
            rows = rows.replace(mark.encode(), text.encode())
    return rows

"""CSV as Excel and others write it: any of the usual separators and encodings, line breaks within quotes."""

import codecs
import csv
import io
import re
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from django.utils.translation import gettext as _

from .grid import MOST_CELLS, MOST_COLUMNS, MOST_ROWS, SHOWN, Cell, Row, Sheet, too_long
from .reading import NotAnImport
from .table import score
from .values import LONGEST

MOST_BYTES = 64 * 1024 * 1024
SEPARATORS = ";,\t|"
LOOKED_AT = 30
# A longer field ends the reading of the whole file; each field is held to its own limit afterwards.
csv.field_size_limit(MOST_BYTES)

_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


@dataclass(frozen=True)
class Dialect:
    """How a file is written, so that it can be written so again. `lead` is its first line when that is “sep=;”."""

    encoding: str
    separator: str
    line_end: str
    lead: str = ""


def read_csv(path: Path) -> Sheet:
    """The one sheet of the file, named "". Raises NotAnImport."""
    rows, _dialect = rows_of(path)
    sheet = Sheet("")
    cells = 0
    for number, values in enumerate(rows, 1):
        cells += len(values)
        if cells > MOST_CELLS:
            raise _too_large(number)
        if any(value.strip() for value in values):
            sheet.rows.append(Row(number, [_cell(value) for value in values]))
    return sheet


def rows_of(path: Path) -> tuple[list[list[str]], Dialect]:
    """Every row as written, blank ones too, and how the file is written. Raises NotAnImport."""
    if path.stat().st_size > MOST_BYTES:
        raise NotAnImport(_("the file is larger than %d MB") % (MOST_BYTES // 1024 // 1024))
    text, encoding = decoded(path.read_bytes())
    line_end = "\r\n" if "\r\n" in text else "\n"
    lead, separator, body = _declared(text)
    _require_few_cells(body)
    separator = separator or _separator(body)
    rows: list[list[str]] = []
    try:
        for row in csv.reader(io.StringIO(body, newline=""), delimiter=separator):
            rows.append(row)
            if len(rows) > MOST_ROWS or len(row) > MOST_COLUMNS:
                raise _too_large(len(rows))
    except csv.Error as error:
        raise NotAnImport(str(error)) from error
    return ([[lead], *rows] if lead else rows), Dialect(encoding, separator, line_end, lead)


def _require_few_cells(text: str) -> None:
    """Before a row of millions is read as one. Raises NotAnImport."""
    for separator in SEPARATORS:
        if text.count(separator) > MOST_CELLS:
            one_too_many = next(islice(re.finditer(re.escape(separator), text), MOST_CELLS, None))
            raise _too_large(text.count("\n", 0, one_too_many.start()) + 1)


def _too_large(row: int) -> NotAnImport:
    return NotAnImport(_("row %(row)d: the sheet is too large to be read at once") % {"row": row})


def decoded(content: bytes) -> tuple[str, str]:
    """The text and its encoding: UTF-8 or UTF-16 where the file says so or it is valid, else Windows-1252."""
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return content.decode(encoding, errors="replace"), encoding
    for encoding in ("utf-8", "cp1252"):
        try:
            return content.decode(encoding), encoding
        except UnicodeDecodeError:
            continue
    # Five bytes mean nothing in Windows-1252; so no byte is lost.
    return content.decode("latin-1"), "latin-1"


def _declared(text: str) -> tuple[str, str, str]:
    """Excel's own first line “sep=;”: the line, the separator, and what follows."""
    first, _end, rest = text.partition("\n")
    first = first.rstrip("\r")
    if first.lower().startswith("sep=") and len(first) == 5 and first[4] in SEPARATORS:
        return first, first[4], rest
    return "", "", text


def _separator(text: str) -> str:
    """The one that shows a row of known headers; else the one that parts the most."""

    def told(separator: str) -> tuple[int, int]:
        rows: list[list[str]] = []
        try:
            for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
                rows.append(row)
                if len(rows) == LOOKED_AT:
                    break
        except csv.Error:
            return 0, 0
        return max((score(row) for row in rows), default=0), sum(len(row) > 1 for row in rows)

    return max(SEPARATORS, key=told)


def _cell(value: str) -> Cell:
    if too_long(value):
        return Cell(value[:SHOWN], _("longer than %d characters") % LONGEST)
    return Cell(value)

"""Rows as a spreadsheet: typed cells, a header that stays, and a second sheet that says what they are.

Written a row at a time to a file, so memory stays flat however many there are.
"""

import errno
import os
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import IO, Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from lxml.etree import SerialisationError
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from .columns_out import COLUMNS, Value, header

LONGEST = 32_767
"""Characters that a cell holds, as Excel counts them: those outside the basic plane twice."""
MOST_CUT = 200
"""Cut texts that are named one by one."""
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ACTIVE = ("=", "+", "-", "@")
_UNSURE = (*_ACTIVE, "#")
"""How a text begins that openpyxl, or whoever edits its cell, would take for a formula or an error."""


@dataclass
class About:
    """What the second sheet says."""

    site: str
    sentence: str
    address: str
    made_on: date
    licence: Sequence[str]
    """Lines: the title first."""


@dataclass
class _Cuts:
    """Texts that were longer than a cell; the first of them as code and column."""

    count: int = 0
    named: list[tuple[str, str]] = field(default_factory=list)

    def add(self, code: str, label: str) -> None:
        self.count += 1
        if len(self.named) < MOST_CUT:
            self.named.append((code, label))


def write_xlsx(file: IO[bytes], rows: Iterable[Sequence[Value]], about: About) -> None:
    """The rows of `columns_out.rows_of` as a workbook, into the file. Raises OSError."""
    book = Workbook(write_only=True)
    book.properties.creator, book.properties.title = _clean(about.site), _clean(about.sentence)
    labels, cuts = header(), _Cuts()
    try:
        count = _practices(book.create_sheet(_("Practices")), labels, rows, cuts)
        _about(book.create_sheet(_("About")), about, count, cuts)
        book.save(file)
    except BaseException as error:
        _tidy(book)
        if isinstance(error, SerialisationError):
            raise _as_os_error(error) from error
        raise


def _as_os_error(error: Exception) -> OSError:
    """openpyxl writes its sheets through lxml, which tells in a name of its own why it cannot: IO_ENOSPC."""
    number = getattr(errno, str(error).removeprefix("IO_"), errno.EIO)
    return OSError(number, os.strerror(number))


def _tidy(book: Workbook) -> None:
    """Delete the files that openpyxl would keep until the worker ends."""
    for sheet in book.worksheets:
        with suppress(Exception):
            # Ends the sheet in order. Where that cannot be done, the first failure is what is told.
            sheet.close()
        if sheet._writer is not None and Path(sheet._writer.out).exists():
            sheet._writer.cleanup()


def _practices(sheet: Any, labels: list[str], rows: Iterable[Sequence[Value]], cuts: _Cuts) -> int:
    """The sheet of data; how many practices it has."""
    sheet.freeze_panes = "B2"
    for place, column in enumerate(COLUMNS, 1):
        sheet.column_dimensions[get_column_letter(place)].width = column.width
    sheet.append([_bold(sheet, label) for label in labels])
    count = 0
    for count, row in enumerate(rows, 1):  # noqa: B007
        sheet.append(_cells(sheet, row, labels, cuts))
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(labels))}{count + 1}"
    return count


def _cells(sheet: Any, row: Sequence[Value], labels: list[str], cuts: _Cuts) -> list[Any]:
    cells: list[Any] = []
    for value, label in zip(row, labels, strict=True):
        if isinstance(value, str):
            text = _clean(value)
            shown = _fitting(text)
            if shown != text:
                cuts.add(str(row[0]), label)
            cells.append(_text(sheet, shown))
        elif isinstance(value, Decimal) and not value.is_finite():
            cells.append(str(value))
        else:
            cells.append(value)
    return cells


def _text(sheet: Any, text: str) -> Any:
    """A cell that is text whatever it begins with, and stays text when somebody edits it. None where it is empty."""
    if not text.startswith(_UNSURE):
        return text or None
    cell = WriteOnlyCell(sheet, text)
    cell.data_type = "s"
    cell.quotePrefix = text.startswith(_ACTIVE)
    return cell


def _clean(text: str) -> str:
    """Without the characters that no XML can hold; lines end with LF."""
    return _NOT_XML.sub("", text.replace("\r\n", "\n") if "\r" in text else text)


def _fitting(text: str) -> str:
    """As much of it as a cell holds."""
    if len(text) <= LONGEST // 2:
        return text
    units = text.encode("utf-16-le")
    return text if len(units) <= 2 * LONGEST else units[: 2 * LONGEST].decode("utf-16-le", "ignore")


def _bold(sheet: Any, text: str) -> Any:
    cell = WriteOnlyCell(sheet, text)
    cell.font = Font(bold=True)
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


def _wrapped(sheet: Any, text: str) -> Any:
    cell = _text(sheet, _fitting(_clean(text)))
    if isinstance(cell, str):
        cell = WriteOnlyCell(sheet, cell)
    if cell is not None:
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


def _about(sheet: Any, about: About, count: int, cuts: _Cuts) -> None:
    for letter, width in (("A", 36), ("B", 90), ("C", 16)):
        sheet.column_dimensions[letter].width = width
    facts: list[tuple[str, Any]] = [
        (_("Catalogue"), about.site),
        (_("Selection"), about.sentence),
        (_("Practices in this file"), count),
        (_("Date of this file"), about.made_on),
        (_("Address of the list"), about.address),
    ]
    for label, value in facts:
        sheet.append([_bold(sheet, label), _wrapped(sheet, value) if isinstance(value, str) else value])
    for line in (*_licence(about), *_notice(cuts)):
        sheet.append([_bold(sheet, line[0]) if line[0] else None, *(_wrapped(sheet, text) for text in line[1:])])
    sheet.append([])
    sheet.append([_bold(sheet, text) for text in (_("Column"), _("What it holds"), _("Kind of value"))])
    for column in COLUMNS:
        sheet.append(
            [_wrapped(sheet, str(text)) for text in (column.label, column.meaning, capfirst(str(column.kind)))]
        )


def _licence(about: About) -> Iterator[tuple[str, str]]:
    for place, line in enumerate(about.licence):
        yield ("" if place else _("Licence")), line


def _notice(cuts: _Cuts) -> Iterator[tuple[str, str]]:
    """Which texts are not whole, and where they are."""
    if not cuts.count:
        return
    said = _(
        "A cell holds %(most)s characters. Longer texts end there, and are whole in the CSV and on the pages of their "
        "practices. Texts that were cut: %(count)s."
    )
    yield _("Texts that were cut"), said % {"most": LONGEST, "count": cuts.count}
    for code, label in cuts.named:
        yield "", f"{code}: {label}"

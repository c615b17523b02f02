"""The spreadsheet that somebody sent, with one more column that says what is wrong in each row."""

import csv
import io
import warnings
from collections.abc import Mapping, Sequence
from pathlib import Path

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.worksheet import Worksheet

from practices.exchange.columns import PROBLEMS
from practices.exchange.readers.csv import read_csv, rows_of
from practices.exchange.readers.grid import Sheet
from practices.exchange.readers.kinds import CSV, XLSX, kind_of
from practices.exchange.readers.reading import NotAnImport
from practices.exchange.readers.table import header_row
from practices.exchange.readers.xlsx import read_xlsx
from practices.language.words import squash

Line = tuple[str, int]
"""Sheet and row, as Reading.line gives them."""
FORMULA = ("=", "+", "-", "@", "\t", "\r")
WIDTH = 60
MOST_CHARS = 8_000
"""A cell of Excel holds 32,767."""


def report_spreadsheet(source: Path, name: str, problems: Mapping[Line, Sequence[str]]) -> bytes:
    """The same file with the problems of each row in a last column: XLSX stays XLSX, CSV keeps its separator and
    encoding. Raises NotAnImport when the file is neither, or can no longer be read."""
    kind = kind_of(source, name)
    if kind == XLSX:
        return _xlsx(source, problems)
    if kind == CSV:
        return _csv(source, problems)
    raise NotAnImport(_("only a spreadsheet comes back with its problems: %s") % name)


def told(problems: Sequence[str]) -> str:
    """One a line; never read as a formula by the program that opens the file."""
    text = "\n".join(problems)[:MOST_CHARS]
    return f"'{text}" if text.startswith(FORMULA) else text


def _xlsx(source: Path, problems: Mapping[Line, Sequence[str]]) -> bytes:
    # Reading it first holds it to the reader's limits, which this library has none of.
    heads = {sheet.name: _head_of(sheet) for sheet in read_xlsx(source)}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = load_workbook(source, keep_links=False)
        for sheet in book.worksheets:
            of_sheet = {row: texts for (title, row), texts in problems.items() if title == sheet.title}
            if head := heads.get(sheet.title):
                _add_column(sheet, head, of_sheet)
        written = io.BytesIO()
        book.save(written)
    return written.getvalue()


def _head_of(sheet: Sheet) -> int:
    found = header_row(sheet)
    return found.number if found else 0


def _add_column(sheet: Worksheet, head: int, problems: Mapping[int, Sequence[str]]) -> None:
    titles = [squash(str(cell.value or "")) for cell in sheet[head]]
    again = squash(PROBLEMS) in titles
    place = titles.index(squash(PROBLEMS)) + 1 if again else sheet.max_column + 1
    if again:
        for row in range(head + 1, sheet.max_row + 1):
            sheet.cell(row, place).value = None
    title = sheet.cell(head, place, PROBLEMS)
    title.font = Font(bold=True)
    sheet.column_dimensions[title.column_letter].width = WIDTH
    for row, texts in problems.items():
        cell = sheet.cell(row, place)
        cell.value = told(texts)
        cell.data_type = "s"
        cell.alignment = Alignment(wrap_text=True, vertical="top")


def _csv(source: Path, problems: Mapping[Line, Sequence[str]]) -> bytes:
    rows, dialect = rows_of(source)
    head = _head_of(read_csv(source))
    titles = [squash(value) for value in rows[head - 1]] if head else []
    width = max(map(len, rows), default=0)
    place = titles.index(squash(PROBLEMS)) if squash(PROBLEMS) in titles else width
    written = io.StringIO(newline="")
    writer = csv.writer(written, delimiter=dialect.separator, lineterminator=dialect.line_end)
    for number, row in enumerate(rows, 1):
        if number == 1 and dialect.lead:
            written.write(dialect.lead + dialect.line_end)
            continue
        said = PROBLEMS if number == head else told(problems.get(("", number), ()))
        row = row + [""] * (place + 1 - len(row)) if said else row
        writer.writerow([*row[:place], said, *row[place + 1 :]] if len(row) > place else row)
    return written.getvalue().encode(dialect.encoding, errors="replace")

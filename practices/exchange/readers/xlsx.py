"""XLSX workbooks: the visible sheets, row by row, every value as the text that people see in the cell."""

import re
import warnings
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from practices.exchange.columns import LISTS_SHEET
from practices.language.dates import format_partial_date

from .grid import EMPTY, MOST_ROWS, SHOWN, Cell, Row, Sheet, too_long
from .guard import check_office
from .marks import LAST_ROW, Marks, marks_of
from .reading import NotAnImport
from .values import LONGEST, Note

MOST_WALKED = 2 * LAST_ROW
# In a number format: what stands in quotes, in brackets or after a backslash is no placeholder.
_LITERAL = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.|\*.')
_ESCAPED = re.compile(r"_x000[dD]_")


def read_xlsx(path: Path) -> list[Sheet]:
    """The visible sheets with a row in them; each says what of it was left out. Raises NotAnImport."""
    check_office(path)
    with warnings.catch_warnings():
        # What openpyxl has to say of styles and extensions that it does not know is not about the values.
        warnings.simplefilter("ignore")
        try:
            return list(_sheets(path))
        except NotAnImport:
            raise
        except Exception as error:
            # A workbook made by anything may break the library in any way.
            raise NotAnImport(_("the file is damaged: %s") % f"{type(error).__name__} {error}"[:SHOWN]) from error


def _sheets(path: Path) -> Iterator[Sheet]:
    # By its bytes: of a path the library wants an extension, and stored files have none.
    with path.open("rb") as file:
        # Here, since no worker that only shows pages has a use for it: 20 MB.
        from openpyxl import load_workbook

        book = load_workbook(file, read_only=True, data_only=True, keep_links=False)
        hidden = [sheet.title for sheet in book.worksheets if sheet.sheet_state != "visible"]
        hidden = [name for name in hidden if name != LISTS_SHEET]
        walked = 0
        for source in book.worksheets:
            if source.sheet_state == "visible":
                with book._archive.open(source._worksheet_path) as xml:
                    marks = marks_of(xml, source.title)
                # The rows between two that are far from each other are walked too, in every sheet.
                walked += marks.last
                if walked > MOST_WALKED:
                    raise _too_large(source.title, marks.last)
                sheet = _sheet(source, marks)
                sheet.notes += [_left_out(name) for name in hidden]
                hidden = []
                yield sheet


def _too_large(sheet: str, row: int) -> NotAnImport:
    message = _("sheet “%(sheet)s”, row %(row)d: the sheet is too large to be read at once")
    return NotAnImport(message % {"sheet": sheet, "row": row})


def _left_out(name: str) -> Note:
    return Note("", _("the sheet “%s” is hidden and was left out") % name[:SHOWN], understood=False)


def _sheet(source: Any, marks: Marks) -> Sheet:
    sheet = Sheet(source.title)
    # The sheet's own word on its size is often wrong.
    source.reset_dimensions()
    skipped = []
    for number, cells in enumerate(source.iter_rows(), 1):
        row = Row(
            number, _trimmed([_cell(cell, (place, number) in marks.formulas) for place, cell in enumerate(cells)])
        )
        if not row.cells:
            continue
        if number in marks.hidden:
            skipped.append(number)
            continue
        sheet.rows.append(row)
        if len(sheet.rows) > MOST_ROWS:
            raise _too_large(sheet.name, number)
    if skipped:
        rows = ", ".join(map(str, skipped))
        message = _("sheet “%(sheet)s”: hidden rows were left out: %(rows)s") % {"sheet": sheet.name, "rows": rows}
        sheet.notes.append(Note("", message[:1_000], understood=False))
    _fill_merged(sheet, marks)
    return sheet


def _fill_merged(sheet: Sheet, marks: Marks) -> None:
    """A value merged over several rows belongs to each of them."""
    by_number = {row.number: row for row in sheet.rows}
    for left, top, _right, bottom in marks.merged:
        if bottom == top or top not in by_number:
            continue
        value = by_number[top].cell(left)
        if value == EMPTY:
            continue
        sheet.joined.append((left, top, bottom))
        for number in range(top + 1, min(bottom, sheet.rows[-1].number) + 1):
            if row := by_number.get(number):
                row.cells += [EMPTY] * (left + 1 - len(row.cells))
                row.cells[left] = value


def _trimmed(cells: list[Cell]) -> list[Cell]:
    while cells and cells[-1] == EMPTY:
        cells.pop()
    return cells


def _cell(cell: Any, without_result: bool) -> Cell:
    value = cell.value
    if without_result:
        return Cell("", _("the formula has no stored result: open the file, save it, or write the value"))
    if value is None or value == "":
        return EMPTY
    if getattr(cell, "data_type", "") == "e":
        return Cell(str(value)[:SHOWN], _("the cell holds an error, not a value"))
    text = _text(value, getattr(cell, "number_format", "") or "")
    if too_long(text):
        return Cell(text[:SHOWN], _("longer than %d characters") % LONGEST)
    return Cell(text) if text.strip() else EMPTY


def _text(value: Any, number_format: str) -> str:
    if isinstance(value, str):
        return _ESCAPED.sub("", value)
    if isinstance(value, bool):
        return "Sí" if value else "No"
    if isinstance(value, int | float):
        return number_text(value, number_format)
    if isinstance(value, datetime | date):
        return date_text(value, number_format)
    if isinstance(value, time | timedelta):
        return str(value)
    return str(value)


def number_text(value: float, number_format: str = "") -> str:
    """As it is written in Colombia: 98,5 and, in a cell of percentages, 98,5 %; no digit is rounded away."""
    number = Decimal(repr(value))
    percent = "%" in _LITERAL.sub("", number_format)
    if percent:
        number *= 100
    if not number.is_finite():
        return str(value)
    written = f"{number:f}"
    if "." in written:
        written = written.rstrip("0").rstrip(".")
    return written.replace(".", ",") + (" %" if percent else "")


def date_text(value: date, number_format: str) -> str:
    """Only what the cell shows of the date: “abril de 2020” in a cell of months, whose day nobody wrote."""
    shown = _LITERAL.sub("", number_format).lower().split(";")[0]
    iso = value.strftime("%Y-%m-%d") if value.year >= 1_000 else value.isoformat()[:10]
    if "d" in shown or not shown or shown == "general":
        return format_partial_date(iso, "es")
    return format_partial_date(iso[:7] if "m" in shown else iso[:4], "es")

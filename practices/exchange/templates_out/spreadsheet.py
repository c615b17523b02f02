"""The empty spreadsheet of many practices: the columns that the reader knows, with help, drop-downs and an example."""

import io
from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from practices.exchange.columns import LISTS_SHEET

from .example import example
from .vocabulary import Offered, offered

SHEET = "Prácticas"
LAST_ROW = 2_000
"""How far down the drop-downs reach."""
WIDTHS = {"code": 30, "title": 40, "summary": 60, "impact": 60, "success_factors": 50}
NORMAL_WIDTH = 28
_HEAD = PatternFill("solid", start_color="FF1F4E5F")
_SHOWN = PatternFill("solid", start_color="FFF1F1EC")


def spreadsheet_template() -> bytes:
    """An XLSX that a reader takes back; its example row is left out by the reader. Five queries."""
    columns = offered()
    book = Workbook()
    sheet = book.active
    sheet.title = SHEET
    _heads(sheet, columns)
    _example(sheet, columns)
    _lists(book, sheet, columns)
    sheet.freeze_panes = "B2"
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _heads(sheet: Worksheet, columns: Sequence[Offered]) -> None:
    for place, column in enumerate(columns, 1):
        cell = sheet.cell(1, place, column.label)
        cell.font = Font(bold=True, color="FFFFFFFF")
        cell.fill = _HEAD
        cell.alignment = Alignment(wrap_text=True, vertical="center")
        if column.help:
            cell.comment = Comment(column.help, sheet.title, width=320, height=140)
        sheet.column_dimensions[get_column_letter(place)].width = WIDTHS.get(column.field, NORMAL_WIDTH)


def _example(sheet: Worksheet, columns: Sequence[Offered]) -> None:
    texts = example()
    for place, column in enumerate(columns, 1):
        cell = sheet.cell(2, place, texts.get(column.field) or None)
        cell.font = Font(italic=True, color="FF555555")
        cell.fill = _SHOWN
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    # A row as tall as the whole impact would hide the rows to fill in.
    sheet.row_dimensions[2].height = 90


def _lists(book: Workbook, sheet: Worksheet, columns: Sequence[Offered]) -> None:
    """The drop-downs; their values are in a hidden sheet, since a list in the cell itself ends at 255 characters."""
    lists = book.create_sheet(LISTS_SHEET)
    lists.sheet_state = "hidden"
    known: dict[tuple[str, ...], str] = {}
    for place, column in enumerate(columns, 1):
        if not column.values:
            continue
        source = known.get(column.values)
        if source is None:
            letter = get_column_letter(len(known) + 1)
            for row, value in enumerate(column.values, 1):
                lists[f"{letter}{row}"] = value
            source = known[column.values] = f"'{LISTS_SHEET}'!${letter}$1:${letter}${len(column.values)}"
        rule = DataValidation(type="list", formula1=source, allow_blank=True, showErrorMessage=column.strict)
        letter = get_column_letter(place)
        rule.add(f"{letter}2:{letter}{LAST_ROW}")
        sheet.add_data_validation(rule)

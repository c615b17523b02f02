"""What a worksheet's XML says beside its values: hidden rows, merged cells, formulas without a result.

openpyxl tells these only of a workbook that it holds wholly in memory, where one merged range of the whole sheet
makes a billion cells; here they stream by, and a sheet that is too large is refused before it is read.
"""

import re
from dataclasses import dataclass, field
from typing import IO
from xml.parsers import expat

from django.utils.translation import gettext as _

from .grid import MOST_CELLS, MOST_COLUMNS, MOST_ROWS
from .reading import NotAnImport

CHUNK = 64 * 1024
LAST_ROW = 1_048_576
MOST_MERGED = 20_000
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")


@dataclass
class Marks:
    """`formulas` are cells, as (column from 0, row), whose formula has no result; `merged` are (left, top, right,
    bottom) in the same terms. `last` is the last row there is."""

    last: int = 0
    hidden: set[int] = field(default_factory=set)
    formulas: set[tuple[int, int]] = field(default_factory=set)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)


def marks_of(xml: IO[bytes], sheet: str) -> Marks:
    """Raises NotAnImport when the sheet is too large or its XML is broken."""
    reader = _Reader(sheet)
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.characters
    try:
        while chunk := xml.read(CHUNK):
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise NotAnImport(_("the file is damaged: %s") % f"«{sheet}»: {error}") from error
    return reader.marks


def place_of(reference: str) -> tuple[int, int]:
    """ "C7" as (2, 7). Raises ValueError."""
    found = _REFERENCE.fullmatch(reference)
    if not found:
        raise ValueError(reference)
    column = 0
    for letter in found[1]:
        column = 26 * column + ord(letter) - ord("A") + 1
    return column - 1, int(found[2])


class _Reader:
    def __init__(self, sheet: str) -> None:
        self.sheet = sheet
        self.marks = Marks()
        self.row = self.column = self.rows = self.cells = self.joined = 0
        self.formula = self.value = self.within = self.is_text = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(" ")[2]
        if local == "row":
            self._row(attributes)
        elif local == "c":
            self._cell(attributes)
        elif local == "f":
            self.formula = True
        elif local in {"v", "is"}:
            # A formula may have the empty text as its result.
            self.within, self.value = True, self.value or self.is_text
        elif local == "mergeCell":
            self._merged(attributes.get("ref", ""))

    def characters(self, text: str) -> None:
        self.value = self.value or self.within

    def end(self, name: str) -> None:
        local = name.rpartition(" ")[2]
        if local in {"v", "is"}:
            self.within = False
        elif local == "c":
            if self.formula and not self.value:
                self.marks.formulas.add((self.column, self.row))
            self.formula = self.value = False

    def _row(self, attributes: dict[str, str]) -> None:
        # openpyxl takes “1e9” too, and makes every row up to it.
        given = attributes.get("r", str(self.row + 1))
        self.row = int(given) if given.isascii() and given.isdecimal() and len(given) < 8 else LAST_ROW + 1
        self.marks.last = max(self.marks.last, self.row)
        self.column = -1
        self.rows += 1
        if self.row > LAST_ROW or self.rows > 5 * MOST_ROWS:
            self._refuse()
        if attributes.get("hidden") in {"1", "true"}:
            self.marks.hidden.add(self.row)

    def _cell(self, attributes: dict[str, str]) -> None:
        before = self.column
        self.is_text = attributes.get("t") == "str"
        try:
            self.column = place_of(attributes.get("r", ""))[0]
        except ValueError:
            self.column = before + 1
        # An empty cell between two costs as much as they do.
        self.cells += max(1, self.column - before)
        if self.column >= MOST_COLUMNS or self.cells > MOST_CELLS:
            self._refuse()

    def _merged(self, reference: str) -> None:
        first, _colon, last = reference.partition(":")
        try:
            (left, top), (right, bottom) = place_of(first), place_of(last or first)
        except ValueError:
            return
        self.marks.merged.append((left, top, right, bottom))
        self.joined += (abs(right - left) + 1) * (abs(bottom - top) + 1)
        if len(self.marks.merged) > MOST_MERGED or self.joined > MOST_CELLS:
            self._refuse()

    def _refuse(self) -> None:
        raise NotAnImport(
            _("sheet “%(sheet)s”, row %(row)d: the sheet is too large to be read at once")
            % {"sheet": self.sheet, "row": self.row}
        )

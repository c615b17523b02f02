"""A sheet as rows of texts, whatever program wrote it."""

from dataclasses import dataclass, field

from .values import LONGEST, Note

MOST_ROWS = 20_000
MOST_CELLS = 1_000_000
MOST_COLUMNS = 16_384
"""As Excel has them."""
SHOWN = 200
"""Characters of a rejected value that are told."""


@dataclass(frozen=True)
class Cell:
    """`problem` says why the value cannot be read; `text` is then the beginning of what stands there."""

    text: str = ""
    problem: str = ""


EMPTY = Cell()


@dataclass
class Row:
    """`number` as programs show it, from 1; `also` are the rows that a merged code makes one record with this one."""

    number: int
    cells: list[Cell]

    def cell(self, place: int) -> Cell:
        return self.cells[place] if place < len(self.cells) else EMPTY


@dataclass
class Sheet:
    """`joined` are the stretches of merged cells: column from 0, first and last row."""

    name: str
    rows: list[Row] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    joined: list[tuple[int, int, int]] = field(default_factory=list)


def letters(place: int) -> str:
    """The name of a column: 0 is A, 26 is AA."""
    name = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def too_long(text: str) -> bool:
    return len(text) > LONGEST

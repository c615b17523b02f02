"""A sheet of practices, one a row, under a row of headers in any order and wording."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from practices.exchange.columns import BY_FIELD, EXAMPLE, PROBLEMS
from practices.language.codes import read_code
from practices.language.coverage import Gazetteer
from practices.language.dates import format_partial_date
from practices.language.texts import is_blank
from practices.language.words import squash

from .criteria import state_of
from .gathering import Gathered, cell_items
from .grid import SHOWN, Cell, Row, Sheet, letters
from .labels import criterion_of, label_of
from .reading import Reading, Readings
from .record import read_record
from .values import Note, beginning

LOOKED_AT = 30
LOOKED_AT_COLUMNS = 1_000
"""Rows among which the headers are looked for: a title, notes and empty rows may stand above them."""
FIRST_SERIAL, LAST_SERIAL = 20_000, 60_000
"""Days as Excel counts them, 1954 to 2064: a number like this under “Fecha” is a date that lost its format."""


@dataclass(frozen=True)
class Header:
    """What a column is of: a field, a criterion or the reason of one, or nothing that is known (`field` "")."""

    place: int
    text: str
    field: str = ""
    exact: bool = True
    criterion: str = ""
    reason: bool = False

    @property
    def name(self) -> str:
        return f"{letters(self.place)} «{self.text[:80]}»" if self.text else letters(self.place)


def score(values: Sequence[str]) -> int:
    """How much a row looks like one of headers: two for each field in the catalogue's words, one for a near one."""
    fields: dict[str, int] = {}
    for value in values[:LOOKED_AT_COLUMNS]:
        if criterion_of(value):
            fields[value] = 1
        elif label := label_of(value):
            fields[label.field] = max(fields.get(label.field, 0), 1 + label.exact)
    return sum(fields.values()) if len(fields) > 1 else 0


def read_table(sheet: Sheet, gazetteer: Gazetteer, prefixes: Sequence[str] = ()) -> Readings | None:
    """The records of a sheet, None where it has no row of headers. Places count from 1 in each sheet."""
    found = header_row(sheet)
    if found is None:
        return None
    headers = headers_of(found, sheet)
    readings = Readings(notes=[*sheet.notes, *beginning(list(_notes_of_headers(headers)))])
    heading = [squash(cell.text) for cell in found.cells]
    for row in _records(sheet, headers, found.number):
        if [squash(cell.text) for cell in row.cells] == heading:
            continue
        if message := _left_out(row, headers):
            readings.notes.append(Note("", f"{place_of(sheet.name, row.number)}: {message}", understood=False))
            continue
        reading = _read_row(row, headers, len(readings) + 1, gazetteer, prefixes)
        reading.line, reading.where = (sheet.name, row.number), place_of(sheet.name, row.number)
        readings.append(reading)
    return readings


def place_of(sheet: str, row: int) -> str:
    if not sheet:
        return _("row %(row)d") % {"row": row}
    return _("sheet “%(sheet)s”, row %(row)d") % {"sheet": sheet, "row": row}


def header_row(sheet: Sheet) -> Row | None:
    """The row with the most known headers among the first ones; two fields at least."""
    best = max(sheet.rows[:LOOKED_AT], key=lambda row: score([cell.text for cell in row.cells]), default=None)
    return best if best and score([cell.text for cell in best.cells]) >= 3 else None


def headers_of(row: Row, sheet: Sheet) -> list[Header]:
    """One header for each column that holds anything below."""
    width = max((len(other.cells) for other in sheet.rows), default=0)
    headers = [_header(place, " ".join(row.cell(place).text.split())) for place in range(width)]
    exact = {header.field for header in headers if header.field and header.exact}
    # Where a column says a field in its own words, one that only comes near is another thing.
    return [
        replace(header, field="") if not header.exact and header.field in exact else header
        for header in headers
        if squash(header.text) != squash(PROBLEMS)
        and (header.text or any(other.cell(header.place).text for other in sheet.rows if other.number > row.number))
    ]


def _header(place: int, text: str) -> Header:
    if found := criterion_of(text):
        return Header(place, text, "criteria", criterion=found[0], reason=found[1])
    label = label_of(text)
    # The states of all criteria do not fit one cell.
    if label is None or label.field == "criteria":
        return Header(place, text)
    return Header(place, text, label.field, label.exact)


def _notes_of_headers(headers: Sequence[Header]) -> Iterator[Note]:
    for header in headers:
        if not header.field:
            message = _("unknown column, not read: %s") % header.name
            yield Note(header.text, message, understood=False, column=header.name)
        elif not header.exact:
            label = BY_FIELD[header.field].label
            yield Note(header.field, f"{header.name} → {label}", column=header.name)


def _records(sheet: Sheet, headers: Sequence[Header], after: int) -> Iterator[Row]:
    """The rows below the headers; those that share one merged code are one record, its cells one under another."""
    codes = {header.place for header in headers if header.field == "code"}
    stretches = {top: bottom for place, top, bottom in sheet.joined if place in codes}
    below = [row for row in sheet.rows if row.number > after]
    while below:
        row = below.pop(0)
        if last := stretches.get(row.number):
            while below and below[0].number <= last:
                row = _joined(row, below.pop(0))
        yield row


def _joined(row: Row, other: Row) -> Row:
    cells = []
    for place in range(max(len(row.cells), len(other.cells))):
        first, second = row.cell(place), other.cell(place)
        said = second.text and second.text not in first.text.split("\n")
        text = "\n".join(part for part in (first.text, second.text if said else "") if part)
        cells.append(Cell(text, first.problem or second.problem))
    return Row(row.number, cells)


def _left_out(row: Row, headers: Sequence[Header]) -> str:
    """Why a row is no record: the template's own example, or nothing in it stands under a known header."""
    codes = [row.cell(header.place).text for header in headers if header.field == "code"]
    if any(squash(code).startswith(squash(EXAMPLE)) and not read_code(code) for code in codes):
        return _("the example row was left out")
    known = [
        cell for header in headers if header.field and (cell := row.cell(header.place)) and (cell.text or cell.problem)
    ]
    if known:
        return ""
    said = " | ".join(cell.text for cell in row.cells if cell.text.strip())
    return _("nothing stands under a known column: %s") % said[:SHOWN]


def _read_row(
    row: Row, headers: Sequence[Header], place: int, gazetteer: Gazetteer, prefixes: Sequence[str]
) -> Reading:
    gathered, told, problems = _gathered(row, headers)
    reading = read_record({"code": "", **gathered.record(cell_items)}, place, gazetteer, prefixes)
    reading.notes = [_placed(note, row, headers) for note in reading.notes] + told
    reading.errors = [_placed(note, row, headers) for note in reading.errors] + problems
    return reading


def _gathered(row: Row, headers: Sequence[Header]) -> tuple[Gathered, list[Note], list[Note]]:
    """The row's values by field, what could not be used, and what cannot be read."""
    gathered = Gathered()
    told: list[Note] = []
    problems: list[Note] = []
    for header in headers:
        cell = row.cell(header.place)
        shown = cell.text[:SHOWN]
        if cell.problem and header.field:
            problems.append(Note(header.field, cell.problem, understood=False, column=header.name, value=shown))
        elif not cell.text.strip():
            continue
        elif not header.field:
            told.append(Note(header.text, _("unknown column, not read"), False, header.name, shown))
        elif header.field != "criteria":
            told += _add(gathered, header, cell.text)
    _gather_criteria(gathered, row, headers, told)
    return gathered, told, problems


def _add(gathered: Gathered, header: Header, text: str) -> list[Note]:
    """Put a value under its field; a second one is told where the field takes only one."""
    if header.field in gathered.texts and not BY_FIELD[header.field].several:
        if squash(text) in map(squash, gathered.texts[header.field]):
            return []
        message = _("a second column of the same field, not read")
        return [Note(header.field, message, False, header.name, text[:SHOWN])]
    if header.field == "implemented" and (day := _day_of_serial(text)):
        gathered.add(header.field, day)
        return [Note(header.field, f"{text} → {day}", column=header.name, value=text)]
    gathered.add(header.field, text)
    return []


def _gather_criteria(gathered: Gathered, row: Row, headers: Sequence[Header], told: list[Note]) -> None:
    reasons = {
        squash(header.criterion): row.cell(header.place).text.strip()
        for header in headers
        if header.field == "criteria" and header.reason
    }
    for header in headers:
        if header.field != "criteria" or header.reason:
            continue
        text = row.cell(header.place).text.strip()
        reason = reasons.pop(squash(header.criterion), "")
        state = state_of(text)
        if text and state is None:
            told.append(Note("criteria", _("unknown state, kept as the reason"), False, header.name, text[:SHOWN]))
        if text or reason:
            known, rest = state or ("not_assessed", text)
            said = [part for part in (rest, reason) if part and not is_blank(part)]
            gathered.criteria.append((header.criterion, known, "\n".join(said)))
    # A reason without a column for its state is still said.
    for name, reason in reasons.items():
        if reason:
            criterion = next(h.criterion for h in headers if h.reason and squash(h.criterion) == name)
            gathered.criteria.append((criterion, "not_assessed", reason))


def _day_of_serial(text: str) -> str:
    digits = text.strip()
    if not (digits.isascii() and digits.isdecimal() and FIRST_SERIAL <= int(digits[:6]) <= LAST_SERIAL):
        return ""
    from openpyxl.utils.datetime import from_excel

    return format_partial_date(from_excel(int(digits)).date().isoformat(), "es")


def _placed(note: Note, row: Row, headers: Sequence[Header]) -> Note:
    """The note with the columns of its field and, where it tells a rejected value, that value."""
    of_field = [header for header in headers if header.field == note.field]
    if note.column or not of_field:
        return note
    texts = [text for header in of_field if (text := row.cell(header.place).text)]
    value = "" if note.understood else " | ".join(texts)[:SHOWN]
    return replace(note, column=", ".join(header.name for header in of_field)[:SHOWN], value=value)

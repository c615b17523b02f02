"""Files of practices, each kind by its own reader, as readings."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from django.utils.translation import gettext as _

from practices.language.coverage import Gazetteer

from .archive import read_archive
from .csv import read_csv
from .ficha import read_ficha
from .grid import SHOWN, Sheet
from .json import read_json
from .kinds import CSV, DOCX, JSON, XLSX, ZIP, kind_of
from .reading import NotAnImport, Reading, Readings
from .table import read_table
from .values import Note
from .xlsx import read_xlsx

__all__ = ["NotAnImport", "Reading", "Readings", "read_file"]


def read_file(
    path: Path, name: str, gazetteer: Gazetteer, prefixes: Iterable[str] = (), most: int | None = None
) -> Readings:
    """The records of a file. Raises NotAnImport, saying where; what is wrong in one record is in its reading.

    `name` is the name that people know the file by; the kind is decided by content and extension.
    `prefixes` are the known series of codes; a code written in one word is read by them only. A file may
    be refused as soon as it is known to hold more than `most` records.
    """
    known = tuple(prefixes)
    try:
        if kind_of(path, name) == ZIP:
            return read_archive(path, name, lambda member, where: _read_one(member, where, gazetteer, known, most))
        return _read_one(path, name, gazetteer, known, most)
    except (NotAnImport, OSError) as error:
        raise NotAnImport(f"{name}: {error}") from error


def _read_one(path: Path, name: str, gazetteer: Gazetteer, prefixes: Sequence[str], most: int | None) -> Readings:
    kind = kind_of(path, name)
    if kind == JSON:
        readings = read_json(path, gazetteer, prefixes, most)
        for reading in readings:
            reading.where = _("record %d") % reading.place
        return readings
    if kind == DOCX:
        reading = read_ficha(path, name, gazetteer, prefixes)
        reading.where = name
        return Readings([reading])
    if kind in {XLSX, CSV}:
        return _tables(read_xlsx(path) if kind == XLSX else [read_csv(path)], gazetteer, prefixes)
    raise NotAnImport(_("an archive within an archive is not read"))


def _tables(sheets: Sequence[Sheet], gazetteer: Gazetteer, prefixes: Sequence[str]) -> Readings:
    """The records of every sheet that has headers; the others are told."""
    found = Readings()
    read = 0
    for sheet in sheets:
        readings = read_table(sheet, gazetteer, prefixes)
        if readings is None:
            found.notes += [*sheet.notes, *_without_headers(sheet)]
            continue
        read += 1
        found.notes += readings.notes
        for reading in readings:
            reading.place = len(found) + 1
            found.append(reading)
    if not read:
        told = "; ".join(note.message for note in found.notes)
        raise NotAnImport(_("no row of headers was found (Código, Título, Autor …). %s") % told)
    return found


def _without_headers(sheet: Sheet) -> list[Note]:
    if not sheet.rows:
        return []
    first = " | ".join(cell.text for cell in sheet.rows[0].cells if cell.text.strip())[:SHOWN]
    message = _("sheet “%(sheet)s”: no known headers, not read; it begins with: %(first)s")
    return [Note("", message % {"sheet": sheet.name, "first": first}, understood=False)]

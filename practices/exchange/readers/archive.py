"""A ZIP of files, each read by its own reader. Nothing is unpacked under a name that the archive gives."""

import stat
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from zipfile import ZipFile, ZipInfo

from django.utils.translation import gettext as _

from .guard import DAMAGED, MEGABYTE, MOST_UNPACKED, opened
from .reading import NotAnImport, Reading, Readings
from .values import Note

MOST_FILES = 1_000
MOST_FILE = 64 * MEGABYTE
MOST_RATIO = 200
"""Bytes that one byte may become: office files, packed already, hardly grow; texts grow tenfold."""
READ = frozenset({".json", ".docx", ".docm", ".xlsx", ".xlsm", ".csv", ".txt", ".tsv"})
_UTF8_NAME = 0x800
_SHOWN = 120

ReadMember = Callable[[Path, str], Readings]


def read_archive(path: Path, name: str, read: ReadMember) -> Readings:
    """The records of every file in it; one that cannot be read is a reading with the reason. Raises NotAnImport."""
    with opened(path) as archive:
        members, notes = _members(archive)
        if not members:
            raise NotAnImport(_("no file that can be read is in it: %s") % name)
        found = Readings(notes=notes)
        for member, shown in members:
            where = f"{name} › {shown}"
            for reading in _read(archive, member, where, read, found):
                reading.place = len(found) + 1
                found.append(reading)
    return found


def _members(archive: ZipFile) -> tuple[list[tuple[ZipInfo, str]], list[Note]]:
    """The members to read, with the names that people gave them, and what is said of the others."""
    kept: list[tuple[ZipInfo, str]] = []
    notes: list[Note] = []
    for member in archive.infolist():
        shown = shown_name(member)
        if member.is_dir() or _is_litter(shown):
            continue
        if reason := _refusal(member, shown):
            notes.append(Note("", f"{shown[-_SHOWN:]}: {reason}", understood=False))
        else:
            kept.append((member, shown[-_SHOWN:]))
    if len(kept) > MOST_FILES:
        raise NotAnImport(_("the archive holds more than %d files") % MOST_FILES)
    if sum(member.file_size for member, _name in kept) > MOST_UNPACKED:
        raise NotAnImport(_("unpacked, the file is larger than %d MB") % (MOST_UNPACKED // MEGABYTE))
    return sorted(kept, key=lambda entry: entry[1]), notes


def shown_name(member: ZipInfo) -> str:
    """The name in its letters: Windows writes accents by the old code page 850, others in UTF-8 without saying so."""
    if member.flag_bits & _UTF8_NAME:
        return member.filename
    try:
        raw = member.filename.encode("cp437")
    except UnicodeEncodeError:
        return member.filename
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp850")


def _is_litter(name: str) -> bool:
    """What macOS and Windows put beside the files, and what Word leaves while a document is open."""
    parts = name.replace("\\", "/").split("/")
    last = parts[-1]
    return "__MACOSX" in parts or last.startswith((".", "~$")) or last.lower() in {"thumbs.db", "desktop.ini"}


def _refusal(member: ZipInfo, name: str) -> str:
    suffix = Path(name.replace("\\", "/")).suffix.lower()
    if member.flag_bits & 1:
        return _("it is protected by a password")
    if suffix == ".zip":
        return _("an archive within an archive is not read")
    if suffix not in READ:
        return _("not read: only DOCX, XLSX, CSV and JSON are")
    if stat.S_ISLNK(member.external_attr >> 16):
        return _("not read: it only points to another file")
    if member.file_size > MOST_FILE or member.file_size > MEGABYTE + MOST_RATIO * member.compress_size:
        return _("not read: unpacked it is far larger than it says")
    return ""


def _read(archive: ZipFile, member: ZipInfo, where: str, read: ReadMember, found: Readings) -> Iterator[Reading]:
    with tempfile.NamedTemporaryFile(suffix=Path(where).suffix[:8]) as copy:
        try:
            copy.write(archive.read(member))
            copy.flush()
            readings = read(Path(copy.name), where)
        except (NotAnImport, *DAMAGED) as error:
            yield Reading(0, errors=[Note("", f"{where}: {error}"[:500], understood=False)], where=where)
            return
    found.notes += [
        Note(note.field, f"{where}: {note.message}", note.understood, note.column, note.value)
        for note in readings.notes
    ]
    for reading in readings:
        reading.where = where if reading.where in {"", where} else f"{where}, {reading.where}"
        yield reading

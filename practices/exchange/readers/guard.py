"""Archives from anywhere, before a library opens them: how much they hold, and that no XML declares a document type.

An entity that names itself a thousand times, or a file of zeros, is small until it is read. What an archive says of
the size of a member is the most that Python reads of it.
"""

import zlib
from pathlib import Path
from xml.parsers import expat
from zipfile import BadZipFile, ZipFile, ZipInfo

from django.utils.translation import gettext as _

from .reading import NotAnImport

MEGABYTE = 1024 * 1024
MOST_MEMBERS = 5_000
MOST_UNPACKED = 256 * MEGABYTE
MOST_XML = 64 * MEGABYTE
MOST_TAGS = 1_000_000
"""Each costs a reader of XML about 100 bytes and some microseconds, however well it was packed. The longest fichas and
spreadsheets that are taken have a third of it."""
MOST_OBJECTS = 100_000
"""Tags of styles and of what a workbook says of itself: each becomes an object, at ten times the cost of a cell."""
STREAMED = ("xl/worksheets/", "xl/sharedStrings")
SMALL = 10 * MEGABYTE
MOST_SWELLING = 200
"""How many times its size an office file above SMALL may be unpacked; real ones stay below thirty."""
CHUNK = 16 * 1024
DAMAGED = (BadZipFile, zlib.error, OSError, EOFError, RuntimeError, NotImplementedError, ValueError)


def opened(path: Path) -> ZipFile:
    """The archive, when its members are few and small enough. Raises NotAnImport."""
    try:
        archive = ZipFile(path)
    except DAMAGED as error:
        raise NotAnImport(_("the file is damaged: %s") % error) from error
    if len(archive.infolist()) > MOST_MEMBERS:
        raise NotAnImport(_("the archive holds more than %d files") % MOST_MEMBERS)
    if sum(member.file_size for member in archive.infolist()) > MOST_UNPACKED:
        raise NotAnImport(_("unpacked, the file is larger than %d MB") % (MOST_UNPACKED // MEGABYTE))
    return archive


def check_office(path: Path) -> None:
    """Raises NotAnImport for an office file that no office program writes, or that would take too much memory."""
    with opened(path) as archive:
        parts = [
            member for member in archive.infolist() if member.filename.lower().endswith((".xml", ".rels", ".vml"))
        ]
        _require_size(parts)
        for part in parts:
            if _declares_a_type(archive, part):
                raise NotAnImport(_("the file declares entities, as no office program does (%s)") % part.filename[:80])
        _require_few_tags(archive, parts)


def _require_size(parts: list[ZipInfo]) -> None:
    """By what the archive says, before anything is unpacked."""
    unpacked, packed = sum(part.file_size for part in parts), sum(part.compress_size for part in parts)
    if unpacked > MOST_XML:
        raise NotAnImport(_("unpacked, the file is larger than %d MB") % (MOST_XML // MEGABYTE))
    if unpacked > SMALL and unpacked > MOST_SWELLING * packed:
        raise NotAnImport(_("not read: unpacked it would be far too large"))


def _require_few_tags(archive: ZipFile, parts: list[ZipInfo]) -> None:
    """Counted as bytes, a hundred times as fast as anybody reads them."""
    tags = objects = 0
    for part in parts:
        found = _tags_in(archive, part)
        tags += found
        objects += found if part.filename.startswith("xl/") and not part.filename.startswith(STREAMED) else 0
        if tags > MOST_TAGS or objects > MOST_OBJECTS:
            raise NotAnImport(_("not read: unpacked it would be far too large"))


def _tags_in(archive: ZipFile, part: ZipInfo) -> int:
    try:
        with archive.open(part) as xml:
            return sum(chunk.count(b"<") for chunk in iter(lambda: xml.read(CHUNK), b""))
    except DAMAGED as error:
        raise NotAnImport(_("the file is damaged: %s") % error) from error


class _Begun(Exception):
    """The first element is reached: after it nothing can be declared."""


class _Declared(Exception):
    pass


def _declares_a_type(archive: ZipFile, part: ZipInfo) -> bool:
    def begun(*_element: object) -> None:
        raise _Begun

    def declared(*_declaration: object) -> None:
        raise _Declared

    parser = expat.ParserCreate()
    parser.StartElementHandler = begun
    parser.StartDoctypeDeclHandler = declared
    try:
        with archive.open(part) as xml:
            while chunk := xml.read(CHUNK):
                parser.Parse(chunk, False)
    except _Begun:
        return False
    except _Declared:
        return True
    except expat.ExpatError as error:
        raise NotAnImport(_("the file is damaged: %s") % f"{part.filename[:80]}: {error}") from error
    except DAMAGED as error:
        raise NotAnImport(_("the file is damaged: %s") % error) from error
    return False

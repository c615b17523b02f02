"""Whether a file is what its name says: by its content, against the kinds that the catalogue takes. No Django.

A name is only a claim. What the bytes are decides, and where the two disagree the file is refused with the reason,
so that nothing that runs somewhere (a page, a drawing with script, a program, a document with macros) lies among the
evidence under another name. Nothing is unpacked: of an archive only its table of contents is read.
"""

import codecs
import re
import zipfile
from collections.abc import Callable
from pathlib import PurePath
from typing import IO, Literal

Reason = Literal["unknown", "empty", "mismatch", "macros", "locked", "broken", "bomb", "two_kinds", "not_text"]

HEAD = 8 * 1024
MOST_MEMBERS = 10_000
MOST_UNPACKED = 1024 * 1024 * 1024
MOST_SWELLING = 200
"""How many times its size an archive may be unpacked; real documents stay below thirty."""
SMALL = 10 * 1024 * 1024
"""An archive that unpacks to less than this does no harm, however well it was packed."""

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = b"PK\x03\x04"
# What a browser, or another program, would run if it were led to believe that the file is its own.
RUNS = re.compile(rb"<\s*(?:!doctype|html|head|body|script|svg|iframe|\?xml|\?php|%)|^#!|^MZ|^\x7fELF", re.IGNORECASE)

# The streams of the old Office formats are named in UTF-16.
STREAMS = {
    "doc": ["WordDocument"],
    "xls": ["Workbook", "Book"],
    "ppt": ["PowerPoint Document"],
}
LOCKED = "EncryptedPackage"
FOLDERS = {"docx": "word/", "xlsx": "xl/", "pptx": "ppt/"}
OPEN_DOCUMENT = {"odt": "text", "ods": "spreadsheet", "odp": "presentation"}
PICTURES = {
    "png": re.compile(rb"\x89PNG\r\n\x1a\n"),
    "jpg": re.compile(rb"\xff\xd8\xff"),
    "jpeg": re.compile(rb"\xff\xd8\xff"),
    "webp": re.compile(rb"RIFF....WEBP", re.DOTALL),
}


class Refused(ValueError):
    """The file is not taken; `reason` says why."""

    def __init__(self, reason: Reason) -> None:
        self.reason = reason
        super().__init__(reason)


def require_kind(file: IO[bytes], name: str) -> str:
    """The ending of the name, in small letters, where the content is of that kind. Raises Refused.

    Reads the beginning and the end of the file, all of a text. Leaves the file at its beginning.
    """
    ending = PurePath(name).suffix.lower().lstrip(".")
    if ending not in CHECKS:
        raise Refused("unknown")
    file.seek(0)
    head = file.read(HEAD)
    if not head:
        raise Refused("empty")
    try:
        CHECKS[ending](file, head, ending)
    finally:
        file.seek(0)
    return ending


def _pdf(file: IO[bytes], head: bytes, ending: str) -> None:
    if not head.lstrip(b"\xef\xbb\xbf\r\n\t ").startswith(b"%PDF-"):
        raise Refused("mismatch")
    _one_kind(file)


def _picture(file: IO[bytes], head: bytes, ending: str) -> None:
    if not PICTURES[ending].match(head):
        raise Refused("mismatch")
    _one_kind(file)


def _one_kind(file: IO[bytes]) -> None:
    """An archive may stand behind any other file, and is then both."""
    if zipfile.is_zipfile(file):
        raise Refused("two_kinds")


def _old_office(file: IO[bytes], head: bytes, ending: str) -> None:
    if not head.startswith(OLE):
        raise Refused("mismatch")
    file.seek(0)
    content = file.read()
    if _stream(LOCKED) in content:
        raise Refused("locked")
    if not any(_stream(name) in content for name in STREAMS[ending]):
        raise Refused("mismatch")
    if _stream("_VBA_PROJECT") in content:
        raise Refused("macros")


def _stream(name: str) -> bytes:
    return name.encode("utf-16-le")


def _office(file: IO[bytes], head: bytes, ending: str) -> None:
    if head.startswith(OLE):
        # A document that a password locks is put into a file of the old kind.
        raise Refused("locked" if _stream(LOCKED) in _whole(file) else "mismatch")
    names = _names(file, head)
    if "[Content_Types].xml" not in names or not any(name.startswith(FOLDERS[ending]) for name in names):
        raise Refused("mismatch")
    if any(PurePath(name).name.lower() in {"vbaproject.bin", "vbadata.xml"} for name in names):
        raise Refused("macros")


def _open_document(file: IO[bytes], head: bytes, ending: str) -> None:
    names = _names(file, head)
    declared = b"mimetypeapplication/vnd.oasis.opendocument." + OPEN_DOCUMENT[ending].encode()
    if declared not in head[:200] or "content.xml" not in names:
        raise Refused("mismatch")
    if any(name.startswith(("Basic/", "Scripts/")) for name in names):
        raise Refused("macros")


def _names(file: IO[bytes], head: bytes) -> set[str]:
    """The members of an archive that is whole, not locked and not made to swell."""
    if not head.startswith(ZIP):
        raise Refused("mismatch")
    try:
        with zipfile.ZipFile(file) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise Refused("broken") from error
    packed, unpacked = sum(m.compress_size for m in members), sum(m.file_size for m in members)
    swells = unpacked > SMALL and unpacked > MOST_SWELLING * max(packed, 1)
    if len(members) > MOST_MEMBERS or unpacked > MOST_UNPACKED or swells:
        raise Refused("bomb")
    if any(m.flag_bits & 0x1 for m in members):
        raise Refused("locked")
    if any(m.filename.startswith(("/", "\\")) or ".." in re.split(r"[\\/]", m.filename) for m in members):
        raise Refused("broken")
    return {member.filename for member in members}


def _text(file: IO[bytes], head: bytes, ending: str) -> None:
    """Text in UTF-8, UTF-16 with its mark, or Windows-1252; nothing that only looks like text."""
    if RUNS.search(head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe\r\n\t ")[:1024]):
        raise Refused("mismatch")
    content = _whole(file)
    encoding = "utf-16" if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    if re.search(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]", text):
        raise Refused("not_text")


def _whole(file: IO[bytes]) -> bytes:
    file.seek(0)
    return file.read()


Check = Callable[[IO[bytes], bytes, str], None]
CHECKS: dict[str, Check] = {
    "pdf": _pdf,
    **dict.fromkeys(STREAMS, _old_office),
    **dict.fromkeys(FOLDERS, _office),
    **dict.fromkeys(OPEN_DOCUMENT, _open_document),
    **dict.fromkeys(PICTURES, _picture),
    "csv": _text,
    "txt": _text,
}
"""By the ending of a name; the kinds are those of models.files.MEDIA_TYPES."""

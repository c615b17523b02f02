"""The text of office files: a ZIP archive with XML inside, read as it streams by. Nothing is held but the text.

The paragraphs are taken wherever they stand: in tables within tables, text boxes, forms, notes. A library that builds
the whole document (python-docx) leaves out those of text boxes and form fields, and holds every picture in memory.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO
from xml.parsers import expat
from zipfile import ZipFile

CHUNK = 64 * 1024
# Word, PowerPoint, Excel, OpenDocument: the members that hold what is read, in the order of their numbers.
MEMBERS = re.compile(
    r"word/(?:document|footnotes|endnotes)\d*\.xml|ppt/slides/slide\d+\.xml|xl/sharedStrings\.xml|content\.xml"
)
# Names without their namespaces, whose prefixes are for each program to choose.
PARAGRAPHS = frozenset({"p", "h", "si"})
SPACES = frozenset({"tab", "br", "cr", "s", "line-break"})
# The same text a second time, for programs that know no text boxes; readings of Japanese; what is not for the public.
SKIPPED = frozenset({"Fallback", "rPh", "annotation", "tracked-changes"})
OPEN_DOCUMENT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"


class Refused(ValueError):
    """XML that declares entities: no office program writes any."""


def texts(file: IO[bytes]) -> Iterator[str]:
    """The paragraphs of the file. Raises BadZipFile, ExpatError, Refused, RuntimeError (it is encrypted)."""
    with ZipFile(file) as archive:
        for name in sorted(filter(MEMBERS.fullmatch, archive.namelist()), key=_in_order):
            with archive.open(name) as member:
                yield from paragraphs(member)


def paragraphs(xml: IO[bytes]) -> Iterator[str]:
    reader = _Reader()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.characters
    parser.StartDoctypeDeclHandler = _refuse
    while chunk := xml.read(CHUNK):
        parser.Parse(chunk, False)
        yield from reader.taken()
    parser.Parse(b"", True)
    yield from reader.taken()


def _in_order(name: str) -> tuple[bool, int]:
    """The slides as they follow each other, and notes after the text."""
    return "notes" in name, int("".join(filter(str.isdigit, name))[:9] or 0)


def _refuse(*declaration: object) -> None:
    raise Refused


@dataclass
class _Reader:
    """What the XML parser tells, as paragraphs."""

    done: list[str] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)
    skipping: int = 0
    depth: int = 0
    """Of the elements whose characters are text: runs, or in OpenDocument the paragraphs themselves."""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        local = _local(name)
        if local in PARAGRAPHS:
            self._finish()
        if local in SPACES:
            self.pieces.append(" ")
        self.skipping += local in SKIPPED
        self.depth += _holds_text(name)

    def end(self, name: str) -> None:
        local = _local(name)
        if local in PARAGRAPHS:
            self._finish()
        self.skipping -= local in SKIPPED
        self.depth -= _holds_text(name)

    def characters(self, text: str) -> None:
        if self.depth and not self.skipping:
            self.pieces.append(text)

    def taken(self) -> list[str]:
        done, self.done = self.done, []
        return done

    def _finish(self) -> None:
        if text := "".join(self.pieces).strip():
            self.done.append(text)
        self.pieces = []


def _local(name: str) -> str:
    return name.rpartition(" ")[2]


def _holds_text(name: str) -> bool:
    namespace, _space, local = name.rpartition(" ")
    return local == "t" or (namespace == OPEN_DOCUMENT and local in PARAGRAPHS)

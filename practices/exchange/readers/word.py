"""A Word document as lines and tables: bullets and numbers written out, links with their addresses.

python-docx opens the package. The text is taken from its XML, since the library leaves out what stands in content
controls, tracked insertions and text boxes, and knows no numbers of lists.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from .guard import check_office
from .reading import NotAnImport

BULLET = "• "
MOST_LINES = 20_000
DEEPEST = 12
"""Tables within tables; Word itself goes no further than this in what people write."""

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_BODY_LEVEL = frozenset(_W + name for name in ("sdt", "sdtContent", "ins", "smartTag", "customXml", "moveTo"))
_UNREAD = frozenset(
    [_W + name for name in ("del", "moveFrom", "pPr", "rPr", "delText", "instrText", "delInstrText")]
    + ["{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"]
)
_SIGNS = {_W + "tab": "\t", _W + "br": "\n", _W + "cr": "\n", _W + "noBreakHyphen": "-"}
_HYPERLINK = re.compile(r'HYPERLINK\s+(?:\\[lo]\s+)?"([^"]+)"')
_LIST_STYLE = re.compile(r"list (bullet|number)|lista con (vi.etas|n.meros)|(vi.eta)", re.IGNORECASE)
_HEADING = re.compile(r"(?:heading|t.tulo|encabezado)\s*([1-9])|(title)|(t.tulo)|(subtitle|subt.tulo)", re.IGNORECASE)
_OFF = frozenset({"0", "false", "off", "none"})


@dataclass
class Line:
    """One paragraph. `level` is that of a heading, 0 for none; `bold` is the text its bold beginning has."""

    text: str
    level: int = 0
    bold: str = ""
    listed: bool = False
    links: list[tuple[str, str]] = field(default_factory=list)
    """Text and address of each hyperlink in it."""


@dataclass
class Cell:
    blocks: list["Line | Table"]
    goes_on: bool = False
    """Whether it only goes on with the cell above that it is merged with."""

    @property
    def lines(self) -> list[Line]:
        return [block for block in self.blocks if isinstance(block, Line) and block.text.strip()]

    @property
    def text(self) -> str:
        return "\n".join(line.text for line in self.lines)


@dataclass
class Table:
    rows: list[list[Cell]]


Block = Line | Table


def read_word(path: Path) -> list[Block]:
    """The blocks of the body. Raises NotAnImport."""
    check_office(path)
    try:
        # Here, since no worker that only shows pages has a use for it: 17 MB.
        from docx import Document

        document = Document(str(path))
        return list(_Reader(document).blocks(document.element.body, 0))
    except NotAnImport:
        raise
    except Exception as error:
        # A document made by anything may break the library in any way.
        raise NotAnImport(_("the file is damaged: %s") % f"{type(error).__name__} {error}"[:200]) from error


class _Reader:
    """Knows the document's styles, links and lists, and how far each list has counted."""

    def __init__(self, document: Any) -> None:
        self.relations = document.part.rels
        self.styles = {style.style_id: style for style in document.styles}
        self.formats = _list_formats(document)
        self.counts: dict[tuple[str, int], int] = {}
        self.lines = 0

    def blocks(self, parent: Any, depth: int) -> Iterator[Block]:
        for element in parent:
            if element.tag == _W + "p":
                yield from self._lines(element, depth)
            elif element.tag == _W + "tbl" and depth < DEEPEST:
                yield Table([list(self._cells(row, depth)) for row in _rows(element)])
            elif element.tag in _BODY_LEVEL and not _is_placeholder(element):
                yield from self.blocks(element, depth)

    def _cells(self, row: Any, depth: int) -> Iterator[Cell]:
        for element in row:
            if element.tag == _W + "tc":
                merge = element.find(f"{_W}tcPr/{_W}vMerge")
                goes_on = merge is not None and merge.get(_W + "val", "continue") == "continue"
                yield Cell(list(self.blocks(element, depth + 1)), goes_on)
            elif element.tag in _BODY_LEVEL:
                yield from self._cells(element, depth)

    def _lines(self, paragraph: Any, depth: int) -> Iterator[Block]:
        self.lines += 1
        if self.lines > MOST_LINES:
            raise NotAnImport(_("the document has more than %d paragraphs") % MOST_LINES)
        text = _Text(self.relations)
        text.walk(paragraph)
        style = self._style(paragraph)
        mark = self._mark(paragraph, style)
        line = Line(text.written.strip(), _level(style), text.bold.strip(), bool(mark), text.links)
        if style is not None and not line.bold and style.font.bold and not line.level:
            line.bold = line.text
        if line.text and mark:
            line.text = mark + line.text
        yield line
        for box in text.boxes:
            if depth < DEEPEST:
                yield from self.blocks(box, depth + 1)

    def _style(self, paragraph: Any) -> Any:
        named = paragraph.find(f"{_W}pPr/{_W}pStyle")
        return self.styles.get(named.get(_W + "val")) if named is not None else None

    def _mark(self, paragraph: Any, style: Any) -> str:
        """What Word shows before an item of a list: “• ” or “3. ”."""
        number, level = self._numbering(paragraph, style)
        name = _LIST_STYLE.search(style.name or "") if style is not None else None
        if not number:
            return "" if not name else BULLET if (name[1] or "").lower() == "bullet" or "vi" in name[0].lower() else ""
        shape = self.formats.get((number, level), "bullet" if name and "number" not in name[0].lower() else "decimal")
        if shape == "none":
            return ""
        if shape == "bullet":
            return BULLET
        self.counts[number, level] = self.counts.get((number, level), 0) + 1
        for key in [key for key in self.counts if key[0] == number and key[1] > level]:
            del self.counts[key]
        return f"{self.counts[number, level]}. "

    def _numbering(self, paragraph: Any, style: Any) -> tuple[str, int]:
        """The list a paragraph is in, by itself or by its style, and how deep; "" for none."""
        own = paragraph.find(f"{_W}pPr/{_W}numPr")
        seen = 0
        while own is None and style is not None and seen < DEEPEST:
            own = style.element.find(f"{_W}pPr/{_W}numPr")
            style = style.base_style if hasattr(style, "base_style") else None
            seen += 1
        if own is None:
            return "", 0
        number, level = own.find(_W + "numId"), own.find(_W + "ilvl")
        given = number.get(_W + "val", "") if number is not None else ""
        depth = level.get(_W + "val", "0") if level is not None else "0"
        return ("" if given == "0" else given), int(depth) if depth.isdecimal() else 0


def _is_placeholder(element: Any) -> bool:
    """Whether a content control only shows what is to be written there."""
    return element.tag == _W + "sdt" and element.find(f"{_W}sdtPr/{_W}showingPlcHdr") is not None


def _rows(table: Any) -> Iterator[Any]:
    for element in table:
        if element.tag == _W + "tr":
            yield element
        elif element.tag in _BODY_LEVEL:
            yield from _rows(element)


def _level(style: Any) -> int:
    found = _HEADING.fullmatch(style.name.strip()) if style is not None and style.name else None
    if not found:
        return 0
    return int(found[1]) if found[1] else 1


def _list_formats(document: Any) -> dict[tuple[str, int], str]:
    """From a list and a level in it to how its items are marked: "bullet", "decimal", "none" …"""
    try:
        numbering = document.part.numbering_part.element
    except (KeyError, NotImplementedError, AttributeError):
        return {}
    shapes = {
        (abstract.get(_W + "abstractNumId"), level.get(_W + "ilvl")): shape.get(_W + "val", "")
        for abstract in numbering.iter(_W + "abstractNum")
        for level in abstract.iter(_W + "lvl")
        if (shape := level.find(_W + "numFmt")) is not None
    }
    found: dict[tuple[str, int], str] = {}
    for number in numbering.iter(_W + "num"):
        abstract = number.find(_W + "abstractNumId")
        of = abstract.get(_W + "val") if abstract is not None else None
        for (name, level), shape in shapes.items():
            if name == of and (level or "").isdecimal():
                found[number.get(_W + "numId", ""), int(level)] = shape
    return found


class _Text:
    """The text of one paragraph as it is read run by run."""

    def __init__(self, relations: Any) -> None:
        self.relations = relations
        self.written = ""
        self.bold = ""
        self.links: list[tuple[str, str]] = []
        self.boxes: list[Any] = []
        self._only_bold = True
        self._field = ""
        self._field_from: int | None = None

    def walk(self, parent: Any) -> None:
        for element in parent:
            tag = element.tag
            if tag in _UNREAD or not isinstance(tag, str) or _is_placeholder(element):
                if tag == _W + "instrText":
                    self._field += element.text or ""
            elif tag == _W + "txbxContent":
                self.boxes.append(element)
            elif tag == _W + "hyperlink":
                start = len(self.written)
                self.walk(element)
                self._linked(start, self._address(element.get(_ID, "")))
            elif tag == _W + "r":
                self._run(element)
            elif tag == _W + "t":
                self.written += element.text or ""
            elif tag in _SIGNS:
                self.written += _SIGNS[tag]
            elif tag == _W + "fldChar":
                self._field_sign(element.get(_W + "fldCharType", ""))
            else:
                self.walk(element)

    def _run(self, run: Any) -> None:
        start = len(self.written)
        self.walk(run)
        said = self.written[start:]
        weight = run.find(f"{_W}rPr/{_W}b")
        is_bold = weight is not None and weight.get(_W + "val", "1") not in _OFF
        if self._only_bold and (is_bold or not said.strip()):
            self.bold += said
        elif said.strip():
            self._only_bold = False

    def _address(self, relation: str) -> str:
        found = self.relations.get(relation)
        return str(found.target_ref) if found is not None and found.is_external else ""

    def _field_sign(self, kind: str) -> None:
        """Older links are fields: an instruction with the address, then the text that is shown."""
        if kind == "begin":
            self._field, self._field_from = "", None
        elif kind == "separate":
            self._field_from = len(self.written)
        elif kind == "end" and self._field_from is not None:
            found = _HYPERLINK.search(self._field)
            self._linked(self._field_from, found[1] if found else "")
            self._field_from = None

    def _linked(self, start: int, address: str) -> None:
        """Keep the address of a link, and say it after the text where the text is another one."""
        text = self.written[start:].strip()
        if not address or not text:
            return
        mail = address.lower().startswith("mailto:")
        plain = address[7:].partition("?")[0] if mail else address
        if not mail:
            self.links.append((text, address))
        if text.rstrip("/").lower() not in plain.lower():
            self.written += f" ({plain})"

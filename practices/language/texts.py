"""Long texts: plain text whose paragraphs, lists and web addresses are seen.

Nothing here makes HTML; a template draws the blocks and escapes them. Nested lists are read as one
level, and Roman numerals, tables and mail addresses stay as text. A text longer than MAX_STRUCTURED is
lines of prose, without lists or links.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from practices.language.markup import MAX_STRUCTURED, from_html, looks_like_html

__all__ = [
    "Block", "Link", "ListBlock", "ListItem", "Paragraph", "clean", "from_html", "inlines", "is_blank",
    "list_items", "looks_like_html", "plain", "read_blocks", "shorten",
]  # fmt: skip


@dataclass(frozen=True)
class Link:
    """A web address in a text: as written, and where it leads."""

    text: str
    url: str


Inlines = tuple[str | Link, ...]


@dataclass(frozen=True)
class Paragraph:
    """Lines of prose."""

    lines: tuple[Inlines, ...]


@dataclass(frozen=True)
class ListItem:
    """One item, without its marker."""

    text: str
    inlines: Inlines


@dataclass(frozen=True)
class ListBlock:
    """A list; an ordered one keeps the number that it starts with."""

    ordered: bool
    items: tuple[ListItem, ...]
    start: int = 1


Block = Paragraph | ListBlock

# What XML, PostgreSQL or UTF-8 refuse: control characters, lone surrogates, non-characters; and the BOM.
_REFUSED = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufffe\uffff]+")
_NO_BREAK = re.compile(r"[\u00a0\u2007\u202f]")
_BLANK = re.compile(r"n\s?[./]?\s?a|no\s+aplica|[-–—]{1,3}", re.IGNORECASE)
_AROUND_BLANK = " \t\n\"'“”‘’«»()[].,;:"

# Nothing but a bullet, wherever they stand; \uf020-\uf0ff are the letters of Word's symbol fonts.
_GLYPHS = "•▪■●◦➢\uf020-\uf0ff"
_FIRST_ONLY = "✓✔□○‣∙►▶➤❖◆"
_BULLET = re.compile(
    rf"[ \t]*(?:[{_GLYPHS}{_FIRST_ONLY}][ \t]*|[·–—*-][ \t]+|[o§Øüv](?:\t[ \t]*|[ ]{{2,}})|"
    r"o[ ](?=[A-ZÁÉÍÓÚÑ¿¡]))(?=\S)"
)
_INSIDE = re.compile(rf"(?<=\s)(?=[{_GLYPHS}]\s)")
_LONE = re.compile(rf"[ \t]*[{_GLYPHS}{_FIRST_ONLY}·]")
_NUMBER = re.compile(r"[ \t]*\(?([0-9]{1,3}|[a-zA-Z])(\.-|\.\)|[.)]-?)[ \t]+(?=\S)")
_SOFT_BREAK = re.compile(r"[\v\u2028]")
_HARD_BREAK = re.compile(r"\r\n?|[\f\x85\u2029]")

_WEB = re.compile(
    rf"(?<![\w@])(?:https?://|www\.)[^\s<>\"“”«»{_GLYPHS}\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f]+",
    re.IGNORECASE,
)
_HOST = re.compile(r"(?:https?://)?[\w-]+(?:\.[\w-]+)+(?:[:/?#]|\Z)", re.IGNORECASE)
_PAIRS = {")": "(", "]": "[", "}": "{"}


def clean(text: str) -> str:
    """The text with one kind of line break, no outer white space and nothing that cannot be stored."""
    text = _REFUSED.sub("", _HARD_BREAK.sub("\n", text))
    text = _NO_BREAK.sub(" ", text)
    if _SOFT_BREAK.search(text):
        text = "\n".join(_without_soft_breaks(line) for line in text.split("\n"))
    return "\n".join(line.rstrip() for line in text.split("\n")).strip()


def _without_soft_breaks(line: str) -> str:
    # Word's soft break goes on with the item; an indented line is how plain text says so.
    first, *rest = _SOFT_BREAK.split(line)
    item = bool(_BULLET.match(first) or _NUMBER.match(first))
    for part in rest:
        if item and part.strip() and not _BULLET.match(part) and not _NUMBER.match(part):
            first += "\n  " + part.lstrip()
        else:
            first += "\n" + part
    return first


def is_blank(text: str | None) -> bool:
    """Whether a field says nothing: empty, "N.A.", "(N/A)", "No aplica;", a lone dash."""
    if text is None or not text.strip():
        return True
    written = clean(text)
    return not written or bool(_BLANK.fullmatch(written.strip(_AROUND_BLANK)))


def list_items(text: str) -> list[str]:
    """The items of every list of a text, in order; none of a text longer than MAX_STRUCTURED."""
    if len(text) > MAX_STRUCTURED:
        return []
    return [item.text for block in read_blocks(text) if isinstance(block, ListBlock) for item in block.items]


def plain(text: str) -> str:
    """The text in one line without list markers."""
    pieces: list[str] = []
    for block in read_blocks(text):
        if isinstance(block, ListBlock):
            pieces += [item.text for item in block.items]
        else:
            pieces += ["".join(i if isinstance(i, str) else i.text for i in line) for line in block.lines]
    return " ".join(" ".join(pieces).split())


def shorten(text: str, length: int) -> str:
    """The plain text, cut between two words and with "…" when it is longer than length."""
    line = plain(text)
    if len(line) <= length:
        return line
    if length < 1:
        return ""
    head = line[:length].rpartition(" ")[0] or line[: length - 1]
    return head.rstrip(" ,;:.–—-(") + "…"


def inlines(text: str) -> Inlines:
    """A line as pieces of text and links; http, https and www. only."""
    pieces: list[str | Link] = []
    at = 0
    for match in _WEB.finditer(text):
        address = _without_trailing_marks(match[0])
        if not _HOST.match(address) or text[match.start() + len(address) :][:1] == "@":
            continue
        pieces += [text[at : match.start()]] if at < match.start() else []
        pieces.append(Link(address, address if "://" in address[:8] else f"http://{address}"))
        at = match.start() + len(address)
    return (*pieces, text[at:]) if at < len(text) else tuple(pieces)


def _without_trailing_marks(address: str) -> str:
    counts = Counter(address)
    end = len(address)
    while end:
        last = address[end - 1]
        unpaired = last in _PAIRS and counts[last] > counts[_PAIRS[last]]
        if last not in ".,;:!?…'’‘*_|·" and not unpaired:
            break
        counts[last] -= 1
        end -= 1
    return address[:end]


def read_blocks(text: str) -> list[Block]:
    """The paragraphs and lists that are seen in a text."""
    text = clean(text)
    if len(text) > MAX_STRUCTURED:
        return [Paragraph(tuple((line.strip(),) for line in text.split("\n") if line))]
    reader = _Reader()
    lines = list(_lines(text))
    for place, line in enumerate(lines):
        reader.read(line, lines[place + 1 : place + 40])
    return reader.finish()


def _lines(text: str) -> Iterator[str]:
    """The lines, bullets inside a line put on lines of their own, a lone bullet put before its text."""
    waiting = ""
    for line in text.split("\n"):
        for part in _INSIDE.split(line) if _INSIDE.search(line) else [line]:
            if waiting and part.strip():
                part, waiting = f"{waiting} {part.lstrip()}" if not _is_marked(part) else part, ""
            if _LONE.fullmatch(part.rstrip()):
                waiting = part.strip()
                continue
            yield part.rstrip() if part.strip() else ""
    if waiting:
        yield waiting


def _is_marked(line: str) -> bool:
    return bool(_BULLET.match(line) or _NUMBER.match(line))


def _number(line: str) -> tuple[int, bool, int] | None:
    """The number that a line begins with, whether a letter, and where its text starts."""
    match = _NUMBER.match(line)
    if not match:
        return None
    mark = match[1]
    return (int(mark), False, match.end()) if mark.isdigit() else (ord(mark.lower()) - 96, True, match.end())


class _Reader:
    """Reads line by line; knows what it is in the middle of."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.prose: list[str] = []
        self.items: list[str] = []
        self.ordered, self.start, self.last, self.letters = False, 1, 0, False
        self.gap = False

    def read(self, line: str, following: Iterable[str]) -> None:
        if not line:
            self.gap = True
            self._end_prose()
            return
        bullet, number = _BULLET.match(line), _number(line)
        if bullet:
            self._item(line[bullet.end() :], None)
        elif number and self._in_sequence(number[0], number[1], line, following):
            self.letters = number[1]
            self._item(line[number[2] :], number[0])
        elif self._continues(line):
            self.items[-1] += " " + line.strip()
        else:
            self._end_items()
            self.prose.append(line.strip())
        self.gap = False

    def finish(self) -> list[Block]:
        self._end_prose()
        self._end_items()
        return self.blocks

    def _in_sequence(self, number: int, letter: bool, line: str, following: Iterable[str]) -> bool:
        """Whether a number begins or goes on with a list: "30. de junio" and "a. m." do neither."""
        if self.last and letter == self.letters and number == self.last + 1:
            return True
        upcoming = next((n for n in map(_number, following) if n and n[1] == letter), None)
        announced = upcoming is not None and upcoming[0] == number + 1
        if letter:
            return number == 1 and (announced or bool(re.match(r"[ \t]*\(?[a-zA-Z]\)", line)))
        in_list = bool(self.items) and self.ordered and not self.letters
        return number in {0, 1} or announced or (in_list and number > self.last)

    def _continues(self, line: str) -> bool:
        if not self.items or self.gap:
            return False
        # A line that a PDF broke: the item does not end there and the next line begins in lower case.
        broken = line[0].islower() and self.items[-1][-1] not in ".:;!?…"
        return line[0] in " \t" or broken

    def _item(self, text: str, number: int | None) -> None:
        self._end_prose()
        ordered = number is not None
        follows = number is None or number == self.last + 1 or number == self.last == 1
        if self.items and (ordered != self.ordered or not follows):
            self._end_items()
        if not self.items:
            self.ordered, self.start = ordered, number if number is not None else 1
        self.last = number if number is not None else self.last
        self.items.append(text.strip())

    def _end_prose(self) -> None:
        if self.prose:
            self.blocks.append(Paragraph(tuple(inlines(line) for line in self.prose)))
            self.prose = []

    def _end_items(self) -> None:
        if self.items:
            items = tuple(ListItem(text, inlines(text)) for text in self.items)
            self.blocks.append(ListBlock(self.ordered, items, self.start))
            self.items = []

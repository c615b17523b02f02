"""HTML met in sources (web pages, Word pastes), turned into plain text whose structure can be seen."""

import html
import re

import nh3

__all__ = ["MAX_STRUCTURED", "from_html", "looks_like_html"]

_BLOCK = """
address article aside blockquote body caption center dd div dl dt fieldset figure figcaption footer form
header h1 h2 h3 h4 h5 h6 hr html main nav ol p pre section table tbody tfoot thead ul
"""
_INLINE = """
a abbr acronym b big cite code del em font i ins kbd label li mark q s samp small span strike strong sub sup
td th tr tt u var wbr br
"""
_VOID = frozenset({"br", "hr", "wbr"})
_DROPPED = "script style title xml template noscript textarea iframe object svg"
_UNUSED = """
img input button select option meta link head col colgroup video audio source embed map area picture noframes
"""
_BLOCK_TAGS, _KEPT = frozenset(_BLOCK.split()), frozenset(f"{_BLOCK} {_INLINE}".split())
_NAMES = "|".join(sorted({*_KEPT, *_DROPPED.split(), *_UNUSED.split()}, key=len, reverse=True))
# Word writes <o:p>, <v:shape>, <w:…>, <m:…>, <st1:…>, and comments such as <!--[if …]> and <![endif]>.
_TAG = rf"/?(?:(?:{_NAMES})(?=[\s/>])|(?:o|v|w|m|x|st1):[a-z])[^<>]*>|!--|!\[|!doctype\b|\?xml\b"
_HTML = re.compile(f"<(?:{_TAG})", re.IGNORECASE)
_HTML_START = re.compile(f"<(?={_TAG})", re.IGNORECASE)
_NOT_HTML = re.compile(f"<(?!{_TAG})", re.IGNORECASE)
_ENTITY = re.compile(
    r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|nbsp|amp|lt|gt|quot|apos|[aeiou](?:acute|uml|grave)|ntilde|ordm|ordf|deg|bull|"
    r"middot|ndash|mdash|[lr][ds]?quo|laquo|raquo|iquest|iexcl|hellip|euro|frac12|sup[23]);",
    re.IGNORECASE,
)
_PIECE = re.compile(r"<(/?)([a-z][a-z0-9]*)([^>]*)>|([^<]+)")
_HREF = re.compile(r'href="([^"]*)"')
_BULLETS = "•·▪■●◦○□➢✓\uf0b7\uf0a7"
# Word draws a list item as marker, no-break spaces, text; § Ø ü are its bullets in another font.
_WORD_MARKER = re.compile(rf"^[{_BULLETS}§Øüo–-][ \u00a0]*\u00a0[ \u00a0]*(?=\S)")
_TWO_MARKERS = re.compile(rf"^(• |[0-9]+\. )[ \u00a0]*[{_BULLETS}][ \u00a0]*(?=\S)")
_MARKED = re.compile(rf"^(?:[{_BULLETS}]|[0-9]{{1,3}}[.)] )")
# Lines of plain text between the tags have their own lists; inside a tag "- " may be a wrapped dash.
_MARKED_OUTSIDE = re.compile(rf"{_MARKED.pattern}|^[-–—*][ \t]+(?=\S)")
_MAX_PASSES = 3
# Longer texts are taken as plain text: what reads them must not cost minutes.
MAX_STRUCTURED = 200_000


def looks_like_html(text: str) -> bool:
    """Whether a text holds a tag or a character entity of HTML; a bare "<" is none.

    A text longer than MAX_STRUCTURED is never looked through: it is plain.
    """
    return len(text) <= MAX_STRUCTURED and bool(_HTML.search(text) or _ENTITY.search(text))


def from_html(text: str) -> str:
    """Plain text of HTML: lists with bullets and numbers, links as "text (address)".

    Other text, and text longer than MAX_STRUCTURED, comes back unchanged.
    """
    # Twice-escaped HTML is HTML again after the first pass.
    for _ in range(_MAX_PASSES):
        if not looks_like_html(text):
            return text
        text = _Writer().write(_sanitized(text)) if _HTML.search(text) else html.unescape(text)
    # What was escaped still more often was written to be read, not to be a tag.
    return _HTML_START.sub("< ", text)


def _sanitized(text: str) -> str:
    escaped = _NOT_HTML.sub("&lt;", text.replace("\0", ""))
    return nh3.clean(
        escaped,
        tags=set(_KEPT),
        clean_content_tags=set(_DROPPED.split()),
        attributes={"a": {"href"}, "ol": {"start"}},
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
    )


class _Writer:
    """Writes sanitised HTML as lines of text."""

    def __init__(self) -> None:
        self.out: list[str] = []
        self.lists: list[int | None] = []
        self.links: list[tuple[str, int]] = []
        self.cells = 0
        self.depth = 0

    def write(self, source: str) -> str:
        for slash, tag, attributes, text in _PIECE.findall(source):
            if text:
                self.out.append(_spaces(html.unescape(text), self.cells > 0, self.depth == 0))
            elif slash:
                self.depth -= 1
                self._close(tag)
            else:
                self.depth += tag not in _VOID
                self._open(tag, attributes)
        return _tidy("".join(self.out))

    def _open(self, tag: str, attributes: str) -> None:
        if tag in {"ul", "ol"}:
            start = re.search(r'start="([0-9]{1,3})"', attributes)
            self.out.append("\n\n" if not self.lists else "\n")
            self.lists.append((int(start[1]) if start else 1) if tag == "ol" else None)
        elif tag == "li":
            self._item()
        elif tag == "a":
            address = _HREF.search(attributes)
            self.links.append((html.unescape(address[1]) if address else "", len(self.out)))
        elif tag == "tr":
            self.out.append("\n")
            self.cells = 0
        elif tag in {"td", "th"}:
            self.out.append(" | " if self.cells else "")
            self.cells += 1
        else:
            self._break(tag)

    def _close(self, tag: str) -> None:
        if tag in {"ul", "ol"}:
            self.lists[-1:] = []
            self.out.append("\n\n" if not self.lists else "\n")
        elif tag == "a" and self.links:
            self._close_link(*self.links.pop())
        elif tag in _BLOCK_TAGS:
            self._break(tag)

    def _item(self) -> None:
        number = self.lists[-1] if self.lists else None
        self.out.append("\n• " if number is None else f"\n{number}. ")
        if number is not None:
            self.lists[-1] = number + 1

    def _break(self, tag: str) -> None:
        # Inside an item or a cell a new paragraph must not end the item or the row.
        if tag == "br":
            self.out.append("\n  " if self.lists else " " if self.cells else "\n")
        elif tag in _BLOCK_TAGS and tag not in {"tbody", "thead", "tfoot"}:
            self.cells = 0 if tag == "table" else self.cells
            self.out.append("\x1f" if self.lists else " " if self.cells else "\n\n")

    def _close_link(self, address: str, start: int) -> None:
        shown = "".join(self.out[start:]).strip()
        address = address.removeprefix("mailto:").strip()
        if address and address.rstrip("/") not in shown and address.partition("://")[2].rstrip("/") != shown:
            self.out.append(f" ({address})" if shown else address)


def _spaces(text: str, in_row: bool, outside: bool) -> str:
    """HTML's line breaks are spaces, but sources also hold plain text with its own lists and blank lines."""
    text = re.sub(r"\r\n?", "\n", text.replace("\x1f", ""))
    if in_row:
        return re.sub(r"[ \t\n]+", " ", text)
    first, *rest = (line.strip(" \t") for line in text.split("\n"))
    marked = _MARKED_OUTSIDE if outside else _MARKED
    out = [first]
    for place, line in enumerate(rest, 1):
        blank = not line and place < len(rest)
        out.append("\n\n" if blank else "\n" + line if marked.match(line) else " " + line)
    lead, trail = text[:1] in {" ", "\t"}, text[-1:] in {" ", "\t"}
    return " " * lead + "".join(out) + " " * (trail and len(text) > 1)


def _tidy(text: str) -> str:
    text = re.sub(r"(\n(?:•|[0-9]+\.) )[\x1f\s]+", r"\1", text)  # <li><p>
    text = re.sub(r"[ \t]*\x1f[\x1f \t]*(?=\n|\Z)", "", text)
    text = re.sub(r"\x1f+", "\n  ", text)
    lines: list[str] = []
    for line in text.split("\n"):
        indent = "  " if line.startswith("  ") and lines and lines[-1] else ""
        line = _WORD_MARKER.sub("• ", line.strip(" \t").lstrip("\u00a0"))
        line = _TWO_MARKERS.sub(r"\1", line).replace("\u00a0", " ")
        line = " ".join(line.split())
        if line in {"", "•"}:
            lines.append("")
        else:
            lines.append(indent + line)
    return _without_gaps(lines)


def _without_gaps(lines: list[str]) -> str:
    """One blank line at most, and none between two items of a list."""
    out: list[str] = []
    blank = False
    for line in lines:
        if not line:
            blank = True
            continue
        if out and blank and not (_MARKED.match(line) and _MARKED.match(out[-1].lstrip())):
            out.append("")
        out.append(line)
        blank = False
    return "\n".join(out)

"""The first sentences of a text: what it says in short, in its own words."""

import re
from collections.abc import Iterator

from .texts import plain, shorten

_END = re.compile(r"(?<=[.!?…])[\"”»)]?\s+(?=[\"“«(¿¡]?[A-ZÁÉÍÓÚÜÑ0-9])")
_WITH_STOP = "art arts av cra cía dr dra etc ing lic no núm ltda pág sr sra tel vol"
_ABBREVIATIONS = frozenset(_WITH_STOP.split())


def opening(text: str, length: int) -> str:
    """As many whole sentences as fit into that many characters, at least one; a longer one is cut with "…"."""
    line = plain(text)
    kept = ""
    for end in _sentence_ends(line):
        if end > length:
            break
        kept = line[:end]
    return kept or shorten(line, length)


def _sentence_ends(line: str) -> Iterator[int]:
    """Where each sentence ends: not after "S.A.", "Dr." or a lone letter, which end none by themselves."""
    for match in _END.finditer(line):
        last = line[: match.start()].rpartition(" ")[2].strip('"“”«»()¿¡').rstrip(".!?…")
        if len(last) > 1 and "." not in last and last.casefold() not in _ABBREVIATIONS:
            yield match.start() + len(match[0].rstrip())
    yield len(line)

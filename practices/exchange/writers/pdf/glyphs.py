"""Texts as the fonts of the documents can draw them.

A tagged PDF may not hold a character that no font has a shape for, and typst refuses to write one. The only fonts used
are those that typst brings, so that a document is the same on every machine; they know Latin, Greek, Cyrillic,
Hebrew, Arabic, Devanagari and many signs, but no pictures and no Chinese, Japanese or Korean.
"""

import re
import unicodedata
from typing import Any

MISSING = "□"
"""Stands for a character that cannot be drawn."""

BREAK = "\u200b"
"""Says where a long word may break; sheet.typ turns it into a space that nobody sees."""

LONG_WORD = 32
"""Characters: a longer word would not fit into the narrowest column of texts."""
NOT_TEXT = frozenset({"address", "qr", "kind", "state", "brand", "on_brand", "lang", "region"})

_DRAWN = re.compile(
    "[\x20-\x7e\xa0-\u04ff\u0531-\u05f4\u0621-\u063a\u0640-\u0655\u0900-\u097f\u10d0-\u10ff\u1d00-\u2027\u202f-\u2040"
    "\u2042\u2044-\u2052\u2054-\u205f\u2070-\u211e\u2120\u2122\u2124\u2126-\u2151\u2153-\u2184\u2190-\u23ff\u2460-\u262f\u2638-\u268b\u270c-\u2727\u2729-\u274b\u2761-\u277f"
    "\u2798-\u27af\u27b1-\u2bff\u2c60-\u2cff\ufb00-\ufb4f\U0001d400-\U0001d7ff]"
)
# Whatever else those ranges hold is not assigned to any character.
_NO_CHARACTER = frozenset({"Cc", "Cn", "Co", "Cs"})
_ODD = re.compile(r"[^\x20-\x7e\xa0-\u024f\u2010-\u2022\u2026]")
_SPACE = re.compile(r"[\t-\r\x85\u2028\u2029]+")
# What has no shape of its own: joiners, marks of direction, variants and skins of pictures.
_UNSEEN = re.compile(
    r"[\u200c-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\U0001f3fb-\U0001f3ff\U000e0000-\U000e0fff]"
)
_WORD = re.compile(rf"[^\s{BREAK}]+")
_AFTER = "/?&=_-.,;:@"


def drawable(value: Any, *, plainly: bool = False) -> Any:
    """The same data with every text as it can be drawn. `plainly`: in Latin letters and nothing else."""
    if isinstance(value, str):
        return cut(_drawn(value, plainly))
    if isinstance(value, dict):
        return {k: v if k in NOT_TEXT else drawable(v, plainly=plainly) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [drawable(v, plainly=plainly) for v in value]
    return value


def _drawn(text: str, plainly: bool) -> str:
    text = _SPACE.sub(" ", text)
    if not _ODD.search(text):
        return text
    text = _UNSEEN.sub("", unicodedata.normalize("NFC", text))
    return _ODD.sub(MISSING if plainly else _or_missing, text)


def _or_missing(match: re.Match[str]) -> str:
    character = match[0]
    if character == BREAK:
        return character
    known = _DRAWN.match(character) and unicodedata.category(character) not in _NO_CHARACTER
    return character if known else MISSING


def cut(text: str, longest: int = LONG_WORD) -> str:
    """The text with places to break in each word of so many characters or more."""
    return _WORD.sub(lambda match: match[0] if len(match[0]) < longest else _with_breaks(match[0], longest), text)


def _with_breaks(word: str, longest: int) -> str:
    """A place to break after each part of an address or a number, or after three quarters of what is too long."""
    pieces: list[str] = []
    length = 0
    for here, after in zip(word, [*word[1:], ""], strict=True):
        pieces.append(here)
        length += 1
        at_end = not after or unicodedata.category(after).startswith("M")
        if not at_end and (length >= longest * 3 // 4 or (here in _AFTER and after not in _AFTER)):
            pieces.append(BREAK)
            length = 0
    return "".join(pieces)

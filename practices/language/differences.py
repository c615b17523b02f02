"""What was added to a text and what was taken away, word by word."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

Fate = Literal["same", "added", "removed"]

# SequenceMatcher is quadratic: texts of more words than this are compared line by line.
MOST_WORDS = 3_000

_WORD = re.compile(r"\s+|[^\s]+")
_LINE = re.compile(r"[^\n]*\n|[^\n]+")


@dataclass(frozen=True)
class Stretch:
    text: str
    fate: Fate = "same"


def differences(before: str, after: str) -> list[Stretch]:
    """The two texts as one. Without what was removed it is `after`; without what was added, `before`."""
    pieces = _WORD.findall(before), _WORD.findall(after)
    if max(map(len, pieces)) > MOST_WORDS:
        pieces = _LINE.findall(before), _LINE.findall(after)
    return list(_stretches(*pieces))


def _stretches(first: list[str], second: list[str]) -> Iterator[Stretch]:
    for kind, start, end, begin, stop in SequenceMatcher(None, first, second, autojunk=True).get_opcodes():
        if kind == "equal":
            yield Stretch("".join(first[start:end]))
            continue
        if start < end:
            yield Stretch("".join(first[start:end]), "removed")
        if begin < stop:
            yield Stretch("".join(second[begin:stop]), "added")

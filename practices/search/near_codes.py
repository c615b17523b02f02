"""A code with a slip in it: the letter O for the number 0, a letter lost. Number and year must be right."""

import re

from pyroaring import BitMap

from practices.language.codes import code_key, read_code, split_code
from practices.models.publication import Publication

from .postings import postings
from .slips import slips
from .tokens import CODE

MOST_SLIPS = 2
MOST_CODES = 100
_DIGITS = str.maketrans("OIL", "011")
_HAS_DIGIT = re.compile(r"[0-9]")


def near_code(text: str, live: BitMap, upto: int) -> str:
    """The code of a publication that the text can only be meant for, or "". Queries: two."""
    code = read_code(text) or read_code("-".join(_with_digits(re.split(r"[\W_]+", text.upper()))))
    if not code:
        return ""
    parts = split_code(code)
    tail = ((CODE + f"{parts.number:03d}{parts.year}",), False)
    ids = list(postings([tail], upto)[tail] & live)[:MOST_CODES]
    far = {other: slips(code_key(other), code_key(code)) for other in _codes(ids)}
    nearest = [other for other, distance in far.items() if distance == min(far.values()) <= MOST_SLIPS]
    return nearest[0] if len(nearest) == 1 else ""


def _codes(ids: list[int]) -> list[str]:
    return list(Publication.objects.filter(pk__in=ids).order_by("code").values_list("code", flat=True))


def _with_digits(parts: list[str]) -> list[str]:
    """Letters that stand for digits, where digits must be: in the last two parts and beside other digits."""
    parts = [part for part in parts if part]
    return [
        part.translate(_DIGITS) if place >= len(parts) - 2 or _HAS_DIGIT.search(part) else part
        for place, part in enumerate(parts)
    ]

"""Numbers as people write them in Colombia: dots group thousands, a comma opens the decimals.

A number is read only when it can mean one thing; everything else is `None`.
"""

from __future__ import annotations

import re
from decimal import Decimal

MAX_LENGTH = 40

# In Colombia a billón is a million millions (10^12), a trillón 10^18.
_EXPONENTS = {"mil": 3, "mill": 6, "bill": 12, "trill": 18}

#: The words that multiply a number, for other readers to recognise beside it.
SCALE_PATTERN = r"(?:(?:mil\s+)?(?:m|b|tr)ill(?:[oó]n|ones)|mil)\b"

_NUMBER = re.compile(
    rf"(?P<sign>[-+−]?)(?P<digits>[0-9](?:[0-9.,' ]*[0-9])?)(?:\s+(?P<scale>{SCALE_PATTERN}))?",
    re.IGNORECASE,
)
_SAME_MARKS = str.maketrans("’´\u00a0\u202f\u2009", "''   ")

# Each shape: what it looks like, the marks that only group, the mark that opens the decimals.
_SHAPES: tuple[tuple[re.Pattern[str], str, str], ...] = tuple(
    (re.compile(shape), grouping, decimal)
    for shape, grouping, decimal in (
        # 2350 · 98,5 · 1,234 (the comma is the decimal mark, whatever English would say)
        (r"[0-9]+(?:,[0-9]+)?", "", ","),
        # 2.350 · 1.234.567,89; thousands never follow a leading zero
        (r"[1-9][0-9]{0,2}(?:\.[0-9]{3})+(?:,[0-9]+)?", ".", ","),
        # 2'500.000: the apostrophe marks millions, so whole groups of six digits must follow it
        (r"[1-9][0-9]{0,2}(?:\.[0-9]{3})?(?:'[0-9]{3}\.[0-9]{3})+(?:,[0-9]+)?", ".'", ","),
        (r"[1-9][0-9]{0,2}(?:'[0-9]{3}){2,}(?:,[0-9]+)?", "'", ","),
        # 1 234 567, as the international system writes it
        (r"[1-9][0-9]{0,2}(?: [0-9]{3})+(?:,[0-9]+)?", " ", ","),
        # 1.5 · 0.125 · 1234.567: no groups of three, so the dot can only open the decimals
        (r"[0-9]+\.(?:[0-9]{1,2}|[0-9]{4,})", "", "."),
        (r"(?:0|[1-9][0-9]{3,})\.[0-9]{3}", "", "."),
        # 1,234,567 · 1,234.56: the English habit, where no other reading is possible
        (r"[1-9][0-9]{0,2}(?:,[0-9]{3}){2,}(?:\.[0-9]+)?", ",", "."),
        (r"[1-9][0-9]{0,2},[0-9]{3}\.[0-9]{1,2}", ",", "."),
    )
)


def read_number(text: str) -> Decimal | None:
    """Read one complete number ("2.350", "98,5", "1,4 millones"); `None` when it is not surely one."""
    text = text.strip()
    if len(text) > MAX_LENGTH:
        return None
    match = _NUMBER.fullmatch(text.translate(_SAME_MARKS))
    plain = _plain_digits(match["digits"]) if match else None
    if match is None or plain is None:
        return None
    sign = "-" if match["sign"] in ("-", "−") else ""
    # Built from its text, so no context precision rounds it; "f" keeps it out of exponents.
    return Decimal(format(Decimal(f"{sign}{plain}E{_exponent(match['scale'])}"), "f"))


def _exponent(scale: str | None) -> int:
    """The power of ten of a scale: "mil millones" is 9."""
    words = re.findall(r"mill|bill|trill|mil", (scale or "").casefold())
    return sum(_EXPONENTS[word] for word in words)


def _plain_digits(digits: str) -> str | None:
    """The digits with a dot for the decimals and nothing else; `None` for a shape of no known habit."""
    for shape, grouping, decimal in _SHAPES:
        if shape.fullmatch(digits):
            bare = "".join(mark for mark in digits if mark not in grouping)
            return bare.replace(decimal, ".")
    return None


def format_number(value: Decimal, language: str) -> str:
    """Write a number for readers of a language: "2.350" and "98,5" in Spanish, "2,350" and "98.5" in English."""
    if not value.is_finite():
        return str(value)
    text = format(value, ",f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    if text == "-0":
        text = "0"
    if language.casefold().startswith("es"):
        return text.translate(str.maketrans(",.", ".,"))
    return text

"""The quantity that a text opens with: its number, its unit, and what follows."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from practices.language.metric_words import (
    MEASURES,
    MONEY_NOUN,
    MONEY_NOUNS,
    MONEY_PARTICIPLE,
    NOT_UNITS,
    PHONE,
    QUANTITY,
    UNSURE_SHARE,
    WORD,
)
from practices.language.numbers import read_number

__all__ = ["Quantity", "fits", "read_quantity"]

# What a database column, a spreadsheet and JSON all hold exactly.
LIMIT = Decimal(10) ** 18
MAX_DIGITS, MAX_DECIMALS = 15, 6


@dataclass(frozen=True)
class Quantity:
    value: Decimal
    unit: str
    counted: bool  # the unit is the thing itself (usuarios), not a measure of it (horas, %, COP)
    number: str  # as written, with its scale
    rest: str  # what follows the unit
    masked: str  # the same, its context blotted out


def read_quantity(plain: str, masked: str) -> Quantity | None:
    """The amount a text opens with, and its unit; the masked text has the same length."""
    match = QUANTITY.match(masked)
    value = read_number(match["number"]) if match else None
    if match is None or value is None or not fits(value) or (match["money"] and match["percent"]):
        return None
    if _is_unsure(match):
        return None
    start, glued = match.start("glued"), bool(match["glued"])
    if match["percent"]:
        unit, counted, size = "%", False, 0
    elif match["money"]:
        unit, counted, size = _currency(match["money"], plain[start:])
    else:
        unit, counted, size = _unit(plain[start:], scaled=bool(match["scale"]))
        if _is_money(unit, match["scale"] or ""):
            return None
        # "13km" is a length, "5S" and "4G" are names.
        glued = glued and (counted or not unit)
    # "$ 5.487 MM" may be millions, or thousands of millions.
    if glued or (match["money"] and re.match(r"\s*(?:mm?|k)\b", plain[start:], re.IGNORECASE)):
        return None
    start += size
    return Quantity(value, unit, counted, match["number"], plain[start:].strip(), masked[start:])


def fits(value: Decimal) -> bool:
    """Whether a value survives in every store and table it is copied to, digit for digit."""
    digits = format(value.copy_abs(), "f")
    decimals = digits.partition(".")[2]
    return (
        abs(value) < LIMIT and len(decimals) <= MAX_DECIMALS and len(digits.replace(".", "").strip("0")) <= MAX_DIGITS
    )


def _is_unsure(match: re.Match[str]) -> bool:
    """A percentage in thousandths or in thousands; a telephone number."""
    if match["percent"] and UNSURE_SHARE.fullmatch(match["number"]):
        return True
    return not match["money"] and bool(PHONE.fullmatch(match["number"]))


def _is_money(unit: str, scale: str) -> bool:
    """Whether a number without a currency is money all the same: "200 millones de inversión"."""
    if MONEY_PARTICIPLE.match(unit) or MONEY_NOUN.match(unit):
        return True
    return "ill" in scale.casefold() and bool(MONEY_NOUNS.match(unit))


def _currency(sign: str, tail: str) -> tuple[str, bool, int]:
    """The currency of a sign, and the length of the words that only repeat it."""
    repeated = re.match(r"\s*(?:(?:de )?(?:pesos|dólares)|m/cte\.?|COP)(?!\w)", tail, re.IGNORECASE)
    return "USD" if sign.upper().startswith("US") else "COP", False, repeated.end() if repeated else 0


def _unit(tail: str, scaled: bool) -> tuple[str, bool, int]:
    """The unit a text opens with, whether it is the thing counted, and the length it takes."""
    # "2 millones de créditos"
    lead = re.match(r"\s+de\s+", tail) if scaled else None
    start = lead.end() if lead else len(tail) - len(tail.lstrip())
    currency = re.compile("pesos|dólares").match(tail, start)
    if currency:
        return "COP" if currency[0] == "pesos" else "USD", False, currency.end()
    measure = MEASURES.match(tail, start)
    if measure:
        return measure[0], False, measure.end()
    word = WORD.match(tail, start)
    if word is None or NOT_UNITS.match(word[0]):
        return "", True, 0
    return word[0], True, word.end()

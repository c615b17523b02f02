"""Quantities out of the bullet lines of an impact text.

A line gives a value only when it states one quantity plainly, in one of four ways:

- it opens with it: "355 peticiones resueltas a través de página web";
- a label and a colon come first: "Gasto que se evita: alrededor de $ 40.000 al mes por hogar";
- an action comes first: "Reducción del 30 % en las pérdidas", "Se instalaron 3.500 medidores";
- it goes from one value to another: "Duración: de 22 a 11 horas al año".

Bounds ("más de", "cerca de") stay in the text as written, which is always shown; the value is the number.
Years, dates, times and the numbers of laws, lines or phases are context. A range, or a second quantity
beside the first, leaves the line as text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from practices.language.metric_words import (
    ACTION,
    BARE_RISE,
    BEFORE_NUMBER,
    BELONGING,
    BULLET,
    CHANGE,
    CHANGE_VERB,
    COMPARISON,
    CONTEXT,
    COUNTED_IN_WORDS,
    DOWN,
    ELAPSED,
    JOINED,
    LABELLED,
    LASTS,
    LOOSE_NUMBER,
    MONEY_LABEL,
    MOVED,
    NAMING_LABEL,
    PERIOD,
    PREPOSITION,
    RANGE,
    SPREAD,
    SUBORDINATE,
    UNSURE_SHARE,
    UP,
    YEAR,
)
from practices.language.quantities import Quantity, read_quantity

MAX_LENGTH = 500
MAX_TOTAL = 100_000
_SPACES = re.compile(r"[ \t]+")
_DIGIT = re.compile("[0-9]")


@dataclass(frozen=True)
class MetricReading:
    """A line as written, and the quantity it surely states."""

    text: str  # without its bullet
    label: str = ""  # what is measured, in words of the line
    value: Decimal | None = None  # None = unsure: text only
    unit: str = ""  # "peticiones", "%", "COP", "horas al año" …
    baseline: Decimal | None = None  # the first value of "de X a Y"
    period: str = ""  # "en 2025", "en 10 meses": only when written at the end


def read_metrics(lines: Iterable[str]) -> list[MetricReading]:
    """Read the lines that hold a digit, in their order, and no further than MAX_TOTAL characters."""
    readings: list[MetricReading] = []
    total = 0
    for line in lines:
        total += len(line) + 1
        if total > MAX_TOTAL:
            break
        if _DIGIT.search(line):
            readings.append(read_metric(line))
    return readings


def read_metric(line: str) -> MetricReading:
    """Keep a line as written, with the one quantity it surely states."""
    text = line.strip()
    if len(text) > 2 * MAX_LENGTH:  # too long, whatever its bullet takes away
        return MetricReading(text)
    bullet = BULLET.match(text)
    text = text[bullet.end() :] if bullet else text
    if len(text) > MAX_LENGTH:
        return MetricReading(text)
    plain = _SPACES.sub(" ", text).rstrip(" .,;")
    masked = _mask(plain)
    for reader in (_read_change, _read_labelled, _read_action, _read_opening):
        reading = reader(plain, masked)
        if reading:
            return replace(reading, text=text)
    return MetricReading(text)


def _mask(plain: str) -> str:
    """The text with years, times, and the numbers of laws and lines blotted out, letter for letter."""
    return CONTEXT.sub(lambda context: "#" * len(context[0]), plain)


def _read_change(plain: str, masked: str) -> MetricReading | None:
    """From one value to another: "Duración: de 22 a 11 horas al año"."""
    match = CHANGE.search(masked)
    if not match or _DIGIT.search(masked[: match.start()]):
        return None
    first = read_quantity(*(line[slice(*match.span("first"))] for line in (plain, masked)))
    second = read_quantity(*(line[match.start("second") :] for line in (plain, masked)))
    if first is None or second is None or not _same_measure(first, second):
        return None
    head = plain[: match.start()].rstrip()
    period, rest = _split_period(second)
    if _states_another(second.masked) or not _is_before_and_after(head, first, second, period):
        return None
    label = CHANGE_VERB.sub("", head.rstrip(":= "))
    unit = second.unit or first.unit
    kept = replace(second, unit=unit)
    if not label:
        label = " ".join(filter(None, (unit if second.counted or first.rest else "", first.rest)))
        return _reading(" ".join(filter(None, (label, rest))), kept, period, first.value)
    return _reading(_joined(label, kept, rest), kept, period, first.value)


def _same_measure(first: Quantity, second: Quantity) -> bool:
    # "de 2 a 3 millones" does not say whether the first number is in millions too.
    if first.number[-1].isdigit() and not second.number[-1].isdigit():
        return False
    if second.unit == "%" and UNSURE_SHARE.fullmatch(first.number):
        return False
    if first.unit and second.unit:
        return first.unit.split()[0].casefold().rstrip("s") == second.unit.split()[0].casefold().rstrip("s")
    return first.unit not in ("%", "COP", "USD")


def _is_before_and_after(head: str, first: Quantity, second: Quantity, period: str) -> bool:
    """Whether the two values surely follow each other in time, and are not the ends of a range."""
    falls = first.value > second.value
    if (UP.search(head) and falls) or (DOWN.search(head) and not falls):
        return False
    if SPREAD.search(head) or "msnm" in (first.unit, second.unit):
        return False
    evidence = bool(first.rest) or bool(ELAPSED.match(period))
    if UP.search(head) or DOWN.search(head) or MOVED.search(head):
        return evidence or not BARE_RISE.search(head)
    # Service hours ("de 22 a 6 horas") fall too.
    clock = second.unit in ("h", "hora", "horas") and not LASTS.search(head)
    return (evidence or (falls and not clock)) and (not head or head[-1] in ":=")


def _read_labelled(plain: str, masked: str) -> MetricReading | None:
    """A label first: "Gasto que se evita: alrededor de $ 40.000 al mes por hogar"."""
    match = LABELLED.match(masked)
    quantity = read_quantity(plain[match.end() :], masked[match.end() :]) if match else None
    if match is None or quantity is None or _states_another(quantity.masked):
        return None
    label = plain[: match.end("label")]
    period, rest = _split_period(quantity)
    nameless = quantity.counted and not quantity.unit
    if nameless and (rest or NAMING_LABEL.search(label) or _looks_like_year(quantity)):
        return None
    # "Inversión: 200 millones" does not say of what.
    if nameless and not quantity.number[-1].isdigit() and MONEY_LABEL.search(label):
        return None
    return _reading(_joined(label, quantity, rest), quantity, period)


def _read_action(plain: str, masked: str) -> MetricReading | None:
    """An action first: "Reducción del 30 % en las pérdidas"."""
    match = ACTION.match(masked)
    quantity = read_quantity(plain[match.end() :], masked[match.end() :]) if match else None
    if match is None or quantity is None or not _stands_alone(quantity):
        return None
    label, joint = match["label"], (match["joint"] or "").strip()
    verb = label[:2].casefold() == "se"
    # "Se redujo a 5 días" gives the new value, where the label would read as the size of the change.
    if joint in ("a", "al") and (not verb or UP.search(label) or DOWN.search(label)):
        return None
    period, rest = _split_period(quantity)
    if quantity.counted:
        label = " ".join(filter(None, (label, joint, quantity.unit, rest)))
    elif verb:
        label = f"{label} {rest.removeprefix('de ')}"
    else:
        label = _joined(label, quantity, rest)
    return _reading(label, quantity, period)


def _read_opening(plain: str, masked: str) -> MetricReading | None:
    """The quantity first: "355 peticiones resueltas a través de página web"."""
    quantity = read_quantity(plain, masked)
    # A minus sign here may be a bullet that lost its space.
    if quantity is None or quantity.number[0] in "-−" or not _stands_alone(quantity):
        return None
    period, rest = _split_period(quantity)
    if quantity.counted:
        return _reading(f"{quantity.unit} {rest}", quantity, period)
    return _reading(rest.removeprefix("de "), quantity, period)


def _stands_alone(quantity: Quantity) -> bool:
    """Whether the number needs no label before it: it says what it counts, and nothing else is counted."""
    unit, value = quantity.unit, quantity.value
    if quantity.counted and (not unit or value % 1 or _looks_like_year(quantity)):
        return False
    # "2 Metodología" and "3.1 Impacto" are headings.
    heading = quantity.counted and unit.istitle() and len(quantity.number) < 3
    return not heading and not _states_another(quantity.masked)


def _looks_like_year(quantity: Quantity) -> bool:
    return bool(re.fullmatch(YEAR, quantity.number))


def _reading(label: str, quantity: Quantity, period: str, baseline: Decimal | None = None) -> MetricReading | None:
    """A reading whose label ends with the sentence, or where an aside brings other numbers."""
    aside = re.search(r"[;•▪]|\.\s|, [^,]*[0-9]", _mask(label))
    label = label[: aside.start() if aside else None].strip(" ,.:")
    if label and not re.search(r"[^\W\d]", label):
        return None
    return MetricReading("", label, quantity.value, quantity.unit, baseline, period)


def _joined(label: str, quantity: Quantity, rest: str) -> str:
    """A label with what is said after the number."""
    if not rest:
        return label
    if PREPOSITION.match(rest):
        return f"{label} {rest}"
    named = quantity.counted and quantity.unit
    return f"{label}: {quantity.unit} {rest}" if named else f"{label}, {rest}"


def _split_period(quantity: Quantity) -> tuple[str, str]:
    """The period a text ends with, and the text without it."""
    match = PERIOD.search(quantity.rest)
    # "98 % de reclamos resueltos en 2 meses" is what was measured, not when.
    # "menos que en 2019", "respecto a 2019": a comparison, not when.
    before = quantity.rest[: match.start()].rstrip(" ,(") if match else ""
    if not match or (match["span"] and quantity.unit == "%") or COMPARISON.search(before):
        return "", quantity.rest
    return match["period"], before


def _states_another(masked: str) -> bool:
    """Whether a second quantity stands beside the first; numbers that belong to it are context."""
    masked = RANGE.sub("#", masked)
    if COUNTED_IN_WORDS.search(masked):
        return True
    for number in LOOSE_NUMBER.finditer(masked):
        before = masked[: number.start()].rstrip()
        for _ in range(3):
            before = BEFORE_NUMBER.sub("", before).rstrip()
        belongs = BELONGING.search(before) and not JOINED.search(before)
        if not belongs and not SUBORDINATE.search(before):
            return True
    return False

"""A value before and after: two bars from a common zero, and what changed between them."""

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation, localcontext
from typing import Literal

from .bars import BarChart, bar_chart

Turn = Literal["better", "worse", ""]
POINTS = "%"


@dataclass(frozen=True)
class Change:
    """`percent` is the change as a part of what was before; None of a percentage, whose change is `points`.

    `turn` says whether it is for the better; "" where nobody knows or nothing changed.
    """

    before: Decimal
    after: Decimal
    percent: Decimal | None
    points: Decimal | None
    turn: Turn


def change_between(before: Decimal, after: Decimal, unit: str, better: str) -> Change:
    difference = after - before
    percent = points = None
    if unit == POINTS:
        points = difference
    elif before > 0:
        percent = _rounded(difference * 100, before)
    return Change(before, after, percent, points, _turn(difference, better))


def change_chart(change: Change, unit: str, rows: tuple[tuple[str, str], tuple[str, str]]) -> BarChart | None:
    """Two bars; `rows` are label and value as shown, before and after. None where they would say nothing."""
    if change.before == change.after:
        return None
    (first, first_shown), (second, second_shown) = rows
    return bar_chart(unit, [(first, change.before, first_shown), (second, change.after, second_shown)])


def _rounded(part: Decimal, whole: Decimal) -> Decimal | None:
    """Whole percents; one decimal below ten, where it is worth saying. None of numbers beyond all measure."""
    try:
        with localcontext() as context:
            context.prec = 60
            share = part / whole
            return share.quantize(Decimal(1) if abs(share) >= 10 else Decimal("0.1"))
    except InvalidOperation:
        return None


def _turn(difference: Decimal, better: str) -> Turn:
    if not difference or better not in ("more", "less"):
        return ""
    return "better" if (difference > 0) == (better == "more") else "worse"

"""How long bars and columns are that share a zero: counts become hundredths of the longest one."""

from collections.abc import Sequence
from math import ceil, sqrt

FULL = 100.0
# One practice among thousands must be seen as something.
SLIVER = 1.0


def lengths(counts: Sequence[int]) -> list[float]:
    """One for each count, in hundredths of the drawing; nothing is nothing."""
    longest = max(counts, default=0)
    return [round(max(count / longest * FULL, SLIVER), 2) if count > 0 else 0.0 for count in counts]


STEPS = 4


def steps(counts: Sequence[int]) -> list[int]:
    """The depth of the tint of each cell, 0 for nothing to 4 for the fullest: each step is a quarter of the way, in
    square roots, so that small counts beside one large are still told apart."""
    fullest = max(counts, default=0)
    return [ceil(STEPS * sqrt(max(count, 0) / fullest)) if fullest > 0 else 0 for count in counts]

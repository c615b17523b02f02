"""How long bars and columns are that share a zero: counts become hundredths of the longest one."""

from collections.abc import Sequence

FULL = 100.0
# One practice among thousands must be seen as something.
SLIVER = 1.0


def lengths(counts: Sequence[int]) -> list[float]:
    """One for each count, in hundredths of the drawing; nothing is nothing."""
    longest = max(counts, default=0)
    return [round(max(count / longest * FULL, SLIVER), 2) if count > 0 else 0.0 for count in counts]

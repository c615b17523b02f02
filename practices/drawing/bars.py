"""Horizontal bars: numbers become widths. Colours, fonts and words are the template's business."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

WIDTH = 100.0
ROW = 12.0
THICKNESS = 8.0
# A value that is not nothing must be seen as something.
SLIVER = 0.5


@dataclass(frozen=True)
class Bar:
    """`y`, `width` and `height` are in units of the chart's view box, which is 100 wide."""

    label: str
    shown: str
    y: float
    width: float
    height: float = THICKNESS


@dataclass(frozen=True)
class BarChart:
    unit: str
    bars: tuple[Bar, ...]

    @property
    def height(self) -> float:
        return ROW * len(self.bars)

    @property
    def view_box(self) -> str:
        return f"0 0 {WIDTH:g} {self.height:g}"


def bar_chart(unit: str, rows: Sequence[tuple[str, Decimal, str]]) -> BarChart | None:
    """Bars of label, value and the value as shown, from a common zero.

    None where bars would say nothing: fewer than two, a negative value, or nothing above zero.
    """
    values = [value for _label, value, _shown in rows]
    if len(values) < 2 or min(values) < 0 or max(values) == 0:
        return None
    largest = max(values)
    return BarChart(
        unit,
        tuple(
            Bar(label, shown, ROW * place + (ROW - THICKNESS) / 2, _width(value, largest))
            for place, (label, value, shown) in enumerate(rows)
        ),
    )


def _width(value: Decimal, largest: Decimal) -> float:
    if value == 0:
        return 0.0
    return round(max(float(value / largest) * WIDTH, SLIVER), 2)

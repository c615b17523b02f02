"""The country as one outline for each department, shaded by how much there is in it."""

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

OUTLINES = Path(__file__).with_name("departments.json")
"""Made by bench/outlines.py from the outlines in fixtures/reference/."""
SHADES = 5


@dataclass(frozen=True)
class Shape:
    """A department: its DIVIPOLA code and the data of an SVG path in the units of the map's view box."""

    code: str
    name: str
    path: str


@dataclass(frozen=True)
class Frame:
    """The rectangle in which San Andrés is drawn larger and nearer than it is."""

    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True)
class CountryMap:
    view_box: str
    frame: Frame
    shapes: tuple[Shape, ...]


@dataclass(frozen=True)
class Area:
    """A department as a map shows it. Without an address it is no link; `shade` goes from 0, none, to 5."""

    code: str
    name: str
    path: str
    count: int
    shade: int
    address: str = ""
    selected: bool = False


@dataclass(frozen=True)
class Step:
    """A shade of the legend and the counts, both included, that it stands for."""

    shade: int
    lowest: int
    highest: int


@cache
def country_map() -> CountryMap:
    stored = json.loads(OUTLINES.read_text(encoding="utf-8"))
    return CountryMap(stored["view_box"], Frame(*stored["inset"]), tuple(Shape(**s) for s in stored["shapes"]))


def shade(count: int, largest: int) -> int:
    """From 1 to 5 in equal parts of the largest count; 0 for none and for nothing else."""
    if count <= 0:
        return 0
    # Whole numbers all the way: a fifth of a count is never rounded into the next shade.
    return max(1, min(-(-count * SHADES // max(largest, 1)), SHADES))


def areas(
    counts: Mapping[str, int], address: Callable[[str], str] = lambda code: "", selected: Collection[str] = ()
) -> list[Area]:
    """The whole country with these counts by code; only what has a count, or is chosen, leads to its address."""
    largest = max((counts.get(shape.code, 0) for shape in country_map().shapes), default=0)
    return [
        Area(
            shape.code,
            shape.name,
            shape.path,
            count := counts.get(shape.code, 0),
            shade(count, largest),
            address(shape.code) if count or shape.code in selected else "",
            shape.code in selected,
        )
        for shape in country_map().shapes
    ]


def steps(drawn: Sequence[Area]) -> list[Step]:
    """The shades that a map of these counts can have, for its legend; none where it shows nothing."""
    largest = max((area.count for area in drawn), default=0)
    ends = [largest * part // SHADES for part in range(SHADES + 1)]
    return [Step(part, ends[part - 1] + 1, ends[part]) for part in range(1, SHADES + 1) if ends[part] > ends[part - 1]]

"""Draw the departments with few points: `python -m bench.outlines` writes practices/drawing/departments.json.

Borders are simplified (Douglas–Peucker) between the points where three of them meet, each border once for the two
departments that share it, so that neighbours still touch. San Andrés is drawn apart, enlarged, inside a frame.
"""

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "fixtures/reference/colombia-departments.json"
RESULT = ROOT / "practices/drawing/departments.json"
TOLERANCE = 1.1
"""How far a border may move, in units of the source, whose country is 690 high."""
MARGIN = 4
SAN_ANDRES = "88"
TIMES = 17
"""How much larger than the country San Andrés is drawn."""
FRAME = (4, 4, 52, 88)
"""x, y, width and height of the frame around San Andrés, in the empty corner of the sea."""

Point = tuple[float, float]
Ring = list[Point]


def main() -> None:
    RESULT.write_text(json.dumps(drawn(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def drawn() -> dict[str, Any]:
    source = json.loads(SOURCE.read_text(encoding="utf-8"))["departments"]
    outlines = {row["code"]: list(rings(row["path"])) for row in source}
    apart = outlines.pop(SAN_ANDRES)
    mainland = [ring for outline in outlines.values() for ring in outline]
    left, top = (min(point[axis] for ring in mainland for point in ring) - MARGIN for axis in (0, 1))
    corners = corners_of(mainland)
    placed = {
        code: [[(x - left, y - top) for x, y in simplified(ring, corners)] for ring in outline]
        for code, outline in outlines.items()
    }
    right, bottom = (max(p[axis] for o in placed.values() for ring in o for p in ring) for axis in (0, 1))
    placed[SAN_ANDRES] = [framed(ring) for ring in apart]
    return {
        "view_box": f"0 0 {round(right + MARGIN)} {round(bottom + MARGIN)}",
        "inset": FRAME,
        "shapes": [
            {"code": row["code"], "name": row["name"], "path": "".join(map(path, placed[row["code"]]))}
            for row in source
        ],
    }


def rings(path: str) -> Iterator[Ring]:
    """The closed lines of an SVG path of relative points, in absolute ones. Only moves and lines are known."""
    x = y = 0.0
    for part in re.findall(r"m[^m]*", path):
        ring = []
        for pair in part.strip("mz ").split():
            dx, _comma, dy = pair.partition(",")
            x, y = x + float(dx), y + float(dy)
            ring.append((round(x, 2), round(y, 2)))
        x, y = ring[0]
        yield ring


def corners_of(outline: Iterable[Ring]) -> set[Point]:
    """The points where borders begin and end: those whose neighbours are not the same in every ring."""
    seen: dict[Point, set[frozenset[Point]]] = defaultdict(set)
    for ring in outline:
        for before, point, after in zip([ring[-1], *ring], ring, [*ring[1:], ring[0]], strict=False):
            seen[point].add(frozenset((before, after)))
    return {point for point, neighbours in seen.items() if len(neighbours) > 1}


def simplified(ring: Ring, corners: set[Point]) -> Ring:
    """The ring with each of its borders simplified; the last point joins the first again."""
    ends = [place for place, point in enumerate(ring) if point in corners]
    if len(ends) < 2:
        first = ends[0] if ends else 0
        far = max(range(len(ring)), key=lambda place: distance(ring[first], ring[first], ring[place]))
        ends = sorted({first, far})
    turned = [*ring[ends[0] :], *ring[: ends[0] + 1]]
    stops = [*(end - ends[0] for end in ends), len(ring)]
    kept: Ring = []
    for start, stop in pairwise(stops):
        kept += border(turned[start : stop + 1])[:-1]
    return kept


def border(line: Sequence[Point]) -> Ring:
    """The same border whichever of its two neighbours is being drawn."""
    return fewer(line) if line[0] <= line[-1] else fewer(line[::-1])[::-1]


def fewer(line: Sequence[Point]) -> Ring:
    """Douglas–Peucker: the points without which the line would move more than the tolerance."""
    if len(line) < 3:
        return list(line)
    away = [distance(line[0], line[-1], point) for point in line]
    farthest = max(range(len(line)), key=away.__getitem__)
    if away[farthest] <= TOLERANCE:
        return [line[0], line[-1]]
    return fewer(line[: farthest + 1])[:-1] + fewer(line[farthest:])


def distance(start: Point, end: Point, point: Point) -> float:
    """From the point to the segment."""
    (x0, y0), (x1, y1), (x, y) = start, end, point
    length = (x1 - x0) ** 2 + (y1 - y0) ** 2
    along = ((x - x0) * (x1 - x0) + (y - y0) * (y1 - y0)) / length if length else 0.0
    along = min(max(along, 0.0), 1.0)
    return float(((x - x0 - along * (x1 - x0)) ** 2 + (y - y0 - along * (y1 - y0)) ** 2) ** 0.5)


def framed(ring: Ring) -> Ring:
    """The ring enlarged, in the middle of the frame."""
    x, y, width, height = FRAME
    middles = [(min(p[axis] for p in ring) + max(p[axis] for p in ring)) / 2 for axis in (0, 1)]
    return [(x + width / 2 + (px - middles[0]) * TIMES, y + height / 2 + (py - middles[1]) * TIMES) for px, py in ring]


def path(ring: Ring) -> str:
    """SVG path data in whole units, as short as it can be written."""
    points = [(round(x), round(y)) for x, y in ring]
    steps = [(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(points)]
    written = " ".join(f"{dx} {dy}" for dx, dy in steps if (dx, dy) != (0, 0)).replace(" -", "-")
    return f"M{points[0][0]} {points[0][1]}l{written}z"


if __name__ == "__main__":
    main()

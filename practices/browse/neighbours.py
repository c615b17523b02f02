"""What stands before and after a practice in the selection that one came from."""

from dataclasses import dataclass

from pyroaring import BitMap

from .parameters import NEWEST, RELEVANCE
from .selection import Selection

MOST_WALKED = 20_000
"""Places of a selection by title or date that are looked through for a practice: a few milliseconds."""


@dataclass(frozen=True)
class Neighbours:
    """`place` counts from 1; the ids are None at the ends. Without a place the practice is too far down to be found
    quickly."""

    count: int
    place: int = 0
    previous: int | None = None
    next: int | None = None


def neighbours(selection: Selection, pk: int) -> Neighbours | None:
    """None where nothing is chosen, or where the practice is not in the selection. No queries of its own."""
    if not selection.query_string() or pk not in selection.ids:
        return None
    if selection.order == NEWEST:
        return _by_rank([selection.ids], pk)
    if selection.order == RELEVANCE:
        return _by_rank([group for found in selection.match.groups if (group := found & selection.ids)], pk)
    return _walked(selection, pk)


def _by_rank(groups: list[BitMap], pk: int) -> Neighbours:
    """Inside a group the newest comes first, and ids grow with time: so the sets themselves know the place."""
    number = next(number for number, group in enumerate(groups) if pk in group)
    group = groups[number]
    below = group.rank(pk) - 1
    above = len(group) - below - 1
    previous = group[below + 1] if above else (groups[number - 1].min() if number else None)
    following = group[below - 1] if below else (groups[number + 1].max() if number + 1 < len(groups) else None)
    place = sum(map(len, groups[:number])) + above + 1
    return Neighbours(sum(map(len, groups)), place, previous, following)


def _walked(selection: Selection, pk: int) -> Neighbours:
    before = None
    ordered = selection.ordered_ids()
    for place, other in zip(range(1, MOST_WALKED + 1), ordered, strict=False):
        if other == pk:
            return Neighbours(len(selection.ids), place, before, next(ordered, None))
        before = other
    return Neighbours(len(selection.ids))

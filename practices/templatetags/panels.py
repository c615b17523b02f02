"""How the search form lays out what there is to choose from: panels of filters, and the orders."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from practices.browse import Selection
from practices.browse.facets import FacetGroup, FacetValue
from practices.browse.parameters import DEPARTMENT, FACETS, NEWEST, RELEVANCE, SIZES, SOUGHT, TABLE, USUAL_SIZE
from practices.language.words import squash

TOGETHER = ("indicadores", "archivos")
FIRST = [name for name in FACETS if name not in TOGETHER]
OPEN = FIRST[:3]
SHOWN = 10
MOST_TO_UNFOLD = 40
"""A facet with more values than this has a search box instead of a list to unfold."""
MOST_FOUND = 40


class Box(NamedTuple):
    """One value to tick; `name` is its parameter."""

    name: str
    value: str
    label: str
    count: int  # type: ignore[assignment]
    selected: bool

    @property
    def disabled(self) -> bool:
        return not self.count and not self.selected


@dataclass(frozen=True)
class Panel:
    """A facet as the page lays it out: the values at first sight, and those one has to ask for."""

    name: str
    label: str | Promise
    shown: list[Box]
    rest: list[Box]
    selected: int
    is_open: bool
    search_name: str = ""
    """The parameter of its own search box; "" where it has none."""
    sought: str = ""
    found: int = 0
    """How many values hold what is sought."""

    @property
    def in_spanish(self) -> bool:
        """Whether the labels are those of records, which stay in the language they were written in."""
        return self.name not in TOGETHER


def panels(selection: Selection) -> list[Panel]:
    """The facets that have anything to choose, those most asked for first."""
    groups = {group.name: group for group in selection.facets}
    found = [_panel(groups[name], selection.sought(name)) for name in FIRST if _has_any(groups[name])]
    contents = [box for name in TOGETHER for box in _boxes(groups[name], groups[name].values)]
    if contents:
        selected = sum(box.selected for box in contents)
        found.append(Panel(TOGETHER[0], _("Contents"), contents, [], selected, bool(selected)))
    return found


def _has_any(group: FacetGroup) -> bool:
    return bool(len(group) or group.exhausted)


def _panel(group: FacetGroup, sought: str) -> Panel:
    selected = len(group.selected)
    is_open = bool(selected or sought) or group.name in OPEN
    if len(group) > MOST_TO_UNFOLD:
        return _long_panel(group, sought, selected, is_open)
    boxes = _boxes(group, (*group.values, *group.exhausted))
    shown = boxes[:SHOWN] + [box for box in boxes[SHOWN:] if box.selected]
    rest = [box for box in boxes[SHOWN:] if not box.selected]
    return Panel(group.name, group.label, shown, rest, selected, is_open)


def _long_panel(group: FacetGroup, sought: str, selected: int, is_open: bool) -> Panel:
    """The first ten values and the chosen ones, or those that hold what is sought; and a box to seek others in."""
    if wanted := squash(sought).split():
        holding = [value for value in group.values if _holds(value, wanted)]
        shown = [value for value in group.selected if value not in holding] + holding[:MOST_FOUND]
    else:
        holding = []
        first = group.first(SHOWN)
        shown = [*first, *(value for value in group.selected if value not in first)]
    name = f"{SOUGHT}{group.name}"
    return Panel(group.name, group.label, _boxes(group, shown), [], selected, is_open, name, sought, len(holding))


def _holds(value: FacetValue, wanted: Sequence[str]) -> bool:
    """Whether each of these beginnings begins a word of the label."""
    label = f" {squash(value.label)}"
    return all(f" {word}" in label for word in wanted)


def _boxes(group: FacetGroup, values: Iterable[FacetValue]) -> list[Box]:
    return [Box(group.name, value.value, value.label, value.count, value.selected) for value in values]


def counts_national(panel: Panel, selection: Selection) -> bool:
    """Whether the panel offers to count national practices in every department."""
    return panel.name == DEPARTMENT and bool(selection.national or selection.with_national)


@dataclass(frozen=True)
class Sort:
    value: str
    label: str
    selected: bool


def sorts(selection: Selection) -> list[Sort]:
    """The orders to choose from. The one that goes without saying has no value, so it follows the search."""
    usual = RELEVANCE if selection.match else NEWEST
    return [Sort("" if name == usual else name, label, name == selection.order) for name, label in selection.orders]


def sizes(selection: Selection) -> list[Sort]:
    """How many practices a page may hold. The usual number goes without saying, too."""
    return [Sort("" if size == USUAL_SIZE else str(size), str(size), size == selection.size) for size in SIZES]


@dataclass(frozen=True)
class View:
    """A way to look at the list; `key` tells a script which link it is after the page has changed."""

    key: str
    label: str | Promise
    query: str
    selected: bool


def views(selection: Selection) -> list[View]:
    return [
        View("lista", _("List"), selection.query_string(view=""), not selection.is_table),
        View("tabla", _("Table"), selection.query_string(view=TABLE), selection.is_table),
    ]

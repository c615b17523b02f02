"""What else there is: every value of every facet with the number of results it would give."""

from collections.abc import Callable, Collection
from operator import attrgetter
from typing import Any, NamedTuple, TypeVar

from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext_lazy as _
from pyroaring import BitMap

from practices.models.publication import Facet

from .collection import FacetColumn
from .filters import NAMED_HERE, PublicationFilter, named
from .parameters import DEPARTMENT, FACETS

LABELS: dict[str, str | Promise] = {
    "categoria": _("Category"),
    "servicio": _("Service"),
    "departamento": _("Department"),
    "municipio": _("Municipality"),
    "anio": _("Year of implementation"),
    "autor": _("Author"),
    "convocatoria": _("Call"),
    "distincion": _("Distinction"),
    "criterio": _("Criterion met"),
    "indicadores": _("Figures of the impact"),
    "archivos": _("Attached files"),
}


Counted = TypeVar("Counted", bound=tuple)
"""A named tuple with a value, a label and a count."""
MOST_EXHAUSTED = 40
"""A facet with more values than this does not show those that have nothing left to give."""


class FacetValue(NamedTuple):
    """One value with the number of results it would give."""

    value: str
    label: str
    count: int  # type: ignore[assignment]
    selected: bool


class FacetGroup:
    """One facet as the public sees it; `name` is its parameter.

    A long facet has thousands of values, of which a page shows ten: they are made as they are asked for.
    """

    def __init__(self, name: str, column: FacetColumn, counts: list[int], chosen: Collection[str]) -> None:
        self.name = name
        self.label = LABELS[name]
        self._facet = FACETS[name]
        self._column = column
        self._counts = counts
        self._chosen = {place for place, value in enumerate(column.values) if value in chosen} if chosen else set()

    def __len__(self) -> int:
        """How many values have something to give, or are chosen."""
        return len(self._places)

    def first(self, number: int) -> tuple[FacetValue, ...]:
        """The first of the values, in their order."""
        return tuple(map(self._value, self._places[:number]))

    @cached_property
    def values(self) -> tuple[FacetValue, ...]:
        """Those with something to give, and those that are chosen."""
        return self.first(len(self))

    @property
    def selected(self) -> list[FacetValue]:
        return [self._value(place) for place in self._places if place in self._chosen] if self._chosen else []

    @cached_property
    def exhausted(self) -> tuple[FacetValue, ...]:
        """Those that what is chosen elsewhere leaves with nothing, where they are few enough to be looked at."""
        if len(self._counts) > MOST_EXHAUSTED:
            return ()
        gone = [place for place, count in enumerate(self._counts) if not count and place not in self._chosen]
        return tuple(in_order(self._facet, [self._value(place) for place in gone]))

    @cached_property
    def _places(self) -> list[int]:
        """Of the values to show, in their order, where they stand in the column."""
        if self._facet in ORDER_OF:
            shown = {self._value(place): place for place in self._alive}
            return [shown[value] for value in in_order(self._facet, list(shown))]
        if self._counts is self._column.totals and not self._chosen:
            return self._column.most_first
        return sorted(self._alive, key=self._counts.__getitem__, reverse=True)

    @property
    def _alive(self) -> list[int]:
        """What was chosen stays visible, with nothing to give, or nobody could take it back."""
        chosen = self._chosen
        if not chosen:
            return [place for place, count in enumerate(self._counts) if count]
        return [place for place, count in enumerate(self._counts) if count or place in chosen]

    def _value(self, place: int) -> FacetValue:
        value, label = self._column.values[place], self._column.labels[place]
        if self._facet in NAMED_HERE:
            label = named(self._facet, value, label)
        return FacetValue(value, label, self._counts[place], place in self._chosen)


def facet_groups(chosen: PublicationFilter, found: BitMap) -> list[FacetGroup]:
    """Every facet of what the search found, counted as if nothing were chosen in it. No queries."""
    return [_group(chosen, name, chosen.narrowed(found, without=name)) for name in FACETS]


def _group(chosen: PublicationFilter, name: str, among: BitMap) -> FacetGroup:
    column = chosen.known.columns.get(FACETS[name], FacetColumn.EMPTY)
    also = chosen.national if name == DEPARTMENT else BitMap()
    if also:
        counts = [among.intersection_cardinality(ids | also) for ids in column.sets]
    elif among is chosen.known.live:
        counts = column.totals
    else:
        counts = column.counts(among)
    return FacetGroup(name, column, counts, chosen.values[name])


def in_order(facet: Facet, values: list[Counted]) -> list[Counted]:
    """Values of one facet, labels in order, as the public sees them."""
    return ORDER_OF.get(facet, _by_count)(values)


def _by_count(values: list[Any]) -> list[Any]:
    """The most frequent first; equals stay in the order of their labels, in which they come."""
    return sorted(values, key=attrgetter("count"), reverse=True)


def _newest_first(values: list[Any]) -> list[Any]:
    return sorted(values, key=lambda value: -int(value.value))


def _by_label(values: list[Any]) -> list[Any]:
    """Numbered categories in the order of their numbers, the others by name after them."""
    return sorted(values, key=_number_and_label)


def _number_and_label(value: Any) -> Any:
    number, _dot, _rest = value.label.partition(".")
    return ([0, int(number)] if number.isdigit() else [1], value.label)


Order = Callable[[list[Any]], list[Any]]
ORDER_OF: dict[Facet, Order] = {Facet.YEAR: _newest_first, Facet.CATEGORY: _by_label}

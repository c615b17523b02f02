"""What else there is: every value of every facet with the number of results it would give."""

from collections.abc import Callable
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, NamedTuple, TypeVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from pyroaring import BitMap

from practices.models.publication import Facet

from .filters import PublicationFilter, named
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
    """One value with the number of results it would give. A tuple, because a page makes thousands of them."""

    value: str
    label: str
    count: int  # type: ignore[assignment]
    selected: bool


@dataclass(frozen=True)
class FacetGroup:
    """One facet as the public sees it; `name` is its parameter."""

    name: str
    label: str | Promise
    values: tuple[FacetValue, ...]
    """Those with something to give, and those that are chosen."""
    exhausted: tuple[FacetValue, ...] = ()
    """Those that what is chosen elsewhere leaves with nothing, where they are few enough to be looked at."""

    @property
    def selected(self) -> list[FacetValue]:
        return [value for value in self.values if value.selected]


def facet_groups(chosen: PublicationFilter, found: BitMap) -> list[FacetGroup]:
    """Every facet of what the search found, counted as if nothing were chosen in it. No queries."""
    return [_group(chosen, name, chosen.narrowed(found, without=name)) for name in FACETS]


def _group(chosen: PublicationFilter, name: str, among: BitMap) -> FacetGroup:
    facet, selected, known = FACETS[name], chosen.labels(name), chosen.known
    values, exhausted = [], []
    carried_by = among.intersection_cardinality
    counted = known.counted.get(facet, [])
    also = chosen.national if name == DEPARTMENT else BitMap()
    for value, label, ids in counted:
        count = carried_by(ids | also) if also else carried_by(ids)
        # What was chosen stays visible, with nothing to give, or nobody could take it back.
        if count or value in selected:
            values.append(FacetValue(value, named(facet, value, label), count, value in selected))
        elif len(counted) <= MOST_EXHAUSTED:
            exhausted.append(FacetValue(value, named(facet, value, label), 0, False))
    return FacetGroup(name, LABELS[name], tuple(in_order(facet, values)), tuple(in_order(facet, exhausted)))


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

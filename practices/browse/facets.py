"""What else there is: every value of every facet with the number of results it would give."""

from collections.abc import Callable
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from pyroaring import BitMap

from practices.models.publication import Facet

from .filters import PublicationFilter
from .parameters import FACETS

LABELS: dict[str, str | Promise] = {
    "categoria": _("Category"),
    "servicio": _("Service"),
    "departamento": _("Department"),
    "municipio": _("Municipality"),
    "anio": _("Year of implementation"),
    "autor": _("Author"),
    "criterio": _("Criterion met"),
}


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

    @property
    def selected(self) -> list[FacetValue]:
        return [value for value in self.values if value.selected]


def facet_groups(chosen: PublicationFilter, found: BitMap) -> list[FacetGroup]:
    """Every facet of what the search found, counted as if nothing were chosen in it. No queries."""
    return [_group(chosen, name, chosen.narrowed(found, without=name)) for name in FACETS]


def _group(chosen: PublicationFilter, name: str, among: BitMap) -> FacetGroup:
    facet, selected, known = FACETS[name], chosen.labels(name), chosen.known
    values = []
    carried_by = among.intersection_cardinality
    for value, label, ids in known.counted.get(facet, []):
        count = carried_by(ids)
        # What was chosen stays visible, with nothing to give, or nobody could take it back.
        if count or value in selected:
            values.append(FacetValue(value, label, count, value in selected))
    return FacetGroup(name, LABELS[name], tuple(ORDER_OF.get(facet, _by_count)(values)))


def _by_count(values: list[FacetValue]) -> list[FacetValue]:
    """The most frequent first; equals stay in the order of their labels, in which they come."""
    return sorted(values, key=attrgetter("count"), reverse=True)


def _newest_first(values: list[FacetValue]) -> list[FacetValue]:
    return sorted(values, key=lambda value: -int(value.value))


def _by_label(values: list[FacetValue]) -> list[FacetValue]:
    """Numbered categories in the order of their numbers, the others by name after them."""
    return sorted(values, key=_number_and_label)


def _number_and_label(value: FacetValue) -> Any:
    number, _dot, _rest = value.label.partition(".")
    return ([0, int(number)] if number.isdigit() else [1], value.label)


Order = Callable[[list[FacetValue]], list[FacetValue]]
ORDER_OF: dict[Facet, Order] = {Facet.YEAR: _newest_first, Facet.CATEGORY: _by_label}

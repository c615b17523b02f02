"""What else there is: every value of every facet with the number of results it would give."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from practices.models.publication import Facet, Publication

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


@dataclass(frozen=True)
class FacetValue:
    value: str
    label: str
    count: int
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


Counts = dict[str, dict[tuple[str, str], int]]


def facet_groups(chosen: PublicationFilter) -> list[FacetGroup]:
    """Every facet, counted as if nothing were chosen in it.

    Queries: one for all facets without a choice, and one more per facet with one.
    """
    values = chosen.values
    free = [name for name in FACETS if not values[name]]
    counts = _counts(chosen.narrowed(), free) if free else {}
    for name in FACETS:
        if values[name]:
            counts.update(_counts(chosen.narrowed(without=name), [name]))
    return [_group(chosen, name, counts[name]) for name in FACETS]


def _counts(publications: QuerySet[Publication], names: list[str]) -> Counts:
    by_facet = {FACETS[name]: name for name in names}
    rows = (
        Publication.terms.through.objects.filter(
            publication__in=publications.order_by(), facetterm__facet__in=by_facet
        )
        .values_list("facetterm__facet", "facetterm__value", "facetterm__label")
        .annotate(count=Count("pk"))
    )
    counts: Counts = {name: {} for name in names}
    for facet, value, label, count in rows:
        counts[by_facet[facet]][value, label] = count
    return counts


def _group(chosen: PublicationFilter, name: str, counts: dict[tuple[str, str], int]) -> FacetGroup:
    selected = chosen.labels(name)
    # What was chosen stays visible, with nothing to give, or nobody could take it back.
    counts = {**{(term.value, term.label): 0 for term in selected.values()}, **counts}
    values = [FacetValue(value, label, count, value in selected) for (value, label), count in counts.items()]
    return FacetGroup(name, LABELS[name], tuple(sorted(values, key=ORDER_OF.get(FACETS[name], _by_count))))


def _by_count(value: FacetValue) -> Any:
    return (-value.count, value.label)


def _newest_first(value: FacetValue) -> Any:
    return -int(value.value)


def _by_label(value: FacetValue) -> Any:
    """Numbered categories in the order of their numbers, the others by name after them."""
    number, _dot, _rest = value.label.partition(".")
    return ([0, int(number)] if number.isdigit() else [1], value.label)


ORDER_OF: dict[Facet, Callable[[FacetValue], Any]] = {Facet.YEAR: _newest_first, Facet.CATEGORY: _by_label}

"""The query string read by django-filter: each parameter's known values, and what each does to a queryset."""

import re
from collections.abc import Iterable, Mapping
from typing import Any, Protocol

import django_filters
from django import forms
from django.db.models import QuerySet

from practices import search
from practices.models.publication import FacetTerm, Publication, Status

from .parameters import FACETS, MAX_VALUES, ORDER, ORDERS, TEXT

VALUE = re.compile(r"[\w-]{1,80}")


class Query(Protocol):
    """What a QueryDict and a MultiValueDict share."""

    def getlist(self, key: str) -> list[str]: ...

    def get(self, key: str) -> str | None: ...


class TermField(forms.Field):
    """The values of one parameter that the catalogue knows, sorted; each unknown one is ignored by itself."""

    widget = forms.SelectMultiple

    def __init__(self, *args: Any, known: Mapping[str, FacetTerm], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = known

    def clean(self, value: Any) -> list[str]:
        return sorted(set(plausible(value or [])) & set(self.known))


class TermFilter(django_filters.Filter):
    """Publications with any of the chosen values (OR inside a facet)."""

    field_class = TermField

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(known={}, **kwargs)

    def filter(self, qs: QuerySet[Publication], value: list[str]) -> QuerySet[Publication]:
        if not value:
            return qs
        terms = [self.extra["known"][v].pk for v in value]
        carrying = Publication.terms.through.objects.filter(facetterm_id__in=terms)
        return qs.filter(pk__in=carrying.values("publication_id"))


class TextFilter(django_filters.Filter):
    """Any text at all: what cannot be searched for is left out of it, not refused."""

    field_class = forms.Field

    def filter(self, qs: QuerySet[Publication], value: str) -> QuerySet[Publication]:
        asked = search.match(shown(value or ""))
        return asked.narrow(qs) if asked else qs


class LenientChoiceField(forms.ChoiceField):
    def clean(self, value: Any) -> str:
        return value if self.valid_value(value) else ""


class OrderFilter(django_filters.Filter):
    """Known to the form only; the selection orders, since ranking needs the text too."""

    field_class = LenientChoiceField

    def filter(self, qs: QuerySet[Publication], value: str) -> QuerySet[Publication]:
        return qs


class PublicationFilter(django_filters.FilterSet):
    """AND across parameters. Spends one query on learning which of the given values are known."""

    q = TextFilter()
    orden = OrderFilter(choices=list(ORDERS.items()))

    class Meta:
        model = Publication
        fields: list[str] = []

    def __init__(self, data: Query, queryset: QuerySet[Publication]) -> None:
        super().__init__(data=data, queryset=queryset)
        known = known_terms(data)
        for name in FACETS:
            self.filters[name].extra["known"] = known[name]

    def narrowed(self, without: str = "") -> QuerySet[Publication]:
        """The publications that pass every filter, or every one but the parameter named."""
        found = self.queryset.all()
        for name, value in self.values.items():
            if name != without:
                found = self.filters[name].filter(found, value)
        return found

    @property
    def values(self) -> dict[str, Any]:
        self.form.is_valid()
        return {name: self.form.cleaned_data.get(name) for name in (TEXT, *FACETS, ORDER)}

    def labels(self, name: str) -> dict[str, FacetTerm]:
        """The chosen terms of a parameter, by value."""
        known = self.filters[name].extra["known"]
        return {value: known[value] for value in self.values[name]}


for _name in FACETS:
    PublicationFilter.base_filters[_name] = TermFilter()


def shown(typed: str) -> str:
    """What was typed as one line that can be shown and searched for; the filter reads it in the same way."""
    line = " ".join(typed[: 5 * search.MAX_LENGTH].split())
    return "".join(c for c in line if c.isprintable()).strip()[: search.MAX_LENGTH]


def plausible(values: Iterable[str]) -> list[str]:
    """Those that could be a value at all: no database is asked about the others."""
    return [value for value in list(values)[:MAX_VALUES] if VALUE.fullmatch(value)]


def known_terms(data: Query) -> dict[str, dict[str, FacetTerm]]:
    """Per parameter, the given values that some current publication carries. One query at most."""
    asked = {name: plausible(data.getlist(name)) for name in FACETS}
    known: dict[str, dict[str, FacetTerm]] = {name: {} for name in FACETS}
    every = {value for values in asked.values() for value in values}
    if not every:
        return known
    in_force = Publication.terms.through.objects.filter(publication__status=Status.CURRENT)
    for term in FacetTerm.objects.filter(value__in=every, pk__in=in_force.values("facetterm_id")):
        for name, facet in FACETS.items():
            if term.facet == facet and term.value in asked[name]:
                known[name][term.value] = term
    return known

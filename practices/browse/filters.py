"""The query string read by django-filter: the known values of each parameter, and the sets they stand for."""

import re
from collections.abc import Iterable
from functools import cached_property
from typing import Any, Protocol

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _
from pyroaring import BitMap

from practices import search
from practices.models.publication import Facet, Publication

from .collection import Collection, TermKey
from .parameters import (
    DEPARTMENT,
    FACETS,
    MAX_VALUES,
    ORDER,
    ORDERS,
    SIZE,
    SIZES,
    TABLE,
    TEXT,
    VIEW,
    WITH_NATIONAL,
    YES,
)
from .terms import NATIONAL

VALUE = re.compile(r"[\w-]{1,80}")


class Query(Protocol):
    """What a QueryDict and a MultiValueDict share."""

    def getlist(self, key: str) -> list[str]: ...

    def get(self, key: str) -> str | None: ...


class TermField(forms.Field):
    """The values of one parameter that the catalogue knows, sorted; each unknown one is ignored by itself."""

    widget = forms.SelectMultiple

    def __init__(self, *args: Any, known: Collection, facet: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = known
        self.facet = facet

    def clean(self, value: Any) -> list[str]:
        return sorted(set(self.known.known_values(self.facet, plausible(value or []))))


class TermFilter(django_filters.Filter):
    """Publications with any of the chosen values (OR inside a facet)."""

    field_class = TermField

    def __init__(self, facet: str, **kwargs: Any) -> None:
        super().__init__(known=Collection(), facet=facet, **kwargs)

    def ids(self, value: list[str]) -> BitMap:
        known: Collection = self.extra["known"]
        return known.carrying(self.extra["facet"], value)


def named(facet: Facet, value: str, label: str) -> str:
    """The label in the language of the page where the catalogue itself, and no record, gives the value its name."""
    return str(OWN_LABELS.get((facet, value), label))


OWN_LABELS = {
    (Facet.DEPARTMENT, NATIONAL): _("National"),
    (Facet.METRICS, YES): _("With figures of the impact"),
    (Facet.FILES, YES): _("With files"),
}


class TextFilter(django_filters.Filter):
    """Any text at all: what cannot be searched for is left out of it, not refused."""

    field_class = forms.Field


class LenientChoiceField(forms.ChoiceField):
    def clean(self, value: Any) -> str:
        return value if self.valid_value(value) else ""


class ChoiceFilter(django_filters.Filter):
    field_class = LenientChoiceField


class PublicationFilter(django_filters.FilterSet):
    """AND across parameters. It reads the values; the collection knows what they select. No queries."""

    q = TextFilter()
    orden = ChoiceFilter(choices=list(ORDERS.items()))
    nacionales = ChoiceFilter(choices=[(YES, YES)])
    tamano = ChoiceFilter(choices=[(str(size), str(size)) for size in SIZES])
    vista = ChoiceFilter(choices=[(TABLE, TABLE)])

    class Meta:
        model = Publication
        fields: list[str] = []

    def __init__(self, data: Query, known: Collection) -> None:
        super().__init__(data=data, queryset=Publication.objects.current())
        self.known = known
        for name in FACETS:
            self.filters[name].extra["known"] = known

    @cached_property
    def values(self) -> dict[str, Any]:
        self.form.is_valid()
        return {name: self.form.cleaned_data.get(name) for name in (TEXT, *FACETS, WITH_NATIONAL, ORDER, SIZE, VIEW)}

    @cached_property
    def national(self) -> BitMap:
        """The national practices where they are asked to count in every department, else none."""
        return self.known.carrying(Facet.DEPARTMENT, [NATIONAL]) if self.values[WITH_NATIONAL] else BitMap()

    @cached_property
    def chosen_ids(self) -> dict[str, BitMap]:
        """Of each facet with a choice, the publications that have one of the chosen values."""
        return {name: self.carrying(name, self.values[name]) for name in FACETS if self.values[name]}

    def carrying(self, name: str, values: list[str]) -> BitMap:
        """The publications that one of these values of a parameter finds; none without a value."""
        ids = self.filters[name].ids(values)
        return ids | self.national if name == DEPARTMENT and values else ids

    def narrowed(self, ids: BitMap, without: str = "") -> BitMap:
        """Those that pass every facet, or every one but the parameter named."""
        for name, chosen in self.chosen_ids.items():
            if name != without:
                ids = ids & chosen
        return ids

    def labels(self, name: str) -> dict[str, str]:
        """The labels of the chosen values of a parameter."""
        facet = FACETS[name]
        return {value: named(facet, value, self.known.labels[TermKey(facet, value)]) for value in self.values[name]}


for _name, _facet in FACETS.items():
    PublicationFilter.base_filters[_name] = TermFilter(_facet)


def shown(typed: str) -> str:
    """What was typed as one line that can be shown and searched for; the filter reads it in the same way."""
    line = " ".join(typed[: 5 * search.MAX_LENGTH].split())
    return "".join(c for c in line if c.isprintable()).strip()[: search.MAX_LENGTH]


def plausible(values: Iterable[str]) -> list[str]:
    """Those that could be a value at all, and not too many of them."""
    return [value for value in list(values)[:MAX_VALUES] if VALUE.fullmatch(value)]

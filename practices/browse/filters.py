"""The query string read by django-filter: the known values of each parameter, and the sets they stand for."""

import re
from collections.abc import Iterable
from typing import Any, Protocol

import django_filters
from django import forms
from django.utils.functional import cached_property
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
    """What can be values of one parameter, and not too many; which of them the catalogue knows is not its business."""

    widget = forms.SelectMultiple

    def clean(self, value: Any) -> list[str]:
        return plausible(value or [])


class TermFilter(django_filters.Filter):
    """Publications with any of the chosen values (OR inside a facet)."""

    field_class = TermField

    def __init__(self, facet: Facet, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.facet = facet

    def known(self, value: list[str], among: Collection) -> list[str]:
        """The values that the catalogue knows, sorted; each unknown one is ignored by itself."""
        return sorted(set(among.known_values(self.facet, value))) if value else []


def named(facet: Facet, value: str, label: str) -> str:
    """The label in the language of the page where the catalogue itself, and no record, gives the value its name."""
    return str(OWN_LABELS.get((facet, value), label))


OWN_LABELS = {
    (Facet.DEPARTMENT, NATIONAL): _("National"),
    (Facet.METRICS, YES): _("With figures of the impact"),
    (Facet.FILES, YES): _("With files"),
}
NAMED_HERE = {facet for facet, _value in OWN_LABELS}


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
        # Not the parent's, which copies every filter and builds a form for each request: that takes longer than most
        # searches, and neither filters nor fields change.
        self.data = data
        self.known = known

    @cached_property
    def values(self) -> dict[str, Any]:
        """Of each parameter the clean value; of a facet the list of those that the catalogue knows."""
        return {name: self._value(name) for name in (TEXT, *FACETS, WITH_NATIONAL, ORDER, SIZE, VIEW)}

    def _value(self, name: str) -> Any:
        declared = self.base_filters[name]
        if isinstance(declared, TermFilter):
            given = self.data.getlist(name)
            return declared.known(declared.field.clean(given), self.known) if given else []
        said = self.data.get(name)
        return UNSAID[name] if said is None else declared.field.clean(said)

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
        ids = self.known.carrying(FACETS[name], values)
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

UNSAID: dict[str, Any] = {
    name: declared.field.clean(None)
    for name, declared in PublicationFilter.base_filters.items()
    if not isinstance(declared, TermFilter)
}
"""What a parameter is in an address that does not name it: most addresses name none."""


def shown(typed: str) -> str:
    """What was typed as one line that can be shown and searched for; the filter reads it in the same way."""
    seen = "".join(c for c in typed[: 5 * search.MAX_LENGTH] if c.isprintable() or c.isspace())
    return " ".join(seen.split())[: search.MAX_LENGTH].strip()


def plausible(values: Iterable[str]) -> list[str]:
    """Those that could be a value at all, and not too many of them."""
    return [value for value in list(values)[:MAX_VALUES] if VALUE.fullmatch(value)]

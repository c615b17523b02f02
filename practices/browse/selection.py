"""What the public chose: read from a query string, said in a sentence, written back as a canonical one."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import QueryDict

from practices import search
from practices.models.publication import Publication

from .facets import LABELS, FacetGroup, facet_groups
from .filters import PublicationFilter, shown
from .parameters import FACETS, NEWEST, ORDER, ORDER_COLUMNS, ORDERS, PAGE, RELEVANCE, TEXT
from .sentence import sentence


@dataclass(frozen=True)
class Choice:
    """One thing chosen, and the query string without it. `name` is the parameter."""

    name: str
    value: str
    facet_label: str
    label: str
    without: str


class Selection:
    """An ordered set of current publications. Build it with `from_query`; every value in it is known and clean."""

    def __init__(self, filterset: PublicationFilter) -> None:
        self._filterset = filterset
        self._values = filterset.values

    @classmethod
    def from_query(cls, query: QueryDict | Mapping[str, Any]) -> "Selection":
        """Never fails: whatever is unknown or malformed is ignored, one value at a time. One query at most."""
        if not isinstance(query, QueryDict):
            query = QueryDict(urlencode(query, doseq=True))
        return cls(PublicationFilter(query, Publication.objects.current()))

    @property
    def text(self) -> str:
        """What was typed into the search box, without what could not be shown again."""
        return shown(self._values[TEXT] or "")

    @property
    def order(self) -> str:
        """The sort in force: as asked; else relevance for a search, the newest otherwise."""
        asked = self._values[ORDER]
        if asked == RELEVANCE and not self.match:
            asked = ""
        return asked or (RELEVANCE if self.match else NEWEST)

    @property
    def orders(self) -> list[tuple[str, str]]:
        """The sorts there are to choose from here, with their labels."""
        return [(name, str(label)) for name, label in ORDERS.items() if name != RELEVANCE or self.match]

    @cached_property
    def match(self) -> search.Match:
        return search.match(self.text)

    def publications(self) -> QuerySet[Publication]:
        """The selected publications in their order."""
        found = self._filterset.narrowed()
        if self.order == RELEVANCE:
            return self.match.rank(found)
        return found.order_by(*ORDER_COLUMNS[self.order])

    @cached_property
    def facets(self) -> list[FacetGroup]:
        return facet_groups(self._filterset)

    @cached_property
    def chosen(self) -> list[Choice]:
        """Everything in force, in the order of the page."""
        choices = []
        if self.text:
            choices.append(Choice(TEXT, self.text, "", self.text, self.query_string(drop=(TEXT, self.text))))
        for name in FACETS:
            for value, term in self._filterset.labels(name).items():
                without = self.query_string(drop=(name, value))
                choices.append(Choice(name, value, str(LABELS[name]), term.label, without))
        return choices

    def sentence(self, count: int) -> str:
        """The selection in words, for the heading, the title and the feed."""
        labels = {name: [term.label for term in self._filterset.labels(name).values()] for name in FACETS}
        return sentence(count, self.text if self.match else "", labels)

    def query_string(self, *, page: int = 1, drop: tuple[str, str] | None = None, order: str | None = None) -> str:
        """The canonical query string: fixed order, sorted values, nothing that is the default. May be ""."""
        pairs = [(TEXT, self.text)] if self.text else []
        pairs += [(name, value) for name in FACETS for value in self._values[name]]
        pairs = [pair for pair in pairs if pair != drop]
        order = order if order is not None else self._values[ORDER]
        if order and order != self._default_order(dropped=drop):
            pairs.append((ORDER, order))
        if page > 1:
            pairs.append((PAGE, str(page)))
        return urlencode(pairs)

    def _default_order(self, dropped: tuple[str, str] | None) -> str:
        has_text = bool(self.match) and not (dropped and dropped[0] == TEXT)
        return RELEVANCE if has_text else NEWEST

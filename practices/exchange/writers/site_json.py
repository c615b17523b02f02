"""The pages around the practices as data: home, criteria, the map of the site, the institution's own pages."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from practices.browse.facets import FacetValue
from practices.models.page import Page
from practices.models.publication import Publication
from practices.models.vocabulary import Criterion

Data = dict[str, Any]
ListAddress = Callable[[str, str], str]
"""The full address of the list by one value: of the name of its facet, and the value."""

KEYS = {"categoria": "categories", "servicio": "services", "departamento": "departments"}
"""What the values of a facet are called here, by its parameter."""


@dataclass(frozen=True)
class Overview:
    """What the home page tells of the catalogue; `values` by the parameter of their facet."""

    count: int
    values: dict[str, Sequence[FacetValue]]
    newest: Sequence[int]
    """Ids of the newest practices."""
    criteria: Sequence[Criterion]


@dataclass(frozen=True)
class Way:
    """A page to go to, and the same as data where there is that. `lang` is the language of its name, where that is
    not the reader's."""

    label: str
    address: str
    data: str = ""
    lang: str = ""


def overview_as_data(
    overview: Overview,
    newest: Iterable[Publication],
    address: ListAddress,
    told: Callable[[Publication], Data],
    criteria: str,
) -> Data:
    """`newest` are its newest practices, `told` says one in a few words; `criteria` is the address of their page."""
    return {
        "count": overview.count,
        **values_as_data(overview.values, address),
        "newest": [told(publication) for publication in newest],
        "criteria": [
            {"criterion": one.slug, "name": one.name, "url": f"{criteria}#{one.slug}"} for one in overview.criteria
        ],
    }


def values_as_data(values: dict[str, Sequence[FacetValue]], address: ListAddress) -> Data:
    """Each value with its count, and the address of the list of these practices."""
    return {
        KEYS[name]: [
            {"value": one.value, "label": one.label, "count": one.count, "url": address(name, one.value)}
            for one in among
        ]
        for name, among in values.items()
    }


def criteria_as_data(criteria: Iterable[Criterion], address: ListAddress) -> Data:
    """Each with the address of the practices that meet it."""
    return {
        "criteria": [
            {
                "criterion": one.slug,
                "name": one.name,
                "group": one.group,
                "description": one.description,
                "url": address("criterio", one.slug),
            }
            for one in criteria
        ]
    }


def ways_as_data(ways: Iterable[Way], full: Callable[[str], str]) -> list[Data]:
    """`full` makes a full address out of a path."""
    return [
        {"title": way.label, "url": full(way.address), "data": full(way.data) if way.data else None} for way in ways
    ]


def page_as_data(page: Page, title: str, text: str, language: str) -> Data:
    """The text is plain: an empty line begins a paragraph, ## a heading, • an item. `language` is the text's own."""
    return {"title": title, "language": language, "updated": page.updated_at.isoformat(), "text": text}

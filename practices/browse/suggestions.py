"""What is offered while somebody types: practices, authors and categories. Current publications only."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from practices import search
from practices.language.words import squash
from practices.models.publication import Facet, Publication

from .collection import Collection, collection
from .filters import shown

MOST = 8
MOST_AUTHORS = 3
MOST_CATEGORIES = 2
SHORTEST = 2

Kind = Literal["practice", "author", "category"]
FACET_OF: dict[Kind, Facet] = {"author": Facet.AUTHOR, "category": Facet.CATEGORY}


@dataclass(frozen=True)
class Suggestion:
    """`value` is the code of a practice, or what the query string says of an author or category."""

    kind: Kind
    label: str
    value: str


@dataclass(frozen=True)
class _Name:
    """A label as it is compared: every word of it begins after a space."""

    folded: str
    count: int
    label: str
    value: str


def suggestions(typed: str) -> tuple[str, list[Suggestion]]:
    """What was typed as it was read, and at most eight suggestions for it.

    Queries: the catalogue version, what the search needs, and the titles.
    """
    text = shown(typed)
    sought = squash(text)
    if len(sought) < SHORTEST:
        return text, []
    known = collection()
    names = _names(known)
    authors = _begun("author", names["author"], sought)
    categories = _begun("category", names["category"], sought)[:MOST_CATEGORIES]
    room = MOST - len(categories) - min(MOST_AUTHORS, len(authors))
    practices = _practices(search.suggest(text, known.live, known.newest, room, known.synonyms()))
    return text, [*practices, *authors[: MOST - len(practices) - len(categories)], *categories]


def _practices(ids: Sequence[int]) -> list[Suggestion]:
    if not ids:
        return []
    rows = Publication.objects.filter(pk__in=ids).still_current().values_list("pk", "code", "title")
    found = {pk: Suggestion("practice", title, code) for pk, code, title in rows}
    return [found[pk] for pk in ids if pk in found]


def _begun(kind: Kind, names: Sequence[_Name], sought: str) -> list[Suggestion]:
    """Names with a word that begins so: first those that begin so themselves, then the most used."""
    found = [name for name in names if f" {sought}" in name.folded]
    found.sort(key=lambda name: not name.folded.startswith(f" {sought}"))
    return [Suggestion(kind, name.label, name.value) for name in found[:MOST]]


_lock = threading.Lock()
_kept: list[tuple[Collection, dict[Kind, list[_Name]]]] = []


def _names(known: Collection) -> dict[Kind, list[_Name]]:
    """The labels of a collection, the most used first; made once for each."""
    for collected, names in tuple(_kept):
        if collected is known:
            return names
    names = {kind: _names_of(known, facet) for kind, facet in FACET_OF.items()}
    with _lock:
        _kept[:] = [(known, names)]
    return names


def _names_of(known: Collection, facet: Facet) -> list[_Name]:
    names = [
        _Name(_folded(known.labels[key]), known.live.intersection_cardinality(known.terms[key]), label, key.value)
        for key in known.by_facet.get(facet, [])
        if (label := known.labels[key])
    ]
    return sorted(names, key=lambda name: (-name.count, name.folded, name.value))


@lru_cache(maxsize=50_000)
def _folded(label: str) -> str:
    return f" {squash(label)}"

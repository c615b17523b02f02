"""Practices that are like another one, each with the reason.

What they share is weighed: the author most, then telling words, a municipality, category and service. All but the
words is a set that the worker has at hand (collection.py), and an answer is kept while the catalogue does not change.
"""

import threading
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from pyroaring import BitMap

from practices import search
from practices.document import PracticeDocument
from practices.models.publication import Facet, Publication
from practices.models.reading import database, source

from .collection import Collection

MOST = 4
FEWEST_WORDS = 2
MOST_PLACES = 10
"""With more municipalities than this, to share one says nothing."""
AUTHOR, PLACE = 3, 2
KEPT = 2_000
WORDS_SAID = 3

_lock = threading.Lock()
_kept: OrderedDict[tuple[str, int, int], list["Kin"]] = OrderedDict()


@dataclass(frozen=True)
class Kin:
    """A publication that is like the one asked about, and in what. `places` and `words` are as written."""

    pk: int
    author: bool = False
    category: bool = False
    service: bool = False
    places: tuple[str, ...] = ()
    words: tuple[str, ...] = ()

    @property
    def reasons(self) -> str:
        """In the language of the page: “mismo autor; misma categoría y servicio”."""
        return "; ".join(self._reasons())

    def _reasons(self) -> Iterator[str]:
        if self.author:
            yield _("same author")
        if self.category:
            yield _("same category and service") if self.service else _("same category")
        if self.places:
            yield _("same municipality (%s)") % ", ".join(self.places)
        if self.words:
            yield _("similar words (%s)") % ", ".join(self.words)


def related(publication_id: int, known: Collection) -> list[Kin]:
    """Up to four, the most alike first, the newest first among equals; never the practice itself.

    No queries for a practice asked before in the same catalogue version; else three.
    """
    if database().in_atomic_block:
        return _found(publication_id, known)
    key = (source(), known.version, publication_id)
    found = _kept.get(key)
    if found is None:
        found = _found(publication_id, known)
        with _lock:
            _kept[key] = found
            while len(_kept) > KEPT:
                _kept.popitem(last=False)
    return found


def forget() -> None:
    """Drop what is kept: between tests, and when a database was replaced."""
    with _lock:
        _kept.clear()


@dataclass(frozen=True)
class _Shared:
    """The other publications that share each thing with one."""

    author: BitMap
    category: BitMap
    service: BitMap
    places: dict[str, BitMap]
    words: dict[str, BitMap]

    def kin(self, pk: int) -> Kin:
        words = tuple(word for word, ids in self.words.items() if pk in ids)
        return Kin(
            pk,
            author=pk in self.author,
            category=pk in self.category,
            service=pk in self.service,
            places=tuple(name for name, ids in self.places.items() if pk in ids),
            words=words[:WORDS_SAID] if len(words) >= FEWEST_WORDS else (),
        )


def related_of_each(publications: Sequence[Publication], known: Collection) -> list[list[Kin]]:
    """The same of up to thirty publications at once, of which nothing is kept. Two queries for all of them."""
    documents = [publication.content for publication in publications]
    telling = search.telling_words([(document.title, document.summary) for document in documents], known.live)
    found = []
    for publication, document, words in zip(publications, documents, telling, strict=True):
        shared = _shared(document, words, known, known.live - BitMap([publication.pk]))
        found.append([shared.kin(pk) for pk in _best(shared)])
    return found


def _found(publication_id: int, known: Collection) -> list[Kin]:
    return related_of_each([Publication.objects.get(pk=publication_id)], known)[0]


def _shared(document: PracticeDocument, words: dict[str, BitMap], known: Collection, others: BitMap) -> _Shared:
    category = [document.category.slug] if document.category else []
    in_category = known.carrying(Facet.CATEGORY, category) & others
    places = document.coverage.municipalities
    return _Shared(
        author=known.carrying(Facet.AUTHOR, [author.slug for author in document.authors]) & others,
        category=in_category,
        service=known.carrying(Facet.SERVICE, [service.slug for service in document.services]) & in_category,
        places={
            place.name: known.carrying(Facet.MUNICIPALITY, [place.code]) & others
            for place in (places if len(places) <= MOST_PLACES else ())
        },
        words={word: ids & others for word, ids in words.items()},
    )


def _best(shared: _Shared) -> list[int]:
    weighed = [
        (AUTHOR, shared.author),
        (PLACE, BitMap.union(BitMap(), *shared.places.values())),
        (1, shared.category),
        (1, shared.service),
        *_by_number_of_words(list(shared.words.values())),
    ]
    scores: dict[int, BitMap] = {0: BitMap.union(*(ids for _worth, ids in weighed))}
    for worth, ids in weighed:
        after: dict[int, BitMap] = {}
        for score, group in scores.items():
            for to, part in ((score + worth, group & ids), (score, group - ids)):
                if part:
                    after[to] = after.get(to, BitMap()) | part
        scores = after
    best: list[int] = []
    for score in sorted(scores, reverse=True):
        if score and len(best) < MOST:
            best += list(reversed(scores[score]))[: MOST - len(best)]
    return best


def _by_number_of_words(sets: list[BitMap]) -> Iterator[tuple[int, BitMap]]:
    """What has two of the words is worth two; each further word is worth one more."""
    counted = [BitMap() for _ids in range(len(sets) + 1)]
    for number, ids in enumerate(sets):
        for level in range(number + 1, 1, -1):
            counted[level] |= counted[level - 1] & ids
        counted[1] |= ids
    for level in range(FEWEST_WORDS, len(counted)):
        yield (FEWEST_WORDS if level == FEWEST_WORDS else 1), counted[level]

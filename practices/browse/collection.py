"""What a worker knows of all current publications: sets of ids, one for each facet value.

Counting and narrowing are operations on these sets; the database is asked only for what changed since the last
catalogue version, and then for the twenty publications of a page. At 100,000 publications the sets take a few
megabytes, and a change is read in one query. docs/decisions.md says what else was measured.
"""

import hashlib
import threading
from array import array
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import ClassVar

from django.utils.timezone import localdate
from pyroaring import BitMap

from practices import search
from practices.models.contact import Contact
from practices.models.publication import Facet, FacetTerm, Publication, Status
from practices.models.reading import database, source
from practices.models.version import CatalogueVersion
from practices.search.postings import forget as forget_postings


@dataclass(frozen=True)
class TermKey:
    facet: str
    value: str


@dataclass(frozen=True)
class Collection:
    """All current publications as they were in one catalogue version. Never changed, only followed by another."""

    version: int = -1
    live: BitMap = field(default_factory=BitMap)
    terms: dict[TermKey, BitMap] = field(default_factory=dict)
    labels: dict[TermKey, str] = field(default_factory=dict)
    starts: dict[int, str] = field(default_factory=dict)
    titles: dict[int, str] = field(default_factory=dict)
    codes: dict[str, int] = field(default_factory=dict)
    drawn: dict[str, str] = field(default_factory=dict)
    """What pages draw of the whole of it, by a name that tells the language."""
    contacts: dict[date, BitMap] = field(default_factory=dict)
    """By day, the practices with a contact whose consent holds."""

    @property
    def newest(self) -> int:
        """The highest id there is; ids grow with every publication."""
        return self.live.max() if self.live else 0

    @cached_property
    def fingerprint(self) -> str:
        """Of which publications are current. None of them ever changes: what was found out of them all holds as
        long as this does."""
        return hashlib.sha256(array("Q", self.live).tobytes()).hexdigest()

    def has_contacts(self, practice_id: int) -> bool:
        """Whether somebody may be shown today as a contact of this practice. One query for each day: every consent
        that begins or ends otherwise is another catalogue version."""
        day = localdate()
        if day not in self.contacts:
            allowed = Contact.objects.allowed(day).order_by().values_list("practice_id", flat=True)
            self.contacts[day] = BitMap(allowed)
        return practice_id in self.contacts[day]

    @cached_property
    def by_facet(self) -> dict[str, list[TermKey]]:
        """The values of each facet that some current publication carries, in the order of their labels."""
        found: dict[str, list[TermKey]] = {}
        for key in sorted(self.terms, key=lambda key: (self.labels[key], key.value)):
            if not self.terms[key].isdisjoint(self.live):
                found.setdefault(key.facet, []).append(key)
        return found

    @cached_property
    def columns(self) -> dict[str, "FacetColumn"]:
        """The same with what a count needs at hand."""
        return {
            facet: FacetColumn(
                [key.value for key in keys],
                [self.labels[key] for key in keys],
                [self.terms[key] for key in keys],
                self.live,
            )
            for facet, keys in self.by_facet.items()
        }

    def carrying(self, facet: str, values: Iterable[str]) -> BitMap:
        """The current publications with any of these values."""
        sets = [self.terms[key] for value in values if (key := TermKey(facet, value)) in self.terms]
        return self.live & BitMap.union(*sets) if sets else BitMap()

    def known_values(self, facet: str, values: Iterable[str]) -> list[str]:
        """Those of the values that some current publication carries."""
        return [v for v in values if (ids := self.terms.get(TermKey(facet, v))) and not ids.isdisjoint(self.live)]

    def synonyms(self) -> search.Synonyms:
        """What words may stand for in this version. Two queries after a change, else none."""
        return search.synonyms(self.version, lambda: {key.value for key in self.by_facet.get(Facet.AUTHOR, [])})

    @cached_property
    def by_start(self) -> list[int]:
        """Every id, the newest implementation first."""
        return sorted(self.live, key=lambda pk: (self.starts.get(pk, ""), pk), reverse=True)

    @cached_property
    def by_title(self) -> list[int]:
        return sorted(self.live, key=lambda pk: (self.titles.get(pk, ""), pk))


class FacetColumn:
    """The values of one facet, in the order of their labels, as columns: thousands of them are counted at once."""

    EMPTY: ClassVar["FacetColumn"]
    BLOCK: ClassVar[int] = 8
    """Values that are looked for at once. With 16 it is as fast, with 32 slower."""
    FEW: ClassVar[int] = 100
    """So many publications; more of them have some value of nearly every block."""

    def __init__(self, values: list[str], labels: list[str], sets: list[BitMap], live: BitMap) -> None:
        self.values = values
        self.labels = labels
        self.sets = sets
        self._live = live

    @cached_property
    def totals(self) -> list[int]:
        """How many current publications each has."""
        return list(map(self._live.intersection_cardinality, self.sets))

    def counts(self, among: BitMap) -> list[int]:
        """How many of these publications each value has. A few publications have few of thousands of values: they are
        looked for in whole blocks of them first."""
        if len(among) > self.FEW:
            return list(map(among.intersection_cardinality, self.sets))
        counts = [0] * len(self.sets)
        for start, block in zip(range(0, len(counts), self.BLOCK), self._blocks, strict=True):
            if among.intersect(block):
                sets = self.sets[start : start + self.BLOCK]
                counts[start : start + len(sets)] = map(among.intersection_cardinality, sets)
        return counts

    @cached_property
    def _blocks(self) -> list[BitMap]:
        """Who has any of so many neighbouring values."""
        starts = range(0, len(self.sets), self.BLOCK)
        return [BitMap.union(BitMap(), *self.sets[start : start + self.BLOCK]) for start in starts]

    @cached_property
    def most_first(self) -> list[int]:
        """The places of the values, those of most publications first; equals in the order of their labels."""
        return sorted(range(len(self.sets)), key=self.totals.__getitem__, reverse=True)


FacetColumn.EMPTY = FacetColumn([], [], [], BitMap())
TERM_FIELDS = ("facet", "value", "label", "parent")

_lock = threading.Lock()
_kept: dict[str, Collection] = {}


def collection() -> Collection:
    """The collection of today's catalogue version. One query; two or three more after a change."""
    standing = CatalogueVersion.standing_of_request()
    version, rebuilt_in = standing.number, standing.rebuilt_in
    if database().in_atomic_block:
        # What this transaction wrote may yet be rolled back: nothing of it is kept.
        return _followed(Collection(), version)
    name = source()
    known = _kept.get(name, Collection())
    if known.version == version and name in _kept:
        return known
    with _lock:
        known = _kept.get(name, Collection())
        if known.version != version or name not in _kept:
            if 0 <= known.version < rebuilt_in:
                forget_postings()
            follows_on = rebuilt_in <= known.version < version
            _kept[name] = known = _followed(known if follows_on else Collection(), version)
        return known


def forget() -> None:
    """Drop what is kept: between tests, and when a database was replaced."""
    with _lock:
        _kept.clear()


def _followed(known: Collection, version: int) -> Collection:
    """The collection after every change up to that version, and perhaps some later ones, which do no harm."""
    changed = Publication.objects.filter(changed_in__gt=known.version)
    if not known.live:
        changed = changed.filter(status=Status.CURRENT)
    fields = ("pk", "status", "code_key", "implemented_start", "title_key")
    rows = list(changed.values_list(*fields).iterator(20_000))
    come = {row[0] for row in rows if row[1] == Status.CURRENT}
    gone = {row[0] for row in rows} - come
    starts, titles, codes = dict(known.starts), dict(known.titles), dict(known.codes)
    for pk, status, code_key, start, title in rows:
        if status == Status.CURRENT:
            starts[pk], titles[pk], codes[code_key] = start, title, pk
        elif codes.get(code_key) == pk:
            del codes[code_key]
    terms, labels = _terms(known, come) if come or gone else (known.terms, known.labels)
    live = (known.live | BitMap(come)) - BitMap(gone)
    return Collection(version, live, terms, labels, starts, titles, codes)


def _terms(known: Collection, come: set[int]) -> tuple[dict[TermKey, BitMap], dict[TermKey, str]]:
    """A value that nobody has any more is forgotten with its label, and so is a label that only one had who left."""
    carried = Publication.terms.through.objects.filter(publication__status=Status.CURRENT)
    if known.live:
        carried = carried.filter(publication_id__in=come)
    ids: dict[TermKey, list[int]] = {}
    labels: dict[TermKey, str] = {}
    keys: dict[int, TermKey] = {}
    parents: dict[TermKey, TermKey] = {}
    for term_id, facet, value, label, parent in FacetTerm.objects.values_list("pk", *TERM_FIELDS):
        keys[term_id] = TermKey(facet, value)
        labels[keys[term_id]] = label
        if parent:
            parents[keys[term_id]] = TermKey(Facet.DEPARTMENT, parent)
    _tell_apart(labels, parents)
    for term_id, publication_id in carried.values_list("facetterm_id", "publication_id").iterator(20_000):
        # A value that came since the values were read comes with the next version.
        if term_id in keys:
            ids.setdefault(keys[term_id], []).append(publication_id)
    terms = {key: ids_of for key, ids_of in known.terms.items() if key in labels}
    for key, added in ids.items():
        terms[key] = terms.get(key, BitMap()) | BitMap(added)
    return terms, labels


def _tell_apart(labels: dict[TermKey, str], parents: dict[TermKey, TermKey]) -> None:
    """Municipalities that share a name get the name of their department: “Villanueva (Casanare)”."""
    named = Counter(labels[key] for key in parents)
    for key, department in parents.items():
        if named[labels[key]] > 1 and department in labels:
            labels[key] = f"{labels[key]} ({labels[department]})"

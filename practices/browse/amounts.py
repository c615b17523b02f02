"""What the headline figures of a selection come to, unit by unit, where adding them is honest.

A publication never changes, so what its headline says is read once by each worker and kept: a page adds up what is
known already. After a change of the catalogue one query reads what was published since.
"""

import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from types import MappingProxyType

from pyroaring import BitMap

from practices.document import Metric, headline_from_json
from practices.language.additive import Addend, addend
from practices.models.publication import Publication, Status
from practices.models.reading import database, source

ONE = Decimal(1)
FEWEST = 2
"""Practices that a total is made of; the figure of one practice is no total."""


@dataclass(frozen=True)
class Amount:
    """A total: what is added, how much, and of how many practices."""

    unit: str
    done: str
    value: Decimal
    count: int


@dataclass(frozen=True)
class Amounts:
    """The totals of a selection, and the practices whose figures are in none of them."""

    totals: list[Amount]
    added: int
    alone: int
    """Practices whose unit nobody else counts in."""
    apart: int
    """Practices whose headline is a share, a time, an average, or anything else that does not add up."""


class Figures(dict[int, Decimal]):
    """What one kind of figure says, by publication; `ids` are its keys, as a set."""

    def __init__(self, values: Mapping[int, Decimal] = MappingProxyType({})) -> None:
        super().__init__(values)
        self.ids = BitMap(values)


@dataclass(frozen=True)
class Headlines:
    """What the headline of each publication adds, by what it is added in. Never changed, only followed by another."""

    version: int = -1
    added: Mapping[Addend, Figures] = field(default_factory=dict)
    apart: BitMap = field(default_factory=BitMap)

    def of(self, ids: BitMap) -> Amounts:
        """No queries."""
        found = [_total(kind, values, ids) for kind, values in self.added.items()]
        totals = sorted(
            (t for t in found if t.count >= FEWEST), key=lambda total: (-total.count, total.unit, total.done)
        )
        return Amounts(
            totals,
            added=sum(total.count for total in totals),
            alone=sum(total.count for total in found if total.count < FEWEST),
            apart=self.apart.intersection_cardinality(ids),
        )

    def followed(self, version: int, rows: Iterable[tuple[int, str]]) -> "Headlines":
        """With what these publications (id, document) say."""
        come: dict[Addend, dict[int, Decimal]] = {}
        apart = []
        for pk, document in rows:
            headline = headline_from_json(document)
            if headline is None or headline.value is None:
                continue
            kind = kind_of(headline)
            if kind is None:
                apart.append(pk)
            else:
                come.setdefault(replace(kind, times=ONE), {})[pk] = headline.value * kind.times
        added = {**self.added, **{kind: Figures({**self.added.get(kind, {}), **come[kind]}) for kind in come}}
        return Headlines(version, added, self.apart | BitMap(apart))


def _total(kind: Addend, values: Figures, ids: BitMap) -> Amount:
    those = values.ids & ids
    return Amount(kind.unit, kind.done, sum(map(values.__getitem__, those), Decimal(0)), len(those))


def kind_of(metric: Metric) -> Addend | None:
    """In what the figure is added; None where it may not be: a change from one value to another is not a quantity."""
    if metric.value is None or metric.value < 0 or metric.baseline is not None:
        return None
    return addend(metric.unit, f"{metric.label} {metric.text}")


_lock = threading.Lock()
_kept: dict[str, Headlines] = {}


def headlines(version: int) -> Headlines:
    """The headlines of every publication that is current in that catalogue version. No query; one after a change."""
    if database().in_atomic_block:
        # What this transaction wrote may yet be rolled back: nothing of it is kept.
        return _followed(Headlines(), version)
    name = source()
    with _lock:
        known = _kept.get(name)
        if known is None or known.version > version:
            known = Headlines()
        if known.version < version:
            _kept[name] = known = _followed(known, version)
        return known


def forget() -> None:
    """Drop what is kept: between tests, and when a database was replaced."""
    with _lock:
        _kept.clear()


def _followed(known: Headlines, version: int) -> Headlines:
    changed = Publication.objects.filter(changed_in__gt=known.version, status=Status.CURRENT)
    return known.followed(version, changed.values_list("pk", "document").order_by().iterator(2_000))

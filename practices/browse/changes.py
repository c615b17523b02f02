"""What changed in a selection since a moment: for who keeps a copy of it and wants to keep it right.

A copy becomes that of today when it is told, in the order of their changes, which practices changed and are selected,
and which are gone. Whatever changes meanwhile moves behind the place that was told last, so nothing is passed over and
a walk can be broken off and taken up anywhere. docs/decisions.md says where the whole selection is told instead.
"""

from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from pyroaring import BitMap

from practices.models.publication import Publication, Status
from practices.models.version import CatalogueVersion

from .filters import plausible
from .parameters import EXACT, FACETS, SINCE, SIZE, TEXT, WITH_NATIONAL
from .selection import BATCH, Selection
from .since import Place, Since, read_since

READ_AT_ONCE = 2_000
WALKED_WITH = (TEXT, EXACT, WITH_NATIONAL, *FACETS, SIZE)
LIGHT = ("code", "practice_id", "number", "status", "changed_in", "withdrawn_at", "withdrawal_reason")


@dataclass(frozen=True)
class Change:
    """A practice that changed. Gone: withdrawn, or no longer in the selection; its document is not read then.
    `former` are codes that it had since, where its code was corrected: who knows it by them has it twice."""

    publication: Publication
    is_gone: bool
    former: tuple[str, ...] = ()


@dataclass(frozen=True)
class Portion:
    """A page of changes, from where to go on, and whether there is more already."""

    changes: list[Change]
    next_since: Since
    is_last: bool


class Changes:
    """Of the selection of a query string since its `desde`. Never fails, and never leaves a copy with what is old:
    where the changes by themselves would, `is_complete`, and the whole selection is told."""

    def __init__(self, query: QueryDict) -> None:
        """Queries: those of the selection; two for a date, one for facets where something changed since."""
        self._query = query
        self.selection = Selection.from_query(query)
        self._version = self.selection.version
        asked = read_since(query.get(SINCE, ""), self._version)
        self.is_complete = asked is None or not self._is_steady(asked.version)
        self.since = Since.empty(self._version) if asked is None or self.is_complete else asked

    def _is_steady(self, version: int) -> bool:
        """Whether what did not change since that version is selected now if and only if it was then.

        A text finds what it finds because of what else there is: synonyms, slips, what comes nearest. A facet is
        ignored while nobody has any of its values, so one who did not change must have had one all the time. And what
        was told before facets were written anew, or a backup restored, is of another time.
        """
        if version == self._version:
            return True
        if self.selection.text or version < CatalogueVersion.standing_of_request().rebuilt_in:
            return False
        asked = {name: values for name in FACETS if (values := plausible(self._query.getlist(name)))}
        if not asked:
            return True
        later = Publication.objects.filter(changed_in__gt=version).order_by()
        changed = BitMap(later.values_list("pk", flat=True).iterator(READ_AT_ONCE))
        known = self.selection.known
        return all(known.carrying(FACETS[name], values) - changed for name, values in asked.items())

    def portion(self, size: int) -> Portion:
        """The next changes, as many as that. Two queries; one more where some are gone, and where some were published
        before."""
        places = list(islice(self._places(at_most=size + 1), size + 1))
        changes = list(self._fetched([place.pk for place in places[:size]]))
        if len(places) <= size:
            return Portion(changes, Since.of_version(self._version), True)
        return Portion(changes, Since(self._version, places[size - 1], self.since.held), False)

    @property
    def next_since(self) -> Since:
        """From where to ask once all of them were told."""
        return Since.of_version(self._version)

    def __iter__(self) -> Iterator[Change]:
        """All of them, a batch at a time. A query, and for each 500 as many as a page has."""
        pks = array("Q", (place.pk for place in self._places()))
        for start in range(0, len(pks), BATCH):
            yield from self._fetched(pks[start : start + BATCH])

    def query_string(self, since: Since) -> str:
        """The same selection from there on. Values that nobody has yet stay: one day somebody may."""
        asked = [(name, value) for name in WALKED_WITH for value in self._query.getlist(name)]
        return urlencode([*asked, (SINCE, str(since))], errors="replace")

    def _places(self, at_most: int | None = None) -> Iterator[Place]:
        """Where in the order each change is that has to be told. Later ones than the version of the selection are for
        the next time."""
        told = self.since.told
        rows: Any = (
            Publication.objects.exclude(status=Status.SUPERSEDED)
            .filter(changed_in__gte=told.changed_in, changed_in__lte=self._version)
            .exclude(changed_in=told.changed_in, pk__lte=told.pk)
            .order_by("changed_in", "pk")
            .values_list("changed_in", "pk", "status", "number")
        )
        selected, held = self.selection.ids, self.since.held
        is_all = selected == self.selection.known.live
        rows = rows[:at_most] if is_all and at_most else rows.iterator(READ_AT_ONCE)
        for changed_in, pk, status, number in rows:
            # A first version that is not selected never was in anybody's copy.
            if pk in selected or status == Status.WITHDRAWN or (number > 1 and changed_in > held):
                yield Place(changed_in, pk)

    def _fetched(self, pks: Iterable[int]) -> Iterator[Change]:
        pks = list(pks)
        here = [pk for pk in pks if pk in self.selection.ids]
        elsewhere = set(pks).difference(here)
        current = Publication.objects.still_current().order_by().in_bulk(here) if here else {}
        in_force = Publication.objects.exclude(status=Status.SUPERSEDED).order_by().only(*LIGHT)
        gone = in_force.in_bulk(elsewhere) if elsewhere else {}
        former = self._former([*current.values(), *gone.values()])
        for pk in pks:
            if found := current.get(pk) or gone.get(pk):
                yield Change(found, pk in gone, former.get(pk, ()))

    def _former(self, publications: list[Publication]) -> dict[int, tuple[str, ...]]:
        """By id, the other codes under which these practices were published since."""
        again = {p.practice_id: p for p in publications if p.number > 1 and p.changed_in > self.since.held}
        if not again:
            return {}
        others: dict[int, set[str]] = {}
        since = Publication.objects.filter(practice_id__in=again, changed_in__gt=self.since.held).order_by()
        for practice_id, code in since.values_list("practice_id", "code"):
            if code != again[practice_id].code:
                others.setdefault(again[practice_id].pk, set()).add(code)
        return {pk: tuple(sorted(codes)) for pk, codes in others.items()}

"""What the public chose: read from a query string, said in a sentence, written back as a canonical one."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from pyroaring import BitMap

from practices import search
from practices.models.publication import Facet, Publication

from .collection import Collection, FacetColumn, collection
from .facets import LABELS, FacetGroup, facet_groups
from .filters import PublicationFilter, named, shown
from .parameters import (
    DEPARTMENT,
    EXACT,
    FACETS,
    NEWEST,
    ORDER,
    ORDERS,
    PAGE,
    RELEVANCE,
    SIZE,
    SOUGHT,
    TABLE,
    TEXT,
    TITLE,
    USUAL_SIZE,
    VIEW,
    WITH_NATIONAL,
    YES,
)
from .sentence import sentence
from .terms import NATIONAL


@dataclass(frozen=True)
class Choice:
    """One thing chosen, and the query string without it. `name` is the parameter."""

    name: str
    value: str
    facet_label: str
    label: str
    without: str


@dataclass(frozen=True)
class Without:
    """What would be found without one thing chosen."""

    choice: Choice
    count: int


BATCH = 500
FEW = 3


class Ids(Sequence[int]):
    """Ids of publications in an order."""

    def __init__(self, ids: BitMap, ordered: Callable[[], Iterator[int]]) -> None:
        self._ids = ids
        self._ordered = ordered

    def __len__(self) -> int:
        return len(self._ids)

    def count(self, value: Any = None) -> int:
        return len(self._ids)

    def __getitem__(self, place: Any) -> Any:
        if isinstance(place, slice):
            return list(islice(self._ordered(), place.start or 0, place.stop))
        ids = list(islice(self._ordered(), place, place + 1))
        if not ids:
            raise IndexError(place)
        return ids[0]

    def batches(self) -> Iterator[list[int]]:
        """All of them, a batch at a time: memory stays flat however many there are."""
        ordered = self._ordered()
        while ids := list(islice(ordered, BATCH)):
            yield ids


class Publications(Sequence[Publication]):
    """The publications themselves, each slice fetched with one query."""

    def __init__(self, ids: Ids) -> None:
        self._ids = ids

    def __len__(self) -> int:
        return len(self._ids)

    def count(self, value: Any = None) -> int:
        return len(self._ids)

    def __getitem__(self, place: Any) -> Any:
        found = self._ids[place]
        return fetched(found) if isinstance(place, slice) else fetched([found])[0]

    def __iter__(self) -> Iterator[Publication]:
        """All of them, a batch at a time."""
        for ids in self._ids.batches():
            yield from fetched(ids)


PLACES = {name: number for number, name in enumerate(FACETS)}
"""Where a facet stands in a query string."""


@lru_cache(maxsize=4096)
def _encoded(pair: tuple[str, str]) -> str:
    """The same few hundred pairs stand in the addresses of every list."""
    return urlencode([pair])


def fetched(ids: Sequence[int]) -> list[Publication]:
    """Those of the publications that are still in force, in the order of the ids. One query."""
    found = Publication.objects.still_current().order_by().in_bulk(ids)
    return [found[pk] for pk in ids if pk in found]


class Selection:
    """An ordered set of current publications. Build it with `from_query`; every value in it is known and clean."""

    def __init__(self, filterset: PublicationFilter) -> None:
        self._filterset = filterset
        self._known = filterset.known
        self._values = filterset.values

    @classmethod
    def from_query(cls, query: QueryDict | Mapping[str, Any]) -> "Selection":
        """Never fails: whatever is unknown or malformed is ignored, one value at a time. One query, and a
        few more after a change of the catalogue or for words never searched for."""
        if not isinstance(query, QueryDict):
            query = QueryDict(urlencode(query, doseq=True, errors="replace"))
        return cls(PublicationFilter(query, collection()))

    @property
    def known(self) -> Collection:
        """The collection that it narrows: for whoever needs it too, and no second query for it."""
        return self._known

    @cached_property
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

    @property
    def size(self) -> int:
        """How many practices a page of the list holds."""
        return int(self._values[SIZE] or USUAL_SIZE)

    @property
    def is_table(self) -> bool:
        """Whether the list is asked for as a table instead of as cards."""
        return bool(self._values[VIEW] == TABLE)

    @property
    def exact(self) -> bool:
        """Whether the text is to be searched for just as it is typed."""
        return bool(self.text) and self._filterset.data.get(EXACT) == "1"

    @cached_property
    def match(self) -> search.Match:
        """What the text finds; else what it finds with its slips put right; else what comes nearest to it."""
        if self.is_partial:
            return self._nearest
        return self._better if self.corrected else self._as_typed

    @cached_property
    def corrected(self) -> str:
        """The text whose results are shown instead of those of the text that was typed, or ""."""
        if self.is_partial:
            return self._put_right.text
        is_meant = self._put_right.is_sure or not self._as_typed.ids
        return self._better.query.text if self._better and is_meant else ""

    @cached_property
    def is_partial(self) -> bool:
        """Whether nothing has all of the words, and what comes nearest is shown instead."""
        return self.is_failed and bool(self._nearest.ids)

    @cached_property
    def offered(self) -> str:
        """The text that may have been meant where the one that was typed finds little, or ""."""
        return "" if self.corrected or not self._better else self._better.query.text

    @property
    def as_typed(self) -> str:
        """The query string that searches for the text just as it was typed."""
        return self.query_string(exact=True)

    @property
    def as_offered(self) -> str:
        return self.query_string(text=self.offered)

    @cached_property
    def _synonyms(self) -> search.Synonyms:
        return self._known.synonyms() if self.text else search.Synonyms()

    def _matched(self, text: str) -> search.Match:
        return search.match(text, self._known.live, self._known.newest, known=self._synonyms)

    @cached_property
    def _as_typed(self) -> search.Match:
        return self._matched(self.text)

    @cached_property
    def _put_right(self) -> search.Correction:
        """The text with its slips put right: only what is sure where it finds something already."""
        typed, known = self._as_typed, self._known
        if self.exact or not typed:
            return search.Correction()
        is_enough = len(typed.ids) >= FEW
        return search.correction(
            self.text, known.live, known.newest, known.version, self._synonyms, is_enough=is_enough
        )

    @cached_property
    def _better(self) -> search.Match:
        """What the text finds with its slips put right, kept if it is surely meant or finds more."""
        found = self._matched(self._put_right.text)
        is_kept = self._put_right.is_sure or len(found.ids) > len(self._as_typed.ids)
        return found if is_kept else search.match("", BitMap(), 0)

    @cached_property
    def _nearest(self) -> search.Match:
        if self.exact:
            return search.match("", BitMap(), 0)
        known = self._known
        return search.nearest(self._put_right.text or self.text, known.live, known.newest, self._synonyms)

    @cached_property
    def drops(self) -> list[Without]:
        """What each thing chosen keeps away: the results without it. No queries."""
        return [Without(choice, self._count_without(choice)) for choice in self.chosen]

    def _count_without(self, choice: Choice) -> int:
        if choice.name == TEXT:
            return len(self._filterset.narrowed(self._known.live))
        others = [value for value in self._values[choice.name] if value != choice.value]
        found = self._filterset.narrowed(self._found, without=choice.name)
        return len(found & self._filterset.carrying(choice.name, others) if others else found)

    @cached_property
    def is_failed(self) -> bool:
        """Whether nothing has all that the text asks for, whatever else is chosen."""
        return bool(self._as_typed) and not self._as_typed.ids and not self._better.ids

    @cached_property
    def _found(self) -> BitMap:
        """What the search finds, before any facet."""
        return self.match.ids if self.match else self._known.live

    @cached_property
    def ids(self) -> BitMap:
        """The selected publications, as a set."""
        return self._filterset.narrowed(self._found)

    def ordered_ids(self) -> Iterator[int]:
        """The selected publications in their order."""
        if self.order == RELEVANCE:
            return self.match.ranked(self.ids)
        if self.order == NEWEST:
            return reversed(self.ids)
        every = self._known.by_title if self.order == TITLE else self._known.by_start
        return (pk for pk in every if pk in self.ids)

    def publications(self) -> Publications:
        """The selected publications in their order, fetched as they are sliced."""
        return Publications(self.ordered())

    def ordered(self) -> Ids:
        """Their ids in their order, with nothing fetched."""
        return Ids(self.ids, self.ordered_ids)

    def newest_first(self) -> Publications:
        """The same, whatever order is asked for: what a feed tells."""
        return Publications(Ids(self.ids, lambda: reversed(self.ids)))

    @cached_property
    def facets(self) -> list[FacetGroup]:
        return facet_groups(self._filterset, self._found)

    @property
    def everywhere(self) -> BitMap:
        """The practices that count in every department: national ones, where that is asked for."""
        return self._filterset.national

    @property
    def is_everything(self) -> bool:
        """Whether nothing is searched for, chosen, or sought among the values of a facet."""
        return not self.chosen and not self.with_national and not any(map(self.sought, FACETS))

    @property
    def version(self) -> int:
        """Of the catalogue, whose practices these are."""
        return self._known.version

    def values(self, name: str) -> list[str]:
        """What is chosen in a facet."""
        return list(self._values[name])

    def carriers(self, name: str) -> list[tuple[str, str, BitMap]]:
        """Every value of a facet with its label and all the publications that its list would choose from, the labels
        in order. The sets are the collection's own: to intersect, not to change."""
        facet, also = FACETS[name], self.everywhere if name == DEPARTMENT else BitMap()
        column = self._known.columns.get(facet, FacetColumn.EMPTY)
        rows = zip(column.values, column.labels, column.sets, strict=True)
        return [(value, named(facet, value, label), ids | also if also else ids) for value, label, ids in rows]

    @cached_property
    def chosen(self) -> list[Choice]:
        """Everything in force, in the order of the page."""
        choices = []
        if self.text:
            choices.append(Choice(TEXT, self.text, "", self.text, self.query_string(drop=(TEXT, self.text))))
        for name in FACETS:
            for value, label in self._filterset.labels(name).items():
                without = self.query_string(drop=(name, value))
                choices.append(Choice(name, value, str(LABELS[name]), label, without))
        return choices

    @property
    def with_national(self) -> bool:
        """Whether national practices count in every department."""
        return bool(self._values[WITH_NATIONAL])

    @cached_property
    def national(self) -> int:
        """How many national practices would count in every department, with all that is chosen elsewhere."""
        among = self._filterset.narrowed(self._found, without=DEPARTMENT)
        return len(among & self._known.carrying(Facet.DEPARTMENT, [NATIONAL]))

    def sought(self, name: str) -> str:
        """What the search box of that facet holds."""
        return shown(self._filterset.data.get(f"{SOUGHT}{name}") or "")

    def sentence(self, count: int | None) -> str:
        """The selection in words, for the heading, the title and the feed; None leaves its number out."""
        labels = {name: list(self._filterset.labels(name).values()) for name in FACETS if self._values[name]}
        departments = self._values[DEPARTMENT]
        if NATIONAL in departments or (departments and self.with_national):
            chosen = self._filterset.labels(DEPARTMENT)
            labels[DEPARTMENT] = [label for value, label in chosen.items() if value != NATIONAL]
            labels[NATIONAL] = [_("national in scope")]
        text = (self.corrected or self.text) if self.match else ""
        return sentence(count, text, labels, is_partial=self.is_partial)

    @property
    def in_words(self) -> str:
        """The same without their number: the title of a feed stays while what is in it changes."""
        return self.sentence(None)

    def query_string(
        self,
        *,
        page: int = 1,
        drop: tuple[str, str] | None = None,
        add: tuple[str, str] | None = None,
        order: str | None = None,
        text: str | None = None,
        exact: bool | None = None,
        size: int | None = None,
        view: str | None = None,
        only: Mapping[str, str] | None = None,
    ) -> str:
        """The canonical query string: fixed order, sorted values, nothing that is the default. May be "". `only` are
        values that stand for whatever is chosen in their facets."""
        text = self.text if text is None else text
        pairs = [(TEXT, text)] if text else []
        pairs += self._facet_pairs(add, only or {})
        pairs = [pair for pair in pairs if pair != drop]
        if self.with_national:
            pairs.append((WITH_NATIONAL, YES))
        if (self.exact if exact is None else exact) and (TEXT, text) in pairs:
            pairs.append((EXACT, "1"))
        order = order if order is not None else self._values[ORDER]
        if order and order != self._default_order(dropped=drop):
            pairs.append((ORDER, order))
        return "&".join([_encoded(pair) for pair in pairs + self._shape_pairs(page, size, view)])

    def _facet_pairs(self, add: tuple[str, str] | None, only: Mapping[str, str]) -> list[tuple[str, str]]:
        chosen = self._chosen_pairs
        if not add and not only:
            return chosen
        others = {pair for pair in chosen if pair[0] not in only} | set(only.items())
        return sorted(others | {add} if add else others, key=lambda pair: (PLACES[pair[0]], pair[1]))

    @cached_property
    def _chosen_pairs(self) -> list[tuple[str, str]]:
        return [(name, value) for name in FACETS for value in sorted(set(self._values[name]))]

    def _shape_pairs(self, page: int, size: int | None, view: str | None) -> list[tuple[str, str]]:
        """How much of the selection is shown, and how: nothing that changes what is in it."""
        size = self.size if size is None else size
        view = self._values[VIEW] if view is None else view
        asked = [(SIZE, str(size) if size != USUAL_SIZE else ""), (VIEW, view), (PAGE, str(page) if page > 1 else "")]
        return [(name, value) for name, value in asked if value]

    @cached_property
    def kept(self) -> str:
        """The query string of the selection by itself, whatever page of it and however it is shown."""
        return self.query_string(size=USUAL_SIZE, view="")

    @cached_property
    def in_feed(self) -> str:
        """The query string of its feed, which has an order of its own."""
        return self.query_string(order="", size=USUAL_SIZE, view="")

    def toggled(self, name: str, value: str) -> str:
        """The query string with one value of a facet more, or without it where it is chosen."""
        pair = (name, value)
        return self.query_string(drop=pair) if value in self._values[name] else self.query_string(add=pair)

    def toggling(self, name: str) -> Callable[[str], str]:
        """The same for many values of one facet."""
        chosen, mark = set(self._values[name]), "-"
        parts = self.query_string(only={name: mark}).split("&")
        place = parts.index(f"{name}={mark}")
        before, after = parts[:place], parts[place + 1 :]

        def toggled(value: str) -> str:
            own = [_encoded((name, one)) for one in sorted(chosen ^ {value})]
            return "&".join([*before, *own, *after])

        return toggled

    def _default_order(self, dropped: tuple[str, str] | None) -> str:
        has_text = bool(self.match) and not (dropped and dropped[0] == TEXT)
        return RELEVANCE if has_text else NEWEST

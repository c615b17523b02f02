"""Which practices the public compares: read from a query string, written back as a canonical one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict

from practices.language.codes import code_key, read_code
from practices.models.publication import Publication
from practices.models.vocabulary import CodeSeries

from .collection import Collection, collection
from .parameters import CODE, DIFFERENCES, MAX_VALUES, ONLY

MOST = 4
"""Practices side by side; a fifth column cannot be read on paper."""
MAX_CODE = 100


@dataclass(frozen=True)
class Compared:
    """Current publications in the order in which they were chosen.

    `missing` counts what was asked for and is not public, whatever the reason; `beyond` counts those left out
    because there were more than four.
    """

    publications: tuple[Publication, ...] = ()
    missing: int = 0
    beyond: int = 0
    only_differences: bool = False

    @classmethod
    def from_query(cls, query: QueryDict) -> "Compared":
        """Never fails: each code that is not that of a public practice is left out by itself.

        Two queries: the catalogue version and the publications; two more where a code is not written as it is today.
        """
        typed = dict.fromkeys(value.strip() for value in query.getlist(CODE)[:MAX_VALUES])
        found = _ids([value for value in typed if value], collection())
        ids = list(dict.fromkeys(pk for pk in found if pk is not None))
        kept = Publication.objects.still_current().order_by().in_bulk(ids[:MOST]) if ids else {}
        publications = tuple(kept[pk] for pk in ids[:MOST] if pk in kept)
        # A practice withdrawn between the two queries is as little found as one withdrawn before.
        missing = found.count(None) + len(ids[:MOST]) - len(publications)
        return cls(publications, missing, len(ids[MOST:]), query.get(ONLY) == DIFFERENCES)

    @property
    def codes(self) -> list[str]:
        return [publication.code for publication in self.publications]

    @property
    def room(self) -> int:
        """How many more fit."""
        return MOST - len(self.publications)

    def query_string(
        self, *, add: str = "", drop: str = "", only_differences: bool | None = None, in_order: bool = True
    ) -> str:
        """What leads back to this comparison, or to the one with a practice more or less. May be "".

        Out of order the codes are sorted, for the one address that stands for every order.
        """
        codes = [code for code in [*self.codes, add] if code and code != drop]
        pairs = [(CODE, code) for code in (codes if in_order else sorted(codes))]
        if self.only_differences if only_differences is None else only_differences:
            pairs.append((ONLY, DIFFERENCES))
        return urlencode(pairs)


def _ids(typed: Sequence[str], known: Collection) -> list[int | None]:
    """The publication that each of these codes stands for, or stood for before; None for what is none."""
    found = [known.codes.get(code_key(text)) if len(text) <= MAX_CODE else None for text in typed]
    keys = _keys_of_others([text for text, pk in zip(typed, found, strict=True) if pk is None])
    former = _once_with(key for key in keys.values() if key and key not in known.codes)
    for place, text in enumerate(typed):
        if found[place] is None and (key := keys.get(text)):
            found[place] = known.codes.get(key) or former.get(key)
    return found


def _keys_of_others(texts: Sequence[str]) -> dict[str, str]:
    """Of texts that are no code as they stand, the key of the code that they spell. One query, if there are any."""
    possible = [text for text in texts if len(text) <= MAX_CODE]
    prefixes = list(CodeSeries.objects.values_list("prefix", flat=True)) if possible else []
    return {text: code_key(read_code(text, prefixes) or "") for text in possible}


def _once_with(keys: Iterable[str]) -> dict[str, int]:
    """By each of these keys, the current publication of the practice that had such a code. One query, if any."""
    wanted = list(keys)
    if not wanted:
        return {}
    found = Publication.objects.once_with_code(*wanted).still_current().order_by()
    return dict(found.values_list("practice__former_codes__code_key", "pk"))

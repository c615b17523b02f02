"""Which publications hold a term. Asked once of the database; afterwards only what was published since is asked.

A worker keeps the sets of the terms it was asked for (bitmaps of publication ids). They only ever grow: ids of
publications that are no longer current stay in them and are masked by whoever knows what is current. Ids grow with
time, so "what was published since" is "what is above the last id".
"""

import threading
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass

from pyroaring import BitMap

from practices.models.reading import database, source

from .engines import engine
from .engines.base import Term

# About 12 kB for a word that most of 100,000 publications hold, a few hundred bytes for most words.
KEPT = 4_000


@dataclass
class _Kept:
    upto: int
    ids: BitMap


_lock = threading.Lock()
_kept: OrderedDict[tuple[str, Term], _Kept] = OrderedDict()


def forget() -> None:
    """Drop everything kept: for when the index was rebuilt, and between tests."""
    with _lock:
        _kept.clear()


def postings(terms: Sequence[Term], upto: int) -> dict[Term, BitMap]:
    """The ids of each term's publications, complete for every id up to `upto`.

    At most one query for the terms never asked before and one for those that lag behind; none for the others.
    """
    if database().in_atomic_block:
        # What this transaction wrote may yet be rolled back: nothing of it is kept.
        return dict(zip(terms, _asked(terms, 0), strict=True))
    found = {term: entry for term in dict.fromkeys(terms) if (entry := _kept.get(_key(term)))}
    _ask([term for term in dict.fromkeys(terms) if term not in found], {}, upto)
    _ask([term for term, entry in found.items() if entry.upto < upto], found, upto)
    return {term: _kept_or_asked(term) for term in terms}


def asked(terms: Sequence[Term]) -> list[BitMap]:
    """The same of words that nobody will soon ask again: one query, and nothing is kept."""
    return _asked(terms, 0)


def _key(term: Term) -> tuple[str, Term]:
    return (source(), term)


def _kept_or_asked(term: Term) -> BitMap:
    entry = _kept.get(_key(term))
    return entry.ids if entry else _asked([term], 0)[0]


def _ask(terms: list[Term], known: dict[Term, _Kept], upto: int) -> None:
    if not terms:
        return
    after = min((known[term].upto for term in terms if term in known), default=0)
    for term, ids in zip(terms, _asked(terms, after, upto), strict=True):
        # A new set, not a changed one: another thread may be reading the old one.
        whole = known[term].ids | ids if term in known else ids
        with _lock:
            _kept[_key(term)] = _Kept(upto, whole)
            while len(_kept) > KEPT:
                _kept.popitem(last=False)


def _asked(terms: Sequence[Term], after: int, upto: int | None = None) -> list[BitMap]:
    connection = database()
    with connection.cursor() as cursor:
        return engine(connection.alias).postings(cursor, terms, after, upto)

"""PostgreSQL: a tsvector of our own tokens under a GIN index. No dictionary, no extension."""

import sys
from array import array
from collections.abc import Iterable, Sequence

from django.db.backends.utils import CursorWrapper
from pyroaring import BitMap

from .base import Entry, Term

# A tsvector knows 16,383 places; words after that are found, but not as part of a phrase.
LAST_PLACE = 16_383

# Kilobytes that the index queues before it sorts them in: every search reads the queue, so it is large only inside
# the transaction that writes many entries. Searches go on meanwhile.
SMALL_QUEUE, LARGE_QUEUE = 128, 16_384
# A few entries are read by their ids: the index of tokens would first give all that hold the term.
FEW = 500
FOUND = "SELECT %s::int, practices_postings(%s::tsquery, %s)"
NEWEST = "SELECT %s::int, practices_newest_postings(%s::tsquery, %s)"
DIFFERING = (
    "SELECT wanted.id FROM unnest(%s::bigint[], %s::text[]) AS wanted(id, tokens) LEFT JOIN practices_search AS kept "
    "ON kept.id = wanted.id WHERE kept.tokens IS DISTINCT FROM wanted.tokens::tsvector"
)
PENDING = "ALTER INDEX practices_search_tokens SET (gin_pending_list_limit = {})"


class PostgreSQL:
    def write(self, cursor: CursorWrapper, entries: Iterable[Entry]) -> None:
        rows = [(number, _vector(tokens)) for number, tokens in entries]
        self.remove(cursor, [number for number, _vector in rows])
        with cursor.copy("COPY practices_search (id, tokens) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)

    def prepare(self, cursor: CursorWrapper) -> None:
        cursor.execute(PENDING.format(LARGE_QUEUE))
        cursor.execute("SET LOCAL work_mem = '32MB'")

    def settle(self, cursor: CursorWrapper) -> None:
        cursor.execute(PENDING.format(SMALL_QUEUE))
        # Every search would read the whole queue of the index, up to 4 MB, before it reads the index.
        cursor.execute("SELECT gin_clean_pending_list('practices_search_tokens')")

    def remove(self, cursor: CursorWrapper, ids: Sequence[int]) -> None:
        cursor.execute("DELETE FROM practices_search WHERE id = ANY(%s)", [list(ids)])

    def ids(self, cursor: CursorWrapper) -> BitMap:
        cursor.execute("SELECT id FROM practices_search")
        return BitMap(row[0] for row in cursor.fetchall())

    def differing(self, cursor: CursorWrapper, entries: Sequence[Entry]) -> set[int]:
        ids, vectors = [number for number, _tokens in entries], [_vector(tokens) for _number, tokens in entries]
        cursor.execute(DIFFERING, [ids, vectors])
        return {row[0] for row in cursor.fetchall()}

    def is_sound(self, cursor: CursorWrapper) -> bool:
        """Its own affair: a GIN index is written with its rows."""
        return True

    def clear(self, cursor: CursorWrapper) -> None:
        cursor.execute("DELETE FROM practices_search")

    def postings(
        self, cursor: CursorWrapper, terms: Sequence[Term], after: int = 0, upto: int | None = None
    ) -> list[BitMap]:
        if not terms:
            return []
        one = NEWEST if after and upto is not None and upto - after <= FEW else FOUND
        parameters = [value for place, term in enumerate(terms) for value in (place, _expression(term), after)]
        cursor.execute(" UNION ALL ".join([one] * len(terms)), parameters)
        found = dict(cursor.fetchall())
        return [_ids(found[place]) for place in range(len(terms))]


def _ids(sent: bytes | None) -> BitMap:
    """Numbers of four bytes each, the highest byte first as PostgreSQL sends them."""
    numbers = array("I", sent or b"")
    if sys.byteorder == "little":
        numbers.byteswap()
    return BitMap(numbers)


def _vector(tokens: Sequence[str]) -> str:
    return " ".join(f"{token}:{min(place, LAST_PLACE)}" for place, token in enumerate(tokens, 1) if token)


def _expression(term: Term) -> str:
    tokens, is_prefix = term
    return " <-> ".join(tokens) + (":*" if is_prefix else "")

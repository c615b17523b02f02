"""PostgreSQL: a tsvector of our own tokens under a GIN index. No dictionary, no extension."""

from collections.abc import Iterable, Sequence

from django.db.backends.utils import CursorWrapper
from pyroaring import BitMap

from .base import Entry, Term

# A tsvector knows 16,383 places; words after that are found, but not as part of a phrase.
LAST_PLACE = 16_383


class PostgreSQL:
    def write(self, cursor: CursorWrapper, entries: Iterable[Entry]) -> None:
        rows = [(number, _vector(tokens)) for number, tokens in entries]
        self.remove(cursor, [number for number, _vector in rows])
        with cursor.copy("COPY practices_search (id, tokens) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)

    def settle(self, cursor: CursorWrapper) -> None:
        # Every search would read the whole queue of the index, up to 4 MB, before it reads the index.
        cursor.execute("SELECT gin_clean_pending_list('practices_search_tokens')")

    def remove(self, cursor: CursorWrapper, ids: Sequence[int]) -> None:
        cursor.execute("DELETE FROM practices_search WHERE id = ANY(%s)", [list(ids)])

    def ids(self, cursor: CursorWrapper) -> BitMap:
        cursor.execute("SELECT id FROM practices_search")
        return BitMap(row[0] for row in cursor.fetchall())

    def clear(self, cursor: CursorWrapper) -> None:
        cursor.execute("DELETE FROM practices_search")

    def postings(self, cursor: CursorWrapper, terms: Sequence[Term], after: int = 0) -> list[BitMap]:
        if not terms:
            return []
        one = "SELECT %s::int, practices_postings(%s::tsquery, %s)"
        parameters = [value for place, term in enumerate(terms) for value in (place, _expression(term), after)]
        cursor.execute(" UNION ALL ".join([one] * len(terms)), parameters)
        found = dict(cursor.fetchall())
        return [BitMap(found[place]) for place in range(len(terms))]


def _vector(tokens: Sequence[str]) -> str:
    return " ".join(f"{token}:{min(place, LAST_PLACE)}" for place, token in enumerate(tokens, 1) if token)


def _expression(term: Term) -> str:
    tokens, is_prefix = term
    return " <-> ".join(tokens) + (":*" if is_prefix else "")

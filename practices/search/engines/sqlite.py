"""SQLite: an FTS5 table of one column. `ascii` leaves our tokens as they are."""

import json
from collections.abc import Iterable, Sequence

import msgspec
from django.db import DatabaseError
from django.db.backends.utils import CursorWrapper
from pyroaring import BitMap

from .base import Entry, Term

# FTS5 has no gap between two words; a word that is no token of ours keeps phrases apart.
GAP = "0"
# Bytes of new entries that are sorted at once.
MEMORY = 16 * 1024 * 1024


class SQLite:
    def write(self, cursor: CursorWrapper, entries: Iterable[Entry]) -> None:
        rows = [(number, _text(tokens)) for number, tokens in entries]
        cursor.executemany("INSERT OR REPLACE INTO practices_search (rowid, tokens) VALUES (%s, %s)", rows)

    def prepare(self, cursor: CursorWrapper) -> None:
        # FTS5 keeps this. A transaction that writes one entry never comes near it.
        cursor.execute("INSERT INTO practices_search (practices_search, rank) VALUES ('hashsize', %s)", [MEMORY])

    def settle(self, cursor: CursorWrapper) -> None:
        """Nothing is queued."""

    def remove(self, cursor: CursorWrapper, ids: Sequence[int]) -> None:
        cursor.executemany("DELETE FROM practices_search WHERE rowid = %s", [(number,) for number in ids])

    def ids(self, cursor: CursorWrapper) -> BitMap:
        cursor.execute("SELECT rowid FROM practices_search")
        return BitMap(row[0] for row in cursor.fetchall())

    def differing(self, cursor: CursorWrapper, entries: Sequence[Entry]) -> set[int]:
        wanted = {number: _text(tokens) for number, tokens in entries}
        listed = "SELECT rowid, tokens FROM practices_search WHERE rowid IN (SELECT value FROM json_each(%s))"
        cursor.execute(listed, [json.dumps(list(wanted))])
        kept = dict(cursor.fetchall())
        return {number for number, text in wanted.items() if kept.get(number) != text}

    def is_sound(self, cursor: CursorWrapper) -> bool:
        try:
            cursor.execute("INSERT INTO practices_search (practices_search) VALUES ('integrity-check')")
        except DatabaseError:
            return False
        return True

    def clear(self, cursor: CursorWrapper) -> None:
        # FTS5 would take the entries out one by one, which costs as much as writing them.
        cursor.execute("SELECT sql FROM sqlite_master WHERE name = 'practices_search'")
        (made_by,) = cursor.fetchone()
        cursor.execute("DROP TABLE practices_search")
        cursor.execute(made_by, None)

    def postings(
        self, cursor: CursorWrapper, terms: Sequence[Term], after: int = 0, upto: int | None = None
    ) -> list[BitMap]:
        if not terms:
            return []
        one = "SELECT %s, json_group_array(rowid) FROM practices_search WHERE practices_search MATCH %s AND rowid > %s"
        parameters = [value for place, term in enumerate(terms) for value in (place, _expression(term), after)]
        cursor.execute(" UNION ALL ".join([one] * len(terms)), parameters)
        found = dict(cursor.fetchall())
        return [BitMap(msgspec.json.decode(found[place])) for place in range(len(terms))]


def _text(tokens: Sequence[str]) -> str:
    return " ".join(token or GAP for token in tokens)


def _expression(term: Term) -> str:
    """An FTS5 query of one quoted phrase: nothing in it can be an operator."""
    tokens, is_prefix = term
    return f'"{" ".join(tokens)}"' + (" *" if is_prefix else "")
